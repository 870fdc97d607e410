/** A database whose every call takes 0–3 ms, as one over a network does: what is asked for together is done in any order. */
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../src/platform/ids.js';
import type { Database } from '../../src/store/database.js';

/** A database whose every call goes through `pass`. */
export const passing = (database: Database, pass: <T>(call: () => Promise<T>) => Promise<T>): Database => ({
  get: (sql, args) => pass(() => database.get(sql, args)),
  all: (sql, args) => pass(() => database.all(sql, args)),
  run: (sql, args) => pass(() => database.run(sql, args)),
  batch: (statements) => pass(() => database.batch(statements)),
  close: () => database.close(),
});

/** @param seed the same one gives the same delays */
export function slowDatabase(database: Database, seed: string): Database {
  const random = seededRandom(seed);
  return passing(database, async (call) => {
    const [before, after] = [Math.floor(random() * 3), Math.floor(random() * 2)];
    if (before > 0) await wait(before);
    const result = await call();
    if (after > 0) await wait(after);
    return result;
  });
}
