/** Nonces seen within the signature window, per AccessKeyId; kept with the database, so a restart forgets none. */
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
   * @param now wall clock, ms. @returns undefined when this key used the nonce within the window, or is using it
   */
  take(accessKeyId: string, nonce: string, now: number): Promise<TakenNonce | undefined>;
}

/** @param windowMs how long a nonce must not repeat */
export function nonces(db: Database, windowMs: number): Nonces {
  let sweptAt = 0;
  /** Of calls under way: their rows may not be written yet. */
  const taken = new Set<string>();
  const sweep = async (now: number): Promise<void> => {
    if (now - sweptAt <= windowMs && now >= sweptAt) return;
    sweptAt = now;
    await db.run('DELETE FROM nonces WHERE seen_at < ?', [now - windowMs]);
  };
  const where = 'WHERE access_key_id = ? AND nonce = ?';
  return {
    async take(accessKeyId, nonce, now) {
      const name = `${accessKeyId} ${nonce}`;
      if (taken.has(name)) return undefined;
      taken.add(name);
      let used = true;
      try {
        await sweep(now);
        const key = [accessKeyId, nonce];
        const row = await db.get<{ seen_at: number }>(`SELECT seen_at FROM nonces ${where}`, key);
        used = row !== undefined && row.seen_at >= now - windowMs;
        if (used) return undefined;
        const insert: Statement = [
          'INSERT INTO nonces (access_key_id, nonce, seen_at) VALUES (?, ?, ?)',
          [...key, now],
        ];
        // the row of one whose time is over stays until it is swept
        const { database, written } = writingFirst(db, row ? [[`DELETE FROM nonces ${where}`, key], insert] : [insert]);
        return { database, keep: () => written().finally(() => taken.delete(name)) };
      } finally {
        if (used) taken.delete(name);
      }
    },
  };
}

/** The database as one call sees it: the first write that succeeds has written `first` as well. */
function writingFirst(db: Database, first: readonly Statement[]): { database: Database; written(): Promise<void> } {
  let done = false;
  const batch = async <Row>(statements: readonly Statement[]): Promise<Row[][]> => {
    if (done) return db.batch(statements);
    done = true;
    try {
      return (await db.batch<Row>([...first, ...statements])).slice(first.length);
    } catch (error) {
      done = false;
      throw error;
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

/** The same where nothing else outlives the process either. Two generations: the older one is dropped as a whole. */
export function memoryNonces(windowMs: number): Nonces {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let turnedAt = 0;
  const inMemory: TakenNonce = {};
  return {
    async take(accessKeyId, nonce, now) {
      if (now - turnedAt > windowMs) {
        old = now - turnedAt > 2 * windowMs ? new Map() : young;
        young = new Map();
        turnedAt = now;
      }
      const key = `${accessKeyId} ${nonce}`;
      const seenAt = young.get(key) ?? old.get(key);
      if (seenAt !== undefined && seenAt >= now - windowMs) return undefined;
      young.set(key, now);
      return inMemory;
    },
  };
}
