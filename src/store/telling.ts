/** A database that several processes write: of what each of them keeps in memory, the others are told what has changed. */
import type { Database, Statement } from './database.js';
import type { Shared } from './postgres/changes.js';

/** As the triggers of PostgreSQL do: rules that have only counted are none of it. @see changes.ts. Where the account stands among the arguments. */
const CHANGES: readonly (readonly [RegExp, Shared, account: number])[] = [
  [/^\s*(INSERT INTO|UPDATE|DELETE FROM) clocks\b/, 'clocks', 0],
  [/^\s*(INSERT INTO|DELETE FROM) rules\b/, 'rules', 0],
  [/^\s*UPDATE rules SET name\b/, 'rules', 5],
];

export function telling(db: Database, tell: (what: Shared, account: string) => void): Database {
  const known = new Map<string, (typeof CHANGES)[number] | undefined>();
  const changeOf = (sql: string) => {
    if (!known.has(sql))
      known.set(
        sql,
        CHANGES.find(([pattern]) => pattern.test(sql)),
      );
    return known.get(sql);
  };
  const told = async <T>(work: Promise<T>, statements: readonly Statement[]): Promise<T> => {
    const done = await work;
    for (const [sql, args] of statements) {
      const change = changeOf(sql);
      if (change) tell(change[1], String(args[change[2]]));
    }
    return done;
  };
  return {
    get: (sql, args = []) => told(db.get(sql, args), [[sql, args]]),
    all: (sql, args = []) => told(db.all(sql, args), [[sql, args]]),
    run: (sql, args = []) => told(db.run(sql, args), [[sql, args]]),
    batch: (statements) => told(db.batch(statements), statements),
    close: () => db.close(),
  };
}
