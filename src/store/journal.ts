/**
 * The journal where several emulators keep one. An account has a ring: its items are numbered from 1 without gaps, and the
 * oldest go first. What an item says is its writer's affair; here it is text.
 */
import type { Database, Statement } from './database.js';

/** Made where they are missing: only a database that several emulators use has them. Place 1 is the ring before the last reset. */
export const JOURNAL: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS journals (account TEXT NOT NULL, place INTEGER NOT NULL, ring TEXT NOT NULL, next BIGINT NOT NULL,
     calls BIGINT NOT NULL, bytes BIGINT NOT NULL, heard_at BIGINT NOT NULL, PRIMARY KEY (account, place))`,
  `CREATE TABLE IF NOT EXISTS journal_items (ring TEXT NOT NULL, number BIGINT NOT NULL, call BIGINT, size BIGINT NOT NULL,
     item TEXT NOT NULL, PRIMARY KEY (ring, number))`,
  `CREATE TABLE IF NOT EXISTS journal_counts (ring TEXT NOT NULL, name TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (ring, name))`,
];

/** Names, and how much more of each there is. */
export type Counted = readonly (readonly [name: string, n: number])[];

export interface NewItem {
  /** Wall clock, ms. */
  readonly at: number;
  readonly item: string;
  /** Characters, about. */
  readonly size: number;
  readonly isCall: boolean;
  /** What is counted with it. */
  readonly counts: Counted;
}

export interface RingHead {
  readonly ring: string;
  /** The number of the next item. */
  readonly next: number;
  /** Gateway calls ever recorded. */
  readonly calls: number;
}

export interface StoredItem {
  readonly number: number;
  /** Counts the account's calls from 1; null of what is none. */
  readonly call: number | null;
  readonly item: string;
}

export interface StoredJournal {
  /** @param ring the id of the account's ring, if it has none yet */
  append(account: string, ring: string, item: NewItem): Promise<RingHead>;
  /** Who has been heard of, the longest silent first. */
  accounts(): Promise<string[]>;
  head(account: string): Promise<RingHead | undefined>;
  /** @param from a number @returns some of them, in their order */
  items(ring: string, from: number): Promise<StoredItem[]>;
  /** Counts without an item. */
  count(account: string, ring: string, at: number, counts: Counted): Promise<void>;
  /** Of all there ever was in the ring. */
  counts(ring: string): Promise<Counted>;
  /** Removes what is beyond the bounds. @param now wall clock, ms */
  tidy(account: string, now: number): Promise<void>;
  /** The account begins another ring. @param now wall clock, ms */
  forget(account: string, now: number): Promise<void>;
  /** It has the ring again that it had before. */
  back(account: string): Promise<void>;
}

export interface JournalBounds {
  /** Items of one account. */
  readonly most: number;
  readonly accounts: number;
  /** Characters of one account, about, and of all. */
  readonly bytes: number;
  readonly allBytes: number;
}

/** A ring from before a reset can be had back for ten seconds; ms. */
const UNDO_MS = 60_000;
/** Items of one look: pictures make some of them large. */
const AT_ONCE = 100;

const NOW = 'WHERE account = ? AND place = 0';

export function storedJournal(db: Database, bounds: JournalBounds): StoredJournal {
  const remove = async (rings: readonly { ring: string }[]): Promise<void> =>
    void (await db.batch(
      rings.flatMap(({ ring }): Statement[] => [
        ['DELETE FROM journal_items WHERE ring = ?', [ring]],
        ['DELETE FROM journal_counts WHERE ring = ?', [ring]],
      ]),
    ));
  const counting = (account: string, counts: Counted): Statement[] =>
    counts.map(([name, n]) => [
      `INSERT INTO journal_counts (ring, name, n) SELECT ring, ?, ? FROM journals ${NOW}
       ON CONFLICT (ring, name) DO UPDATE SET n = journal_counts.n + excluded.n`,
      [name, n, account],
    ]);
  return {
    async append(account, ring, { at, item, size, isCall, counts }) {
      const calls = isCall ? 1 : 0;
      const statements: Statement[] = [
        [
          `INSERT INTO journals (account, place, ring, next, calls, bytes, heard_at) VALUES (?, 0, ?, 2, ?, ?, ?)
           ON CONFLICT (account, place) DO UPDATE SET next = journals.next + 1, calls = journals.calls + excluded.calls,
             bytes = journals.bytes + excluded.bytes, heard_at = excluded.heard_at RETURNING ring, next, calls`,
          [account, ring, calls, size, at],
        ],
        [
          `INSERT INTO journal_items (ring, number, call, size, item)
           SELECT ring, next - 1, ${isCall ? 'calls' : 'NULL'}, ?, ? FROM journals ${NOW}`,
          [size, item, account],
        ],
      ];
      const [[head]] = (await db.batch<RingHead>([...statements, ...counting(account, counts)])) as [[RingHead]];
      return head;
    },
    async count(account, ring, at, counts) {
      await db.batch([
        [
          `INSERT INTO journals (account, place, ring, next, calls, bytes, heard_at) VALUES (?, 0, ?, 1, 0, 0, ?)
           ON CONFLICT (account, place) DO NOTHING`,
          [account, ring, at],
        ],
        ...counting(account, counts),
      ]);
    },
    async accounts() {
      const rows = await db.all<{ account: string }>('SELECT account FROM journals WHERE place = 0 ORDER BY heard_at');
      return rows.map(({ account }) => account);
    },
    head: (account) => db.get(`SELECT ring, next, calls FROM journals ${NOW}`, [account]),
    items: (ring, from) =>
      db.all('SELECT number, call, item FROM journal_items WHERE ring = ? AND number >= ? ORDER BY number LIMIT ?', [
        ...[ring, from, AT_ONCE],
      ]),
    async counts(ring) {
      const rows = await db.all<{ name: string; n: number }>('SELECT name, n FROM journal_counts WHERE ring = ?', [
        ring,
      ]);
      return rows.map(({ name, n }) => [name, n]);
    },
    async tidy(account, now) {
      const own = await db.get<{ ring: string; next: number }>(`SELECT ring, next FROM journals ${NOW}`, [account]);
      if (!own) return;
      const [, , gone = []] = await db.batch<{ ring: string }>([
        [
          `DELETE FROM journal_items WHERE ring = ? AND (number < ? OR number IN (SELECT number FROM
             (SELECT number, SUM(size) OVER (ORDER BY number DESC) AS upto FROM journal_items WHERE ring = ?) AS one WHERE upto > ?))
             AND number < ?`,
          [own.ring, own.next - bounds.most, own.ring, bounds.bytes, own.next - 1],
        ],
        [
          'UPDATE journals SET bytes = (SELECT COALESCE(SUM(size), 0) FROM journal_items WHERE ring = ?) WHERE ring = ?',
          [own.ring, own.ring],
        ],
        [
          `DELETE FROM journals WHERE ring IN (SELECT ring FROM (SELECT ring, ROW_NUMBER() OVER latest AS nth, SUM(bytes) OVER latest AS upto
             FROM journals WINDOW latest AS (ORDER BY heard_at DESC, account, place)) AS one WHERE nth > 1 AND (nth > ? OR upto > ?))
           OR (place = 1 AND heard_at < ?) RETURNING ring`,
          [bounds.accounts, bounds.allBytes, now - UNDO_MS],
        ],
      ]);
      await remove(gone);
    },
    async forget(account, now) {
      const [before = []] = await db.batch<{ ring: string }>([
        ['DELETE FROM journals WHERE account = ? AND place = 1 RETURNING ring', [account]],
        [`UPDATE journals SET place = 1, heard_at = ? ${NOW}`, [now, account]],
      ]);
      await remove(before);
    },
    async back(account) {
      const [since = []] = await db.batch<{ ring: string }>([
        [`DELETE FROM journals ${NOW} RETURNING ring`, [account]],
        ['UPDATE journals SET place = 0 WHERE account = ? AND place = 1', [account]],
      ]);
      await remove(since);
    },
  };
}
