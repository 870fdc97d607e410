/** Checks of what is installed and written down here: Node, the driver of SQLite, the database file, the config file. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Options } from '../../config/options.js';
import { InputError } from '../../platform/input-error.js';
import { lazy } from '../../platform/lazy.js';
import { loadBetterSqlite3 } from '../../store/drivers/better-sqlite3.js';
import { loadDriver } from '../../store/drivers/load.js';
import { isPostgres, shownDatabase } from '../../store/postgres/address.js';
import type { Call } from '../command.js';
import { type Finding, failed, ok, warning } from './finding.js';

const postgres = lazy(() => import('../../store/postgres/open.js'));

/** Of package.json; the first that is tested. */
const OLDEST = 20;

export function checkNode(version = process.versions.node): Finding {
  return Number.parseInt(version, 10) >= OLDEST
    ? ok('node', `Node ${version}`)
    : failed('node', `Node ${version} is older than ${OLDEST}`, `install Node ${OLDEST} or newer`);
}

export function checkDriver({ db, driver }: Pick<Options, 'db' | 'driver'>): Finding {
  if (isPostgres(db)) return ok('driver', 'pg, for PostgreSQL');
  try {
    const { name } = loadDriver(driver);
    const why = driver === 'auto' && !name.startsWith('better-sqlite3') ? whyNotTheFastest() : undefined;
    if (why === undefined) return ok('driver', name);
    const advice = 'nothing has to be done: it answers the same, slower with --db';
    return warning('driver', `${name}, for ${why}`, advice);
  } catch (error) {
    return failed('driver', (error as Error).message, 'install the package anew: npm ci --ignore-scripts');
  }
}

function whyNotTheFastest(): string | undefined {
  try {
    loadBetterSqlite3();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export async function checkDatabase({ db }: Pick<Options, 'db'>): Promise<Finding> {
  if (isPostgres(db)) return checkPostgres(db);
  if (db === ':memory:') return ok('database', 'in memory; --db FILE keeps it');
  const folder = dirname(resolve(db));
  if (!existsSync(folder)) return failed('database', `${db}: there is no folder ${folder}`, `mkdir -p ${folder}`);
  try {
    accessSync(folder, constants.W_OK);
    if (existsSync(db)) accessSync(db, constants.R_OK | constants.W_OK);
  } catch (error) {
    const advice = 'let this user write the file and its folder, or choose another --db file';
    return failed('database', `${db}: ${(error as Error).message}`, advice);
  }
  if (existsSync(db) && !statSync(db).isFile())
    return failed('database', `${db} is no file`, 'choose another --db file');
  return ok('database', `${db} can be written`);
}

async function checkPostgres(db: string): Promise<Finding> {
  try {
    const version = await (await postgres()).askPostgres(db);
    return ok('database', `${shownDatabase(db)} answers: ${version}`);
  } catch (error) {
    const advice = 'start the server, or mend the address given with --db: host, port, user, password, database';
    return failed('database', (error as Error).message, advice);
  }
}

export async function checkConfig({ configFile }: Pick<Call, 'configFile'>): Promise<Finding> {
  try {
    const config = await configFile();
    if (config === undefined) return ok('config', 'none; “cloudauth-mock init” writes one');
    return ok('config', `${config.file}: ${Object.keys(config.options).length} options`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return failed('config', error.message, 'mend the file, or give --no-config');
  }
}
