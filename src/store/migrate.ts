/** Brings a database to the schema of now: a new one of SQLite at once, any other by the steps that it has not made yet. */
import { lazy } from '../platform/lazy.js';
import { type Database, type Statement, StorageError } from './database.js';
import schema from './schema.json' with { type: 'json' };

/** A start seldom needs them. */
const steps = lazy(() => import('./migrations.js'));

const OTHERS = `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`;

/** @param said how the database that is not SQLite says a definition */
export async function migrate(database: Database, said?: (sql: string) => string): Promise<void> {
  await database.run('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const row = await database.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'schema'`);
  const done = Number(row?.value ?? 0);
  if (done > schema.steps)
    throw new StorageError(
      `the database was written by a newer cloudauth-mock (schema ${done}); upgrade, or choose another --db file`,
    );
  const define = (sql: readonly string[], upTo: number) =>
    database.batch([
      ...sql.map((one): Statement => [said ? said(one) : one, []]),
      [
        `INSERT INTO meta (name, value) VALUES ('schema', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [String(upTo)],
      ],
    ]);
  if (done === schema.steps) return;
  if (done === 0 && !said) {
    const other = await database.get<{ name: string }>(OTHERS);
    if (other) throw new Error(`it has tables of another program, such as ${other.name}; choose another --db file`);
    // it is written as SQLite repeats it
    return void (await define(schema.sql, schema.steps));
  }
  const { STEPS } = await steps();
  for (const [index, step] of STEPS.entries()) if (index >= done) await define(step, index + 1);
}

/** @param what starts are counted of. @returns how many there were of these, this one included */
export async function countStart(database: Database, what: 'starts' | 'replicas' = 'starts'): Promise<number> {
  const row = await database.get<{ value: string }>(
    `INSERT INTO meta (name, value) VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT) RETURNING value`,
    [what],
  );
  return Number(row!.value);
}
