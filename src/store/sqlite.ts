/** better-sqlite3 behind Database. Each distinct SQL text is prepared once. */
import { closeSync, openSync, rmSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { type Database, type Statement, StorageError } from './database.js';
import { migrate } from './migrations.js';

/**
 * @param file a path, or `:memory:`
 * @throws StorageError when the driver cannot be loaded or the file cannot be opened
 */
export async function openSqlite(file: string): Promise<Database> {
  const { db, release } = await open(file);
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
      release();
    },
  };
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    if (error instanceof StorageError) throw error;
    throw new StorageError(`cannot use the database ${file}: ${(error as Error).message}`, { cause: error });
  }
  return database;
}

async function open(file: string): Promise<{ db: BetterSqlite3.Database; release(): void }> {
  const Driver = await loadDriver();
  let release = () => {};
  try {
    if (file !== ':memory:') release = own(Driver, file);
    const db = new Driver(file);
    // keys are random, so pages split often, and each split has the commit walk the whole cache: fewer, larger pages
    db.pragma('page_size = 8192');
    // WAL survives a killed process; NORMAL leaves out only the sync a power cut would need
    if (file !== ':memory:') {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
    }
    return { db, release };
  } catch (error) {
    release();
    const { message, code } = error as NodeJS.ErrnoException;
    const next = code === 'ENOENT' ? '; its folder has to be there' : '';
    throw error instanceof StorageError
      ? error
      : new StorageError(`cannot open the database ${file}: ${message}${next}`, { cause: error });
  }
}

/**
 * One emulator owns a file: a second one would take unfinished uploads of the first for leftovers. SQLite's own lock, on a
 * file beside it, so that the state can be looked at meanwhile; it ends with the process, however that ends.
 * @returns what gives the file free. @throws StorageError when somebody has it
 */
function own(Driver: typeof BetterSqlite3, file: string): () => void {
  const lock = `${file}.lock`;
  // names, numbers and secrets: for its owner alone, as are the files SQLite puts beside it
  for (const each of [file, lock]) closeSync(openSync(each, 'a', 0o600));
  const holder = new Driver(lock, { timeout: 0 });
  try {
    holder.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new StorageError(
      `the database ${file} is in use by another cloudauth-mock; stop that one, or choose another --db file`,
      { cause: error },
    );
  }
  return () => {
    try {
      // before somebody else can have it; Windows removes no open file, there it stays, empty
      rmSync(lock, { force: true });
    } catch {}
    holder.close();
  };
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
