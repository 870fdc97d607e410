/**
 * What is over is kept for a while: of each kind the latest so many of an account. What is beyond goes, the oldest first, in
 * small steps between the calls. Nothing ticks: one in so many things that are added or end has it looked at.
 */
// tests put false ones into the global object
import { setImmediate } from 'node:timers/promises';
import type { Database } from './database.js';
import { ownedBy, RINGS, type Ring, type Row } from './over.js';

export interface Retention {
  /** Something of the account was added, or is over. */
  touched(account: string): void;
}

export interface RetentionDeps {
  readonly database: Database;
  /** So many of a kind, an account; until they are looked at a twentieth more, at most 5000. 0: all. */
  readonly keep: number;
  /** The database began with this process: nothing is over at the first call, which has enough to do. */
  readonly fresh: boolean;
  /** Aborted when the emulator closes: what is left is found by the next. */
  readonly closing: AbortSignal;
  /** Business clock, ms. */
  now(account: string): number;
  /** Bytes to which nothing refers any more, as the tables keep them. */
  freed(account: string, blobs: readonly string[]): Promise<void>;
  /** Does the work after the calls of now. */
  beside(work: () => Promise<void>): void;
}

/** So many rows a step: about a millisecond. */
const STEP = 64;
/** Counting 100,000 takes a few milliseconds, so it is done seldom. */
const SELDOM = 5000;
const MOST_ACCOUNTS = 10_000;

export function retention({ database, keep, fresh, closing, now, freed, beside }: RetentionDeps): Retention {
  const every = Math.max(1, Math.min(SELDOM, Math.floor(keep / 20)));
  const touches = new Map<string, number>();
  /** Those that are looked at, and whether that has to be done again. */
  const looking = new Map<string, boolean>();

  const surplus = async ({ table, where, args }: Ring, account: string): Promise<number> => {
    const row = await database.get<{ n: number }>(
      `SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${table} WHERE account = ? AND ${where} LIMIT ?) AS one`,
      [account, ...args(now(account)), keep + SELDOM],
    );
    return row!.n - keep;
  };
  const oldest = (ring: Ring, account: string, rows: number): Promise<Row[]> => {
    const { table, columns, where, order, args, unless } = ring;
    const at = now(account);
    const all = `FROM ${table} WHERE account = ? AND ${where} ORDER BY ${order} LIMIT ?`;
    return unless
      ? database.all<Row>(
          `SELECT ${columns} FROM (SELECT ${columns}, expires_at ${all}) AS one WHERE ${unless.where} LIMIT ?`,
          [account, ...args(at), unless.among, ...unless.args(at), rows],
        )
      : database.all<Row>(`SELECT ${columns} ${all}`, [account, ...args(at), rows]);
  };
  /** @returns how many rows it found */
  const step = async (ring: Ring, account: string, rows: number): Promise<number> => {
    const found = await oldest(ring, account, rows);
    const gone = (await database.batch<Row>(found.flatMap((row) => ring.remove(account, row)))).flat();
    const owned = gone.filter(({ id }) => id !== undefined).flatMap((one) => ownedBy(account, one));
    const more = (await database.batch<Row>(owned)).flat();
    const blobs = [...gone, ...more].flatMap((row) => (typeof row.blobs === 'string' ? [row.blobs] : []));
    if (blobs.length > 0) await freed(account, blobs);
    return found.length;
  };
  const look = async (ring: Ring, account: string): Promise<void> => {
    for (let left = await surplus(ring, account); left > 0; left -= STEP) {
      // what was asked meanwhile goes first
      await setImmediate();
      if (closing.aborted || (await step(ring, account, Math.min(left, STEP))) === 0) return;
      if (left <= STEP) left = STEP + (await surplus(ring, account));
    }
  };
  const lookAtAll = async (account: string): Promise<void> => {
    try {
      do {
        looking.set(account, false);
        for (const ring of RINGS) await look(ring, account);
      } while (looking.get(account) && !closing.aborted);
    } finally {
      // at the moment of that last question: who comes between would be looked at by nobody
      looking.delete(account);
    }
  };

  return {
    touched(account) {
      if (keep === 0) return;
      if (touches.size >= MOST_ACCOUNTS && !touches.has(account)) touches.clear();
      const times = touches.get(account) ?? 0;
      touches.set(account, times + 1);
      if (times % every > 0 || (times === 0 && fresh)) return;
      if (looking.has(account)) looking.set(account, true);
      else beside(() => lookAtAll(account));
    },
  };
}
