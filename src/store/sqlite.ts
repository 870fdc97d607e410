/** SQLite behind Database, whichever driver runs here. */
import { type Database, type Statement, StorageError } from './database.js';
import type { Connection, Driver } from './drivers/driver.js';
import { loadDriver } from './drivers/load.js';
import { migrate } from './migrations.js';
import { type Owned, own } from './ownership.js';

/**
 * @param file a path, or `:memory:`
 * @param driver the first that loads here, unless one is given
 * @throws StorageError when the file cannot be opened or is in use
 */
export async function openSqlite(file: string, driver: Driver = loadDriver('auto')): Promise<Database> {
  const { db, release } = await open(driver, file);
  const database: Database = {
    get: async <Row>(sql: string, args = []) => db.get(sql, args) as Row | undefined,
    all: async <Row>(sql: string, args = []) => db.all(sql, args) as Row[],
    run: async (sql, args = []) => db.run(sql, args),
    batch: async <Row>(statements: readonly Statement[]) =>
      db.transaction(() => statements.map(([sql, args]) => db.all(sql, args) as Row[])),
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

async function open(driver: Driver, file: string): Promise<{ db: Connection; release(): void }> {
  let owned: Owned = { real: file, release() {} };
  try {
    if (file !== ':memory:') owned = await own(driver, file);
    return { db: driver.open(owned.real), release: owned.release };
  } catch (error) {
    owned.release();
    if (error instanceof StorageError) throw error;
    const { message, code } = error as NodeJS.ErrnoException;
    const next = code === 'ENOENT' ? '; its folder has to be there' : '';
    throw new StorageError(`cannot open the database ${file}: ${message}${next}`, { cause: error });
  }
}
