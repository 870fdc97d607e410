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
import type { Fellows } from './fellows.js';

export interface OpenDatabase {
  readonly database: Database;
  /** Where the bytes of objects are kept. Neither: in memory. */
  readonly folder?: string;
  readonly bytes?: StoredBytes;
  /** Other emulators may use it too: tells from now on of what they change. @returns what ends it */
  hear?(heard: Heard): Promise<() => Promise<void>>;
}

const sharing = lazy(() => import('./share-file.js'));
const postgres = lazy(() => import('../store/postgres/open.js'));

/** @param fellows other processes of this emulator, whose file it is as well @param tell is told when it cannot be used any more, and when it can again. @throws StorageError */
export async function openDatabase(
  { db, driver, isServing }: Pick<Options, 'db' | 'driver'> & { isServing(): boolean },
  clock: Clock,
  tell: (message: string) => void,
  fellows?: Fellows,
): Promise<OpenDatabase> {
  if (isPostgres(db)) return (await postgres()).openPostgres(db, tell);
  const isShared = fellows !== undefined;
  const database = await openSqlite(db, loadDriver(driver), { watch: { clock, tell }, isShared, isServing });
  if (db === ':memory:') return { database };
  // beside the real file, by whatever link it is opened
  const folder = `${realpathSync(db)}.objects`;
  return fellows ? { folder, ...(await (await sharing()).shareFile(database, fellows)) } : { database, folder };
}

/** What runs the database, for people. */
export const driverName = ({ db, driver }: Pick<Options, 'db' | 'driver'>): string =>
  isPostgres(db) ? 'PostgreSQL by pg' : loadDriver(driver).name;
