/**
 * Batches that arrive together are committed together: a commit costs about as much as what it commits, and in a file more.
 * None is acknowledged before it is committed.
 */
// tests put false ones into the global object
import { setImmediate } from 'node:timers';
import type { Statement } from './database.js';
import type { Connection } from './drivers/driver.js';

interface Waiting {
  readonly statements: readonly Statement[];
  resolve(rows: unknown[][]): void;
  reject(error: unknown): void;
}

export interface GroupCommit {
  batch(statements: readonly Statement[]): Promise<unknown[][]>;
  /** Commits what is waiting. */
  flush(): void;
}

/** @param isServing whether calls may be waiting in sockets: then a turn of the event loop brings them */
export function groupCommit(connection: Connection, isServing: () => boolean): GroupCommit {
  let waiting: Waiting[] = [];
  const done = ({ statements }: Waiting) => statements.map(([sql, args]) => connection.all(sql, args) as unknown[]);
  const alone = (one: Waiting): void => {
    try {
      one.resolve(connection.transaction(() => done(one)));
    } catch (error) {
      one.reject(error);
    }
  };
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    if (group.length < 2) return void group.forEach(alone);
    try {
      const rows = connection.transaction(() => group.map(done));
      for (const [index, one] of group.entries()) one.resolve(rows[index]!);
    } catch {
      // nothing of it is kept: whose fault it was shows when each is done by itself
      group.forEach(alone);
    }
  };
  return {
    batch: (statements) =>
      new Promise((resolve, reject) => {
        if (waiting.push({ statements, resolve, reject }) > 1) return;
        if (isServing()) setImmediate(flush);
        else void Promise.resolve().then(flush);
      }),
    flush,
  };
}
