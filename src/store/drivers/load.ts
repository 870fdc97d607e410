/** Which SQLite driver runs here: the first that loads, or the one that was asked for. */
import { StorageError } from '../database.js';
import { loadBetterSqlite3 } from './better-sqlite3.js';
import type { Driver } from './driver.js';
import { loadNodeSqlite3Wasm } from './node-sqlite3-wasm.js';

/** The fastest first. */
const LOADERS = { 'better-sqlite3': loadBetterSqlite3, 'node-sqlite3-wasm': loadNodeSqlite3Wasm };

export type DriverName = keyof typeof LOADERS;
const NAMES = Object.keys(LOADERS) as DriverName[];

/** @throws StorageError naming why, and what can be asked for instead */
export function loadDriver(wanted: DriverName | 'auto'): Driver {
  const reasons: string[] = [];
  for (const name of wanted === 'auto' ? NAMES : [wanted]) {
    try {
      return once(name);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  const others = driversHere().map((name) => `--driver ${name}`);
  const next = others.length > 0 ? `what runs here: ${others.join(', ')}` : 'try: npm ci --ignore-scripts';
  throw new StorageError(`no database on Node ${process.versions.node}: ${reasons.join('; ')}; ${next}`);
}

/** What has loaded is kept; what has not is tried again. */
const loaded = new Map<DriverName, Driver>();
function once(name: DriverName): Driver {
  const driver = loaded.get(name) ?? LOADERS[name]();
  loaded.set(name, driver);
  return driver;
}

/** Those that load on this Node, as it is installed. */
export const driversHere = (): DriverName[] =>
  NAMES.filter((name) => {
    try {
      return Boolean(once(name));
    } catch {
      return false;
    }
  });
