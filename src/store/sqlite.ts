/** SQLite behind Database, whichever driver runs here. */
import { realpathSync } from 'node:fs';
import { type Database, StorageError } from './database.js';
import type { Connection, Driver } from './drivers/driver.js';
import { loadDriver } from './drivers/load.js';
import { type Watch, watched } from './file-watch.js';
import { groupCommit } from './group-commit.js';
import { migrate } from './migrate.js';
import { type Owned, own } from './ownership.js';

export interface Opening {
  /** Of a file: what is asked of it rejects with StorageError while it is not there. */
  readonly watch?: Watch;
  /** Other processes of this emulator use the file too: the first of them has made sure that it is nobody else's. */
  readonly isShared?: boolean;
  /** See {@link groupCommit}. */
  isServing?(): boolean;
}

/**
 * @param file a path, or `:memory:`
 * @param driver the first that loads here, unless one is given
 * @throws StorageError when the file cannot be opened or is in use
 */
export async function openSqlite(
  file: string,
  driver: Driver = loadDriver('auto'),
  { watch, isShared = false, isServing = () => true }: Opening = {},
): Promise<Database> {
  const { db, real, release } = await open(driver, file, isShared);
  const over = (connection: Connection): Database => {
    const { batch, flush } = groupCommit(connection, isServing);
    return {
      get: async <Row>(sql: string, args = []) => connection.get(sql, args) as Row | undefined,
      all: async <Row>(sql: string, args = []) => connection.all(sql, args) as Row[],
      run: async (sql, args = []) => connection.run(sql, args),
      batch: batch as Database['batch'],
      copyBack: async () => connection.copyBack?.(),
      close: async () => {
        flush();
        connection.close();
        release();
      },
    };
  };
  const database = over(db);
  try {
    await migrate(database);
    return watch && file !== ':memory:' ? over(watched(db, real, watch)) : database;
  } catch (error) {
    await database.close();
    if (error instanceof StorageError) throw error;
    throw new StorageError(`cannot use the database ${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function open(driver: Driver, file: string, isShared: boolean): Promise<Owned & { readonly db: Connection }> {
  let owned: Owned = { real: file, release() {} };
  try {
    if (isShared) owned = { real: realpathSync(file), release() {} };
    else if (file !== ':memory:') owned = await own(driver, file);
    return { ...owned, db: driver.open(owned.real, isShared) };
  } catch (error) {
    owned.release();
    if (error instanceof StorageError) throw error;
    const { message, code } = error as NodeJS.ErrnoException;
    if (code === 'SQLITE_BUSY') {
      throw new StorageError(
        `the database ${file} is open in another program; close it there, or choose another --db file`,
        { cause: error },
      );
    }
    const next = code === 'ENOENT' ? '; its folder has to be there' : '';
    throw new StorageError(`cannot open the database ${file}: ${message}${next}`, { cause: error });
  }
}
