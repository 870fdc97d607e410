/** A worker's side of the talk with the others, by way of the process that has started them all. */
import { ControlError } from '../control/verbs.js';
import type { Fellows } from '../emulator/fellows.js';
import { InputError } from '../platform/input-error.js';
import { StorageError } from '../store/database.js';
import type { Heard, Shared } from '../store/postgres/changes.js';
import type { Addresses } from './banner.js';

/** What became of a thing that was asked. */
export type Outcome = { readonly value: unknown } | { readonly failure: Failure };

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status?: ControlError['status'];
}

/** Of a worker to the process that has started it. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly addresses: Addresses }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly to: 'first' | 'others';
      readonly name: string;
      readonly args: unknown[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: Outcome };

export type ToWorker =
  | { readonly kind: 'first' }
  | { readonly kind: 'asked'; readonly id: number; readonly name: string; readonly args: unknown[] }
  | { readonly kind: 'answered'; readonly id: number; readonly outcome: Outcome };

const CHANGED = 'changed';

export function fellowsOf(parent: Pick<NodeJS.Process, 'send' | 'on'>): Fellows {
  const send = (message: FromWorker): void => void parent.send!(message);
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const services = new Map<string, (...args: never[]) => unknown>();
  const told = new Set<Promise<unknown>>();
  let asked = 0;
  let isFirst = false;
  let turnedFirst: (() => void)[] = [];

  const ask = async (to: 'first' | 'others', name: string, args: unknown[]): Promise<unknown> => {
    const id = ++asked;
    const outcome = await new Promise<Outcome>((resolve) => {
      waiting.set(id, resolve);
      send({ kind: 'ask', id, to, name, args });
    });
    if ('failure' in outcome) throw errorOf(outcome.failure);
    return outcome.value;
  };
  const doAsked = async (name: string, args: unknown[]): Promise<Outcome> => {
    try {
      // who has not opened yet reads all of it when it opens
      return { value: await services.get(name)?.(...(args as never[])) };
    } catch (error) {
      const { name: kind, message, status } = error as Error & { status?: ControlError['status'] };
      return { failure: { name: kind, message, ...(status && { status }) } };
    }
  };
  parent.on('message', (message: unknown) => {
    const heard = message as ToWorker;
    if (heard.kind === 'first') {
      isFirst = true;
      for (const work of turnedFirst.splice(0)) work();
    } else if (heard.kind === 'answered') {
      waiting.get(heard.id)?.(heard.outcome);
      waiting.delete(heard.id);
    } else if (heard.kind === 'asked')
      void doAsked(heard.name, heard.args).then((outcome) => send({ kind: 'answer', id: heard.id, outcome }));
  });
  return {
    onChange(heard: Heard) {
      services.set(CHANGED, (what: Shared, account: string) => heard(what, account));
    },
    tell(what, account) {
      const done = ask('others', CHANGED, [what, account]).catch(() => {});
      told.add(done);
      void done.then(() => told.delete(done));
    },
    async settled() {
      while (told.size > 0) await Promise.all(told);
    },
    ofAll<T>(name: string, here: () => Promise<T>) {
      services.set(name, here);
      return async () => [await here(), ...((await ask('others', name, [])) as T[])];
    },
    whenFirst(work) {
      if (isFirst) work();
      else turnedFirst = [...turnedFirst, work];
    },
    atFirst(name, load, verbs) {
      const there = verbs.map((verb) => {
        const here = async (...args: never[]) => ((await load())[verb] as (...args: never[]) => unknown)(...args);
        services.set(`${name}.${verb}`, here);
        return [verb, async (...args: never[]) => (isFirst ? here(...args) : ask('first', `${name}.${verb}`, args))];
      });
      return async () => ({ ...(await load()), ...Object.fromEntries(there) });
    },
  };
}

/** As whoever asks here would have had it thrown. */
function errorOf({ name, message, status }: Failure): Error {
  if (name === 'ControlError') return new ControlError(message, status);
  if (name === 'InputError') return new InputError(message);
  return name === 'StorageError' ? new StorageError(message) : new Error(message);
}
