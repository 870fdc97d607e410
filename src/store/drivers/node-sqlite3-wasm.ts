/**
 * node-sqlite3-wasm: SQLite as WebAssembly, for a Node that no binary of better-sqlite3 fits. It knows no lock of the system: its own
 * is a folder, `FILE.lock`, which a killed process leaves behind; who owns a database is settled before one is opened here.
 */
import type { accessSync } from 'node:fs';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Statement } from 'node-sqlite3-wasm';
import type { Arg } from '../database.js';
import { withNul, withoutNul } from '../nul.js';
import type { Connection, Driver } from './driver.js';

const require = createRequire(import.meta.url);

/** @throws Error when it is not installed */
export function loadNodeSqlite3Wasm(): Driver {
  const { Database } = require('node-sqlite3-wasm') as typeof import('node-sqlite3-wasm');
  const { version } = require('node-sqlite3-wasm/package.json') as { version: string };
  return {
    name: `node-sqlite3-wasm ${version}`,
    shares: false,
    open: (file) => connect(new Database(file), file),
    hold(lock) {
      // a file there is what a killed process with another driver left
      rmSync(lock, { force: true });
      return () => {};
    },
  };
}

function connect(db: InstanceType<typeof import('node-sqlite3-wasm').Database>, file: string): Connection {
  const prepared = new Map<string, Statement>();
  // read to its end: a statement that has rows left to give has not committed
  const all = (sql: string, args: readonly Arg[]) => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    prepared.delete(sql);
    try {
      // it ends a text at its first NUL
      const rows = statement.all(args.map(withoutNul)) as Record<string, unknown>[];
      // one that failed could not be run again
      prepared.set(sql, statement);
      return rows.map(withNul);
    } finally {
      if (!prepared.has(sql)) finalize(statement);
    }
  };
  const pragma = (text: string) => db.all(`PRAGMA ${text}`);
  pragma('page_size = 8192');
  if (file !== ':memory:') keepSafe(file, pragma);
  return {
    get: (sql, args) => all(sql, args)[0],
    all,
    run: (sql, args) => void all(sql, args),
    transaction(work) {
      all('BEGIN IMMEDIATE', []);
      try {
        const result = work();
        all('COMMIT', []);
        return result;
      } catch (error) {
        if (db.inTransaction) all('ROLLBACK', []);
        throw error;
      }
    },
    close() {
      if (!db.isOpen) return;
      prepared.forEach(finalize);
      db.close();
      if (file !== ':memory:') removeEmpty(journalOf(file));
    },
  };
}

function finalize(statement: Statement): void {
  try {
    statement.finalize();
  } catch {
    // it repeats what the last run has thrown
  }
}

const journalOf = (file: string): string => `${file}-journal`;

/** A journal that holds something is what the next start recovers from. */
function removeEmpty(journal: string): void {
  if (statSync(journal, { throwIfNoEntry: false })?.size === 0) rmSync(journal);
}

/**
 * A rollback journal, since a WAL needs memory shared with whoever looks at the file. Held exclusively from the first
 * read on: then what another driver left in a WAL is read without that memory, and written back by the change of mode.
 */
function keepSafe(file: string, pragma: (text: string) => unknown): void {
  pragma('locking_mode = EXCLUSIVE');
  withoutOwnLock(file, () => pragma('schema_version'));
  // the driver would make it readable by all
  closeSync(openSync(journalOf(file), 'a', 0o600));
  pragma('journal_mode = TRUNCATE');
  pragma('synchronous = NORMAL');
}

/**
 * Before its first read SQLite asks whether somebody else is writing; if nobody is, a journal is what a killed process left,
 * and is rolled back. The driver answers by whether its folder is there, and that one it has just made itself: so it never
 * would roll one back, and half a transaction would stay in the file. Here the folder is not seen. `read` is synchronous.
 */
function withoutOwnLock(file: string, read: () => void): void {
  // the object that the driver calls
  const fs = require('node:fs') as { accessSync: typeof accessSync };
  const [lock, access] = [`${resolve(file)}.lock`, fs.accessSync];
  fs.accessSync = (path, mode) => {
    if (path === lock) throw new Error('nobody else has it: see ownership.ts');
    access(path, mode);
  };
  try {
    read();
  } finally {
    fs.accessSync = access;
  }
}
