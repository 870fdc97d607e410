/**
 * Calls back: GET to the address a verification was started with, until it answers 200, three times at most (page
 * “InitFaceVerify”: “retried twice within 3 s”). Loaded by the first call that names one.
 */
import type { Options } from '../config/options.js';
import type { CallbackProblem, Callbacks } from '../gateway/context.js';
import { type Clock, stopwatch } from '../platform/clock.js';
import { collect } from '../platform/collect.js';
import { isLoopback } from '../platform/hosts.js';
import type { OwedCallback, OwedCallbacks } from '../store/callbacks.js';
import { type CallbackJournal, createCallbackJournal, type Recorded } from './callback-journal.js';
import { connect, failureOf, hostOf, judged, Refused, systemResolve, webAddress } from './way-out.js';

export interface CallbacksDeps {
  readonly options: Pick<Options, 'callback' | 'publicUrl'>;
  readonly wallClock: Clock;
  readonly owed: OwedCallbacks;
  /** Where the emulator itself listens. */
  boundUrl(): string | undefined;
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
const TRY_MS = 800;
const PAUSE_MS = 250;
const CHECK_MS = 3000;
/** Of an answer nothing but its status counts; it is read so that the other side can finish. */
const MAX_BYTES = 64 * 1024;
const MAX_UNDER_WAY = 32;
const MAX_WAITING = 1000;

type Tried = { readonly status: number } | CallbackProblem;

export function createCallbacks({ options, wallClock, owed, boundUrl }: CallbacksDeps): CallbackService {
  const journal = createCallbackJournal(wallClock);
  const running = new Map<Recorded, AbortController>();
  const waiting: (() => void)[] = [];
  let turns = MAX_UNDER_WAY;

  const isOwn = (url: URL, addresses: readonly string[]): boolean => {
    const bound = boundUrl();
    if (options.publicUrl && new URL(options.publicUrl).host === url.host) return true;
    if (!bound || portOf(new URL(bound)) !== portOf(url)) return false;
    return addresses.some((address) => isLoopback(address) || address === hostOf(new URL(bound)));
  };

  async function ask(address: string, method: 'GET' | 'HEAD', ms: number, until?: AbortSignal): Promise<Tried> {
    const reach = options.callback === 'off' ? 'none' : options.callback;
    const late = AbortSignal.timeout(ms);
    const signal = until ? AbortSignal.any([late, until]) : late;
    const notAllowed = (why: string) => ({ kind: 'not-allowed', why }) as const;
    let url: URL;
    try {
      url = webAddress(address);
    } catch (error) {
      return { kind: 'malformed', why: failureOf(error, signal) };
    }
    if (reach === 'none') return notAllowed('callback-is-off');
    // nobody outside is asked where the host of an outside address is
    if (reach === 'loopback' && !isHere(hostOf(url))) return notAllowed('callback-not-allowed');
    try {
      const addresses = await judged(url, reach, systemResolve, signal);
      if (
        isOwn(
          url,
          addresses.map((one) => one.address),
        )
      )
        return notAllowed('callback-to-itself');
      const response = await connect(url, addresses, signal, method);
      await collect(response, MAX_BYTES, () => new Refused('too-large')).catch(() => undefined);
      return { status: response.statusCode ?? 0 };
    } catch (error) {
      const why = failureOf(error, signal);
      return why === 'address-not-allowed' ? notAllowed('callback-not-allowed') : { kind: 'unreachable', why };
    }
  }

  async function deliver(recorded: Recorded, until: AbortSignal): Promise<void> {
    const { url, refused, attempts } = recorded;
    if (refused) return journal.settle(recorded, 'not-called', ['no-callback', { why: refused }]);
    for (;;) {
      const began = stopwatch();
      const tried = await ask(url, 'GET', TRY_MS, until);
      if (until.aborted) return;
      const why = 'why' in tried ? tried.why : `status-${tried.status}`;
      if ('kind' in tried && tried.kind !== 'unreachable' && attempts.length === 0)
        return journal.settle(recorded, 'not-called', ['no-callback', { why }]);
      const ms = Math.round(stopwatch() - began);
      attempts.push('status' in tried ? { ms, status: tried.status } : { ms, failure: why });
      if ('status' in tried && tried.status === 200) return journal.settle(recorded, 'delivered');
      if (attempts.length === TRIES)
        return journal.settle(recorded, 'given-up', ['callback-given-up', { count: TRIES, why }]);
      await pause(PAUSE_MS, until);
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
      const tried = await ask(url, 'HEAD', CHECK_MS);
      return 'kind' in tried ? tried : undefined;
    },
    async make(callback) {
      const recorded = journal.record(callback);
      if (waiting.length >= MAX_WAITING) {
        journal.settle(recorded, 'not-called', ['no-callback', { why: 'too-many-callbacks' }]);
        return owed.settle(callback);
      }
      const ending = new AbortController();
      running.set(recorded, ending);
      await turn();
      try {
        if (!ending.signal.aborted) await deliver(recorded, ending.signal);
        if (!ending.signal.aborted) await owed.settle(callback);
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
      for (const ending of running.values()) ending.abort();
      journal.close(reason);
    },
  };
}

/** Names and addresses of this machine, without asking anybody. */
const isHere = (host: string): boolean => isLoopback(host) || host.endsWith('.localhost');

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

const pause = (ms: number, until: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      until.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    until.addEventListener('abort', over);
  });
