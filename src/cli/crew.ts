/** The workers of `--workers N`, as the process that starts them sees them: what they ask each other, who is the first, who is replaced. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Addresses } from './banner.js';
import type { FromWorker, Outcome, ToWorker } from './fellow.js';
import { watchHandOver } from './hand-over.js';

/** One that cannot take the place of another is tried again so often, after so many ms, then twice that … */
const ATTEMPTS = 6;
const AGAIN_MS = 200;

/** One could not start, and has said why itself. */
export class WorkerEnded extends Error {
  constructor(readonly code: number) {
    super('a worker could not start');
  }
}

/** @param tell is told of each that ends and is replaced */
export function createCrew(tell: (message: string) => void) {
  const ready = new Set<Worker>();
  let closing = false;
  let first: Worker | undefined;
  let asked = 0;
  /** What was passed on and is not answered: by whom it is to be, and what to do then. */
  const passed = new Map<number, { readonly by: Worker; done(outcome: Outcome): void }>();
  const send = (worker: Worker, message: ToWorker): void => {
    if (worker.isConnected()) worker.send(message, () => {});
  };
  const pass = (to: Worker, name: string, args: unknown[]): Promise<Outcome> =>
    new Promise((done) => {
      const id = ++asked;
      passed.set(id, { by: to, done });
      send(to, { kind: 'asked', id, name, args });
    });
  const atFirst = async (name: string, args: unknown[]): Promise<Outcome> => (first ? pass(first, name, args) : gone);
  /** What each of them answers; who ends meanwhile answers nothing. */
  const atOthers = async (worker: Worker, name: string, args: unknown[]): Promise<Outcome> => {
    const others = [...ready].filter((each) => each !== worker);
    const outcomes = await Promise.all(others.map((each) => pass(each, name, args)));
    return {
      value: outcomes.flatMap((outcome) => ('value' in outcome && outcome.value !== undefined ? [outcome.value] : [])),
    };
  };
  const gone: Outcome = {
    failure: { name: 'StorageError', message: 'the worker that was asked has ended; ask again' },
  };

  const hear = async (worker: Worker, message: FromWorker): Promise<void> => {
    if (message.kind === 'answer') {
      passed.get(message.id)?.done(message.outcome);
      passed.delete(message.id);
    } else if (message.kind === 'ask') {
      const { id, to, name, args } = message;
      send(worker, {
        kind: 'answered',
        id,
        outcome: await (to === 'first' ? atFirst(name, args) : atOthers(worker, name, args)),
      });
    }
  };
  const elect = (): void => {
    if (first || closing) return;
    [first] = ready;
    if (first) send(first, { kind: 'first' });
  };
  const start = async (): Promise<Addresses> => {
    const worker = cluster.fork();
    worker.on('error', () => {});
    const dropUntaken = watchHandOver(worker);
    const exited = once(worker, 'exit') as Promise<[code: number | null, signal: string | null]>;
    const began = new Promise<Addresses>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve(message.addresses);
        else void hear(worker, message);
      });
    });
    const early = exited.then(([code]) => Promise.reject(new WorkerEnded(code ?? 1)));
    const addresses = await Promise.race([began, early]);
    early.catch(() => {});
    ready.add(worker);
    elect();
    void exited.then(([code, signal]) => {
      dropUntaken();
      ended(worker, signal ?? `code ${code}`);
    });
    return addresses;
  };
  const ended = (worker: Worker, how: string): void => {
    ready.delete(worker);
    if (first === worker) first = undefined;
    elect();
    for (const [id, { by, done }] of passed) {
      if (by !== worker) continue;
      passed.delete(id);
      done(gone);
    }
    if (closing) return;
    tell(`worker ${worker.process.pid} has ended (${how})`);
    void replace(worker);
  };
  const replace = async (before: Worker): Promise<void> => {
    for (let n = 0; n < ATTEMPTS && !closing; n++) {
      try {
        await start();
        return tell(`another worker has taken the place of ${before.process.pid}`);
      } catch {
        // it has said why itself
        await wait(AGAIN_MS * 2 ** n, undefined, { ref: false });
      }
    }
    if (closing) return;
    tell(`no worker could take the place of ${before.process.pid}; ${ready.size} are left`);
    if (ready.size === 0) process.exit(1);
  };
  return {
    start,
    async close() {
      closing = true;
      const all = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      await Promise.all(
        all.map(async (worker) => {
          if (worker.isDead()) return;
          const exited = once(worker, 'exit');
          worker.process.kill('SIGTERM');
          await exited;
        }),
      );
    },
  };
}
