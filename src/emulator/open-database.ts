/** Where state is kept: in memory, in a file of SQLite with its objects beside it, or in PostgreSQL, which only then is loaded. */
import { realpathSync } from 'node:fs';
import type { Options } from '../config/options.js';
import type { Clock } from '../platform/clock.js';
import { lazy } from '../platform/lazy.js';
import type { Database } from '../store/database.js';
import { loadDriver } from '../store/drivers/load.js';
import { isPostgres } from '../store/postgres/address.js';
import type { StoredBytes } from '../store/postgres/bytes.js';
import type { Heard } from '../store/postgres/changes.js';
import { openSqlite } from '../store/sqlite.js';

export interface OpenDatabase {
  readonly database: Database;
  /** Where the bytes of objects are kept. Neither: in memory. */
  readonly folder?: string;
  readonly bytes?: StoredBytes;
  /** Other emulators may use it too: tells from now on of what they change. @returns what ends it */
  hear?(heard: Heard): Promise<() => Promise<void>>;
}

const postgres = lazy(() => import('../store/postgres/open.js'));

/** @param tell is told when it cannot be used any more, and when it can again. @throws StorageError */
export async function openDatabase(
  { db, driver }: Pick<Options, 'db' | 'driver'>,
  clock: Clock,
  tell: (message: string) => void,
): Promise<OpenDatabase> {
  if (isPostgres(db)) return (await postgres()).openPostgres(db, tell);
  const database = await openSqlite(db, loadDriver(driver), { clock, tell });
  // beside the real file, by whatever link it is opened
  return db === ':memory:' ? { database } : { database, folder: `${realpathSync(db)}.objects` };
}

/** What runs the database, for people. */
export const driverName = ({ db, driver }: Pick<Options, 'db' | 'driver'>): string =>
  isPostgres(db) ? 'PostgreSQL by pg' : loadDriver(driver).name;
