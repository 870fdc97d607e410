/**
 * The journal of several emulators on one database. Each writes what it has answered before the answer leaves, so who has the
 * answer finds the call at any of them; what the others wrote is read when somebody looks.
 */
import type { StoredJournal } from '../store/journal.js';
import type { Item, Noted } from './events.js';
import type { KeptCall } from './journal-entry.js';
import { ACCOUNTS, ALL_BYTES, KEPT_BYTES, type Rings } from './rings.js';

/** What a call is before it has a number. */
export type NewCall = Omit<KeptCall, 'id'>;

export interface SharedRings {
  /** @returns the call's number; undefined when it could not be stored */
  call(account: string, call: NewCall): Promise<number | undefined>;
  note(account: string, at: number, size: number, noted: Noted): void;
  /** Reads what was written by any of them until now. */
  look(account: string): Promise<void>;
  /** Who has been heard of. */
  accounts(): Promise<string[]>;
  /** `<operation path> <code>` of each call, and how many there were. */
  outcomes(account: string): Promise<ReadonlyMap<string, number>>;
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

export function shareRings({ stored, rings, number, now, warn }: SharedDeps): SharedRings {
  let made = 0;
  let lost = false;
  const pending = new Set<Promise<unknown>>();
  const looks = new Map<string, Promise<void>>();

  const under = async <T>(work: Promise<T>): Promise<T | undefined> => {
    pending.add(work);
    try {
      const done = await work;
      lost = false;
      return done;
    } catch (error) {
      // the call itself was answered, or refused for the same reason
      if (!lost) warn(`calls are missing in the journal: ${(error as Error).message}`);
      lost = true;
      return undefined;
    } finally {
      pending.delete(work);
    }
  };
  const append = async (account: string, { at, size }: Item, isCall: boolean, item: object, outcome?: string) => {
    const ring = `${now().toString(36)}n${number}n${++made}`;
    const head = await under(stored.append(account, ring, { at, size, isCall, outcome, item: JSON.stringify(item) }));
    // who follows it looks again
    rings.wake();
    if (made % TIDY === 0) void under(stored.tidy(account, now()));
    return head?.calls;
  };

  const readAll = async (account: string): Promise<void> => {
    await Promise.allSettled([...pending]);
    const head = await stored.head(account);
    let ring = rings.get(account);
    if (ring && ring.id !== head?.ring) rings.forget(account);
    if (!head) return;
    ring = ring?.id === head.ring ? ring : rings.begin(account, head.ring);
    ring.calls = head.calls;
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
    call: (account, { params, ...call }) => {
      const { operation, code } = call;
      const outcome = operation && `${operation} ${code ?? 'ok'}`;
      return append(account, call as Item, true, { ...call, params: params && [...params] }, outcome);
    },
    note(account, at, size, noted) {
      const both = Promise.all([noted('en'), noted('zh')]).then(([en, zh]) =>
        append(account, { at, size } as Item, false, { kind: 'note', at, size, en, zh }),
      );
      pending.add(both);
      both
        .catch((error) => warn(`an event is missing in the journal: ${error.message}`))
        .finally(() => pending.delete(both));
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
    accounts: async () => (await stored.heads()).map(({ account }) => account),
    async outcomes(account) {
      await Promise.allSettled([...pending]);
      const head = await stored.head(account);
      return head ? stored.outcomes(head.ring) : new Map();
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
