/** Which callbacks were made, and which would have been: a bounded list of all accounts, and somebody who waits for the next one. */
import type { Clock } from '../platform/clock.js';
import { type Hint, sentences } from '../platform/hint.js';
import { InputError } from '../platform/input-error.js';
import type { Lang } from '../platform/language.js';
import { maskText } from '../platform/redact.js';
import type { OwedCallback } from '../store/callbacks.js';

export interface CallbackEntry {
  /** When the verification ended; wall clock, ISO 8601. */
  readonly at: string;
  /** Id of the verification. */
  readonly verification: string;
  /** With all that is appended. */
  readonly url: string;
  /** `waiting`: for its turn, for the answer, or to be tried again. `not-called`: it may not be. */
  readonly outcome: 'waiting' | Settled;
  readonly attempts: readonly CallbackAttempt[];
  /** Why it was given up or not called. Absent otherwise. */
  readonly hint?: string;
}

export type Settled = 'delivered' | 'given-up' | 'not-called';

/** `status`: of the answer. `failure`: why there was none, such as `timeout` or `unreachable-ECONNREFUSED`. */
export type CallbackAttempt = { readonly ms: number } & ({ readonly status: number } | { readonly failure: string });

/** One callback, until it is settled and afterwards. */
export interface Recorded extends OwedCallback {
  readonly at: number;
  readonly attempts: CallbackAttempt[];
  outcome: CallbackEntry['outcome'];
  why?: Hint;
  /** Somebody waited for it and has it. */
  taken: boolean;
}

interface Waiter {
  readonly account: string;
  take(found: Recorded): void;
  fail(error: Error): void;
}

const KEPT = 1000;

/** As an event, made when somebody looks. */
export type ShownCallback = (lang: Lang) => Promise<{ readonly kind: 'callback'; readonly callback: CallbackEntry }>;

export interface CallbackJournal {
  record(callback: OwedCallback): Recorded;
  settle(recorded: Recorded, outcome: Settled, why?: Hint): void;
  /** Oldest first. @param lang of the hints; default English */
  list(account: string, lang?: Lang): Promise<CallbackEntry[]>;
  /** The oldest that is settled and that nobody was given before; waits for one. @throws InputError when none comes in time */
  next(account: string, timeoutMs: number): Promise<CallbackEntry>;
  reset(account: string): void;
  /** Nobody waits any longer. */
  close(reason: Error): void;
}

/** @param note is told of each that is settled */
export function createCallbackJournal(
  clock: Clock,
  note: (account: string, at: number, shown: ShownCallback) => void,
): CallbackJournal {
  let entries: Recorded[] = [];
  const waiters = new Set<Waiter>();

  const wait = (account: string, timeoutMs: number): Promise<Recorded> =>
    new Promise((resolve, reject) => {
      const late = () => waiter.fail(new InputError(`no callback in ${timeoutMs} ms; ${soFar(account)}`));
      const timer = setTimeout(late, timeoutMs);
      const over = () => {
        clearTimeout(timer);
        waiters.delete(waiter);
      };
      const waiter: Waiter = {
        account,
        take(found) {
          over();
          resolve(found);
        },
        fail(error) {
          over();
          reject(error);
        },
      };
      waiters.add(waiter);
    });
  const soFar = (account: string): string => {
    const own = entries.filter((entry) => entry.account === account);
    return `of account ${account} there are ${own.length}, ${own.filter(({ outcome }) => outcome === 'waiting').length} of them waiting`;
  };

  return {
    record(callback) {
      const recorded: Recorded = { ...callback, at: clock.now(), attempts: [], outcome: 'waiting', taken: false };
      entries.push(recorded);
      if (entries.length > KEPT) entries.shift();
      return recorded;
    },
    settle(recorded, outcome, why) {
      recorded.outcome = outcome;
      recorded.why = why;
      // of one that was forgotten meanwhile nobody is told
      if (!entries.includes(recorded)) return;
      note(recorded.account, clock.now(), async (lang) => ({
        kind: 'callback',
        callback: await shown(recorded, lang),
      }));
      const waiter = [...waiters].find(({ account }) => account === recorded.account);
      if (!waiter) return;
      recorded.taken = true;
      waiter.take(recorded);
    },
    list: (account, lang = 'en') =>
      Promise.all(entries.filter((entry) => entry.account === account).map((entry) => shown(entry, lang))),
    async next(account, timeoutMs) {
      const ready = entries.find((entry) => entry.account === account && entry.outcome !== 'waiting' && !entry.taken);
      if (ready) ready.taken = true;
      return shown(ready ?? (await wait(account, timeoutMs)), 'en');
    },
    reset(account) {
      entries = entries.filter((entry) => entry.account !== account);
    },
    close(reason) {
      for (const waiter of [...waiters]) waiter.fail(reason);
    },
  };
}

async function shown({ at, id, url, outcome, attempts, why }: Recorded, lang: Lang): Promise<CallbackEntry> {
  const [said] = await sentences(why ? [why] : []);
  return {
    at: new Date(at).toISOString(),
    verification: maskText(id),
    url: maskText(url),
    outcome,
    attempts: [...attempts],
    ...(said && { hint: said[lang] }),
  };
}
