/** better-sqlite3 behind Database. Each distinct SQL text is prepared once. */
import { closeSync, openSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { type Database, type Statement, StorageError } from './database.js';
import { migrate } from './migrations.js';

/**
 * @param file a path, or `:memory:`
 * @throws StorageError when the driver cannot be loaded or the file cannot be opened
 */
export async function openSqlite(file: string): Promise<Database> {
  const db = await open(file);
  const prepared = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  const statement = (sql: string) => {
    let found = prepared.get(sql);
    if (!found) {
      found = db.prepare(sql);
      prepared.set(sql, found);
    }
    return found;
  };
  const runAll = db.transaction((statements: readonly Statement[]) => {
    for (const [sql, args] of statements) statement(sql).run(...args);
  });
  const database: Database = {
    get: async <Row>(sql: string, args: readonly unknown[] = []) => statement(sql).get(...args) as Row | undefined,
    all: async <Row>(sql: string, args: readonly unknown[] = []) => statement(sql).all(...args) as Row[],
    run: async (sql, args = []) => {
      statement(sql).run(...args);
    },
    batch: async (statements) => {
      runAll(statements);
    },
    close: async () => {
      db.close();
    },
  };
  try {
    await migrate(database);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`cannot use the database ${file}: ${(error as Error).message}`, { cause: error });
  }
  return database;
}

async function open(file: string): Promise<BetterSqlite3.Database> {
  const Driver = await loadDriver();
  try {
    // names, numbers and secrets: for its owner alone, as are the files SQLite puts beside it
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
    const db = new Driver(file);
    // keys are random, so pages split often, and each split has the commit walk the whole cache: fewer, larger pages
    db.pragma('page_size = 8192');
    // WAL survives a killed process; NORMAL leaves out only the sync a power cut would need
    if (file !== ':memory:') {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
    }
    return db;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const next = code === 'ENOENT' ? '; its folder has to be there' : '';
    throw new StorageError(`cannot open the database ${file}: ${message}${next}`, { cause: error });
  }
}

async function loadDriver(): Promise<typeof BetterSqlite3> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (error) {
    throw new StorageError(
      `better-sqlite3 does not load: ${(error as Error).message}; try: npm rebuild better-sqlite3`,
      { cause: error },
    );
  }
}
