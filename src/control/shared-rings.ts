/**
 * The journal of several emulators on one database. Each writes what it has answered before the answer leaves, so who has the
 * answer finds the call at any of them; what the others wrote is read when somebody looks.
 */
import { StorageError } from '../store/database.js';
import type { Counted, NewItem, StoredJournal } from '../store/journal.js';
import type { Item, Noted } from './events.js';
import type { KeptCall } from './journal-entry.js';
import { ACCOUNTS, ALL_BYTES, type Counts, KEPT_BYTES, type Rings } from './rings.js';

/** What a call is before it has a number. */
export type NewCall = Omit<KeptCall, 'id'>;

export interface SharedRings {
  /** @param counts what is counted with it. @returns the call's number; undefined when it could not be stored */
  call(account: string, call: NewCall, counts: Counted): Promise<number | undefined>;
  /** A verification that `operation` began has ended. */
  ended(account: string, at: number, operation: string): void;
  note(account: string, at: number, size: number, noted: Noted): void;
  /** Reads what was written by any of them until now. */
  look(account: string): Promise<void>;
  /** Who has been heard of. */
  accounts(): Promise<string[]>;
  counts(account: string): Promise<Counts>;
  /** How many calls there were. */
  calls(account: string): Promise<number>;
  /** @returns what puts back what was kept */
  forget(account: string): Promise<() => Promise<void>>;
  /** Resolves once all that was said so far is stored, or will not be. */
  settled(): Promise<void>;
}

export interface SharedDeps {
  readonly stored: StoredJournal;
  readonly rings: Rings<Item>;
  /** Tells this emulator from all others that use the database, also earlier ones. */
  readonly number: number;
  /** Wall clock, ms. */
  now(): number;
  warn(message: string): void;
}

/** As in memory. */
export const BOUNDS = { accounts: ACCOUNTS, bytes: KEPT_BYTES, allBytes: ALL_BYTES };

/** One in so many items has what is too old removed. */
const TIDY = 50;
const MOST_LATE = 1000;

export function shareRings({ stored, rings, number, now, warn }: SharedDeps): SharedRings {
  let made = 0;
  const pending = new Set<Promise<unknown>>();
  const looks = new Map<string, Promise<void>>();

  /** What could not be stored while the database was away; that it was is told by others. */
  const late: (readonly [account: string, item: NewItem])[] = [];
  const ringId = () => `${now().toString(36)}n${number}n${++made}`;
  const waitingFor = <T>(work: Promise<T>): Promise<T> => {
    pending.add(work);
    return work.finally(() => pending.delete(work));
  };
  const store = async (account: string, item: NewItem): Promise<number | undefined> => {
    try {
      const { calls } = await waitingFor(stored.append(account, ringId(), item));
      for (const [of, each] of late.splice(0)) void store(of, each);
      if (made % TIDY === 0) waitingFor(stored.tidy(account, now())).catch(() => {});
      return calls;
    } catch (error) {
      if (!(error instanceof StorageError)) warn(`a call is missing in the journal: ${(error as Error).message}`);
      else if (late.push([account, item]) > MOST_LATE) late.shift();
      return undefined;
    } finally {
      // who follows it looks again
      rings.wake();
    }
  };

  const headOf = async (account: string) => {
    await Promise.allSettled([...pending]);
    return stored.head(account);
  };
  const readAll = async (account: string): Promise<void> => {
    const head = await headOf(account);
    let ring = rings.get(account);
    if (ring && ring.id !== head?.ring) rings.forget(account);
    if (!head) return;
    ring = ring?.id === head.ring ? ring : rings.begin(account, head.ring);
    while (ring.next < head.next) {
      const rows = await stored.items(head.ring, ring.next);
      // somebody has begun another one
      if (rows.length === 0) return;
      for (const row of rows) {
        if (row.number > ring.next) rings.skip(ring, row.number);
        rings.put(ring, itemOf(row.item, row.call));
      }
    }
  };

  return {
    call: (account, { params, ...call }, counts) => {
      const item = JSON.stringify({ ...call, params: params && [...params] });
      return store(account, { at: call.at, size: call.size, isCall: true, counts, item });
    },
    ended(account, at, operation) {
      waitingFor(stored.count(account, ringId(), at, [[operation, 1]])).catch((error) =>
        warn(`an end is missing in what is billed: ${error.message}`),
      );
    },
    note(account, at, size, noted) {
      const both = Promise.all([noted('en'), noted('zh')]).then(([en, zh]) =>
        store(account, {
          at,
          size,
          isCall: false,
          counts: [],
          item: JSON.stringify({ kind: 'note', at, size, en, zh }),
        }),
      );
      waitingFor(both).catch((error) => warn(`an event is missing in the journal: ${error.message}`));
    },
    look(account) {
      const done = (looks.get(account) ?? Promise.resolve()).catch(() => {}).then(() => readAll(account));
      looks.set(account, done);
      const over = () => {
        if (looks.get(account) === done) looks.delete(account);
      };
      done.then(over, over);
      return done;
    },
    accounts: stored.accounts,
    calls: async (account) => (await headOf(account))?.calls ?? 0,
    async counts(account) {
      const head = await headOf(account);
      const all = head ? await stored.counts(head.ring) : [];
      // a path has no blank
      const [outcomes, billed] = [true, false].map((ofCode) => all.filter(([name]) => name.includes(' ') === ofCode));
      return { outcomes: new Map(outcomes), billed: new Map(billed) };
    },
    async forget(account) {
      await Promise.allSettled([...pending]);
      await stored.forget(account, now());
      rings.forget(account);
      return async () => {
        await Promise.allSettled([...pending]);
        await stored.back(account);
        rings.forget(account);
      };
    },
    async settled() {
      while (pending.size > 0) await Promise.allSettled([...pending]);
    },
  };
}

/** As it was written by this version or another. */
function itemOf(text: string, call: number | null): Item {
  const { en, zh, params, ...item } = JSON.parse(text);
  if (item.kind === 'note') return { ...item, noted: (lang) => (lang === 'zh' ? zh : en) };
  return { ...item, id: call, params: params && new Map(params) };
}
