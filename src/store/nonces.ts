/**
 * Nonces per AccessKeyId, each remembered for a window after it was seen, and for as long as its call could come again: a
 * clock that goes ahead dates its calls into the future. Kept with the database, so a restart forgets none.
 */
import { flatKey } from '../platform/flat.js';
import type { Database, Statement } from './database.js';

/** A nonce that one call may use. */
export interface TakenNonce {
  /** The call's own way to the database: its first write and the nonce are one batch. Absent: in memory, nothing is written. */
  readonly database?: Database;
  /** For the end of the call, before it is answered: writes the nonce by itself when the call has written nothing. */
  keep?(): Promise<void>;
}

export interface Nonces {
  /**
   * Of calls that come with one nonce at once the first has it.
   * @param now wall clock, ms. @param timestamp of the call, ms: it is let in until a window after that
   * @returns undefined when this key used the nonce within the window, or is using it
   */
  take(accessKeyId: string, nonce: string, now: number, timestamp: number): Promise<TakenNonce | undefined>;
}

/** Somebody else wrote the nonce while the call was under way: it has changed nothing. */
export class NonceUsedError extends Error {
  override readonly name = 'NonceUsedError';
}

/** Once in so many calls so many rows are looked at: no call waits until all of a window are gone. */
const CALLS = 32;
const ROWS = 64;

/** @param windowMs how long a nonce must not repeat */
export function nonces(db: Database, windowMs: number): Nonces {
  let calls = 0;
  let sweptAt = 0;
  /** How far the rows have been looked at, in the order of their keys. */
  let from: string[] = ['', ''];
  /** Of calls under way: their rows may not be written yet. */
  const taken = new Set<string>();
  const isSwept = (now: number): boolean => calls++ % CALLS > 0 && now - sweptAt <= windowMs && now >= sweptAt;
  const sweep = async (now: number): Promise<void> => {
    sweptAt = now;
    const behind = 'WHERE (access_key_id, nonce) > (?, ?)';
    const last = await db.get<{ access_key_id: string; nonce: string }>(
      `SELECT access_key_id, nonce FROM nonces ${behind} ORDER BY access_key_id, nonce LIMIT 1 OFFSET ${ROWS - 1}`,
      from,
    );
    const to = last ? [last.access_key_id, last.nonce] : [];
    const upTo = last ? 'AND (access_key_id, nonce) <= (?, ?)' : '';
    await db.run(`DELETE FROM nonces ${behind} ${upTo} AND seen_at < ?`, [...from, ...to, now - windowMs]);
    from = last ? to : ['', ''];
  };
  const where = 'WHERE access_key_id = ? AND nonce = ?';
  const find = (key: string[]) => db.get<{ seen_at: number }>(`SELECT seen_at FROM nonces ${where}`, key);
  return {
    async take(accessKeyId, given, now, timestamp) {
      const nonce = flatKey(given);
      const name = `${accessKeyId} ${nonce}`;
      if (taken.has(name)) return undefined;
      taken.add(name);
      let used = true;
      try {
        if (!isSwept(now)) await sweep(now);
        const key = [accessKeyId, nonce];
        const row = await find(key);
        used = row !== undefined && row.seen_at >= now - windowMs;
        if (used) return undefined;
        const insert: Statement = [
          'INSERT INTO nonces (access_key_id, nonce, seen_at) VALUES (?, ?, ?)',
          [...key, Math.max(now, timestamp)],
        ];
        // the row of one whose time is over stays until it is swept
        const statements = row
          ? [[`DELETE FROM nonces ${where} AND seen_at = ?`, [...key, row.seen_at]] as const, insert]
          : [insert];
        const { database, written } = writingFirst(db, statements, async (error) =>
          (await find(key))?.seen_at === row?.seen_at ? error : new NonceUsedError(`nonce ${nonce} is used`),
        );
        return { database, keep: () => written().finally(() => taken.delete(name)) };
      } finally {
        if (used) taken.delete(name);
      }
    },
  };
}

/**
 * The database as one call sees it: the first write that succeeds has written `first` as well.
 * @param reason what to throw in the place of the error of a write that brought `first` along
 */
function writingFirst(
  db: Database,
  first: readonly Statement[],
  reason: (error: unknown) => Promise<unknown>,
): { database: Database; written(): Promise<void> } {
  let done = false;
  const batch = async <Row>(statements: readonly Statement[]): Promise<Row[][]> => {
    if (done) return db.batch(statements);
    done = true;
    try {
      return (await db.batch<Row>([...first, ...statements])).slice(first.length);
    } catch (error) {
      done = false;
      throw await reason(error);
    }
  };
  const isPlain = (sql: string) => done || /^\s*(SELECT|WITH)\b/.test(sql);
  const rowsOf = async <Row>(...statement: Statement): Promise<Row[]> => (await batch<Row>([statement]))[0]!;
  const database: Database = {
    get: async <Row>(sql: string, args: Statement[1] = []) =>
      isPlain(sql) ? db.get<Row>(sql, args) : (await rowsOf<Row>(sql, args))[0],
    all: (sql, args = []) => (isPlain(sql) ? db.all(sql, args) : rowsOf(sql, args)),
    run: async (sql, args = []) => void (await rowsOf(sql, args)),
    batch,
    close: () => db.close(),
  };
  return {
    database,
    async written() {
      if (!done) await batch([]);
    },
  };
}

/** The same where nothing else outlives the process either. Each generation is one window long, and dropped as a whole. */
export function memoryNonces(windowMs: number): Nonces {
  /** By when they end: that of now, the one before, and that of calls dated ahead. */
  const generations = new Map<number, Map<string, number>>();
  const inMemory: TakenNonce = {};
  return {
    async take(accessKeyId, nonce, now, timestamp) {
      const key = flatKey(`${accessKeyId} ${nonce}`);
      for (const [end, seen] of generations) {
        const seenAt = seen.get(key);
        if (seenAt !== undefined && seenAt >= now - windowMs) return undefined;
        if (end < now - windowMs) generations.delete(end);
      }
      const at = Math.max(now, timestamp);
      const end = Math.ceil(at / windowMs) * windowMs;
      let seen = generations.get(end);
      if (!seen) {
        seen = new Map();
        generations.set(end, seen);
      }
      seen.set(key, at);
      return inMemory;
    },
  };
}
