/**
 * better-sqlite3: version 13 where Node has the interface it is built for, version 12 before. Which one is decided before
 * either is loaded: 13 ends the process of an older Node, and 12 may end that of Node 24.19 and newer.
 */
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import type { Arg } from '../database.js';
import type { Connection, Driver } from './driver.js';

const require = createRequire(import.meta.url);
/** Node-API 10: Node 22.14, 23.6, 24 and newer. */
const HAS_NODE_API_10 = Number(process.versions.napi) >= 10;

/** How large the WAL may grow before it is copied back. */
const WAL_BYTES = 64 * 1024 * 1024;
/** How long one process waits for another of the same emulator. */
const WAIT_MS = 5000;

/** @throws Error when this Node, or what is installed, cannot run it */
export function loadBetterSqlite3(): Driver {
  const name = HAS_NODE_API_10 ? 'better-sqlite3' : 'better-sqlite3-12';
  const Database = load(name);
  const { version } = require(`${name}/package.json`) as { version: string };
  return {
    name: `better-sqlite3 ${version}`,
    shares: true,
    open: (file, isShared) => connect(Database, file, isShared),
    hold: (lock) => hold(Database, lock),
  };
}

function load(name: string): typeof BetterSqlite3 {
  try {
    const Database = require(name) as typeof BetterSqlite3;
    // its binary is loaded by the first database, not by the package
    new Database(':memory:').close();
    return Database;
  } catch (error) {
    throw new Error(`better-sqlite3 does not load: ${reason(error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

function reason({ code, message }: NodeJS.ErrnoException) {
  if (!HAS_NODE_API_10) return 'it needs Node 22.14 or newer; version 12, for older ones, is not built here';
  return code === 'MODULE_NOT_FOUND' ? 'it is not installed; try: npm install better-sqlite3' : message.split('\n')[0];
}

/** @throws Error with the code SQLITE_BUSY when another program has the file open */
function connect(Database: typeof BetterSqlite3, file: string, isShared = false): Connection {
  const db = new Database(file, { timeout: isShared ? WAIT_MS : 0 });
  try {
    const inMemory = file === ':memory:';
    if (inMemory) {
      // keys are random, so pages split often: fewer, larger ones
      db.pragma('page_size = 8192');
    } else {
      keepSafe(db, isShared);
    }
    const known = new Map<string, BetterSqlite3.Statement<unknown[]>>();
    const statement = (sql: string) => {
      let found = known.get(sql);
      if (!found) {
        found = db.prepare(sql);
        known.set(sql, found);
      }
      return found;
    };
    return {
      get: (sql, args: readonly Arg[]) => statement(sql).get(...args),
      all: (sql, args) => {
        const each = statement(sql);
        if (each.reader) return each.all(...args);
        each.run(...args);
        return [];
      },
      run: (sql, args) => void statement(sql).run(...args),
      transaction: inMemory ? batchesInOne(db) : eachByItself(db),
      ...(!inMemory && { copyBack: () => void statement('PRAGMA wal_checkpoint(PASSIVE)').get() }),
      close: () => void db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function keepSafe(db: BetterSqlite3.Database, isShared: boolean): void {
  // each call changes some four pages, and all of each is written twice, into the WAL and back
  db.pragma('page_size = 2048');
  // locks of the system are a seventh of a call. Set before the WAL is opened, its index is memory of this process
  if (!isShared) db.pragma('locking_mode = EXCLUSIVE');
  // WAL survives a killed process; NORMAL leaves out only the sync a power cut would need
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  // ids are random, so calls touch pages all over the file: each of them is copied back, and waited for, less often. A file
  // keeps the size of page it was made with
  db.pragma(`wal_autocheckpoint = ${WAL_BYTES / Number(db.pragma('page_size', { simple: true }))}`);
  db.pragma('cache_size = -32768');
}

type Transaction = Connection['transaction'];

function command(db: BetterSqlite3.Database, sql: string): () => void {
  const statement = db.prepare(sql);
  return () => void statement.run();
}

const between =
  (begin: () => void, end: () => void, takeBack: () => void): Transaction =>
  (work) => {
    begin();
    try {
      const result = work();
      end();
      return result;
    } catch (error) {
      takeBack();
      throw error;
    }
  };

/** Other processes may write too: the turn is waited for before anything is read. */
function eachByItself(db: BetterSqlite3.Database): Transaction {
  const rollback = command(db, 'ROLLBACK');
  return between(command(db, 'BEGIN IMMEDIATE'), command(db, 'COMMIT'), () => db.inTransaction && rollback());
}

/** So many are one transaction in memory. More are slower: the former state of so many pages is in no cache of the processor. */
const BATCHES = 8;

/**
 * A commit keeps nothing in memory, and may walk all of it: a page that splits is given its number by way of one beyond all
 * others, and then the commit looks for pages behind the last. A savepoint is as good to take back what has failed.
 */
function batchesInOne(db: BetterSqlite3.Database): Transaction {
  const [begin, commit] = [command(db, 'BEGIN'), command(db, 'COMMIT')];
  const [save, release] = [command(db, 'SAVEPOINT batch'), command(db, 'RELEASE batch')];
  const takeBack = command(db, 'ROLLBACK TO batch');
  let batches = 0;
  begin();
  const next = () => {
    if (++batches % BATCHES === 0) {
      commit();
      begin();
    }
    save();
  };
  return between(next, release, () => {
    // SQLite itself has given up all of it where there was no memory left
    if (!db.inTransaction) return begin();
    takeBack();
    release();
  });
}

/** SQLite's own lock: it ends with the process, however that ends, and holds between containers too. */
function hold(Database: typeof BetterSqlite3, lock: string): (() => void) | undefined {
  closeSync(openSync(lock, 'a', 0o600));
  const holder = new Database(lock, { timeout: 0 });
  try {
    holder.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return () => void holder.close();
}
