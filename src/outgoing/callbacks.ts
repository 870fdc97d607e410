/**
 * Calls back: GET to the address a verification was started with, until it answers 200, three times at most (page
 * “InitFaceVerify”: “retried twice within 3 s”). Loaded by the first call that names one.
 */
import { setTimeout } from 'node:timers/promises';
import type { Options } from '../config/options.js';
import type { CallbackProblem, Callbacks } from '../gateway/context.js';
import { type Clock, stopwatch } from '../platform/clock.js';
import { collect } from '../platform/collect.js';
import { type Hint, sentences } from '../platform/hint.js';
import { isLoopback } from '../platform/hosts.js';
import { networkAddresses } from '../platform/network.js';
import { maskText } from '../platform/redact.js';
import type { OwedCallback, OwedCallbacks } from '../store/callbacks.js';
import {
  type CallbackJournal,
  createCallbackJournal,
  type Recorded,
  type Settled,
  type ShownCallback,
} from './callback-journal.js';
import { type Address, connect, failureOf, hostOf, judged, Refused, systemResolve, webAddress } from './way-out.js';

export interface CallbacksDeps {
  readonly options: Pick<Options, 'callback' | 'callbackHosts' | 'host' | 'publicUrl'>;
  readonly wallClock: Clock;
  readonly owed: OwedCallbacks;
  /** Where the emulator itself listens: for https, or for http. */
  boundUrl(secure: boolean): string | undefined;
  /** One that is settled, for the journal. @param shown made when somebody looks */
  note(account: string, at: number, shown: ShownCallback): void;
  /** @param message one line for the log */
  tell(message: string): void;
}

export interface CallbackService extends Callbacks, Pick<CallbackJournal, 'list' | 'next'> {
  /** @returns once it is delivered, given up or not to be made */
  make(callback: OwedCallback): Promise<void>;
  reset(account: string): void;
  /** Ends what is under way: with a database file the next start makes it. @param reason for who waits for one */
  close(reason: Error): void;
}

/** With the pauses between them they are over within the 3 s. */
const TRIES = 3;
const TRY_MS = 750;
const PAUSE_MS = 200;
const CHECK_MS = 3000;
/** Of an answer nothing but its status counts; it is read so that the other side can finish. */
const MAX_BYTES = 64 * 1024;
const MAX_UNDER_WAY = 32;
const MAX_WAITING = 1000;

const NOT_ALLOWED = 'callback-not-allowed';

type Tried = { readonly status: number } | CallbackProblem;

export function createCallbacks({ options, wallClock, owed, boundUrl, note, tell }: CallbacksDeps): CallbackService {
  const journal = createCallbackJournal(wallClock, note);
  const running = new Map<Recorded, AbortController>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();
  let turns = MAX_UNDER_WAY;

  async function settle(recorded: Recorded, outcome: Settled, why?: Hint): Promise<void> {
    try {
      await owed.settle(recorded);
    } finally {
      journal.settle(recorded, outcome, why);
    }
    const [said] = await sentences(why ? [why] : []);
    tell(`callback of ${maskText(recorded.id)}: ${outcome}${said ? `. ${said.en}` : ''}`);
  }

  const isOwn = (url: URL, addresses: readonly Address[]): boolean => {
    if (options.publicUrl && new URL(options.publicUrl).host === url.host) return true;
    return [boundUrl(false), boundUrl(true)].some((bound) => {
      if (!bound || portOf(new URL(bound)) !== portOf(url)) return false;
      const here = [hostOf(new URL(bound)), ...networkAddresses(options.host)];
      return addresses.some(({ address }) => isLoopback(address) || here.includes(address));
    });
  };

  async function ask(address: string, method: 'GET' | 'HEAD', ms: number, until: AbortSignal): Promise<Tried> {
    const signal = AbortSignal.any([AbortSignal.timeout(ms), until]);
    try {
      const url = webAddress(address);
      if (options.callback === 'off') throw new Refused('callback-is-off', 'not-allowed');
      const reach = options.callbackHosts.includes(withoutDot(url.hostname)) ? 'private' : options.callback;
      // nobody outside is asked where the host of an outside address is
      if (reach === 'loopback' && !isHere(hostOf(url))) throw new Refused(NOT_ALLOWED, 'not-allowed');
      const addresses = await judged(url, reach, systemResolve, signal);
      if (isOwn(url, addresses)) throw new Refused('callback-to-itself', 'not-allowed');
      const response = await connect(url, addresses, signal, { method });
      await collect(response, MAX_BYTES, () => new Refused('too-large')).catch(() => undefined);
      return { status: response.statusCode ?? 0 };
    } catch (error) {
      const why = failureOf(error, signal);
      const kind = error instanceof Refused ? error.kind : 'unreachable';
      return { kind, why: kind === 'not-allowed' ? why.replace(/^address-not-allowed$/, NOT_ALLOWED) : why };
    }
  }

  async function deliver(recorded: Recorded, until: AbortSignal): Promise<void> {
    const { url, refused, attempts } = recorded;
    if (refused) return settle(recorded, 'not-called', ['no-callback', { why: refused }]);
    for (;;) {
      const began = stopwatch();
      const tried = await ask(url, 'GET', TRY_MS, until);
      if (until.aborted) return;
      const why = 'why' in tried ? tried.why : `status-${tried.status}`;
      if ('kind' in tried && tried.kind !== 'unreachable' && attempts.length === 0)
        return settle(recorded, 'not-called', ['no-callback', { why }]);
      const ms = Math.round(stopwatch() - began);
      attempts.push('status' in tried ? { ms, status: tried.status } : { ms, failure: why });
      if ('status' in tried && tried.status === 200) return settle(recorded, 'delivered');
      if (attempts.length === TRIES) return settle(recorded, 'given-up', ['callback-given-up', { count: TRIES, why }]);
      await setTimeout(PAUSE_MS, undefined, { signal: until }).catch(() => undefined);
      if (until.aborted) return;
    }
  }

  /** So many at once; the others wait. */
  async function turn(): Promise<void> {
    if (turns-- > 0) return;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  const leave = (): void => {
    turns++;
    waiting.shift()?.();
  };

  return {
    async check(url) {
      const tried = await ask(url, 'HEAD', CHECK_MS, closing.signal);
      return 'kind' in tried ? tried : undefined;
    },
    async make(callback) {
      const recorded = journal.record(callback);
      if (waiting.length >= MAX_WAITING)
        return settle(recorded, 'not-called', ['no-callback', { why: 'too-many-callbacks' }]);
      const ending = new AbortController();
      running.set(recorded, ending);
      await turn();
      try {
        if (!ending.signal.aborted) await deliver(recorded, ending.signal);
      } finally {
        running.delete(recorded);
        leave();
      }
    },
    list: journal.list,
    next: journal.next,
    reset(account) {
      journal.reset(account);
      for (const [recorded, ending] of running) if (recorded.account === account) ending.abort();
    },
    close(reason) {
      closing.abort();
      for (const ending of running.values()) ending.abort();
      journal.close(reason);
    },
  };
}

/** Names and addresses of this machine, without asking anybody. */
const isHere = (host: string): boolean => isLoopback(host) || host.endsWith('.localhost');

/** A name that is looked up as it stands is still that name. */
const withoutDot = (name: string): string => name.replace(/\.$/, '');

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');
