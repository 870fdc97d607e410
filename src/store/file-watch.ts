/**
 * Notices that the file of a database was deleted, renamed, replaced or cut off. SQLite keeps it open and acknowledges writes
 * that no path leads to any more. Nothing ticks: the file is looked at when the database is asked for something, at most once
 * a second.
 */
import { type Stats, statSync } from 'node:fs';
import type { Clock } from '../platform/clock.js';
import { StorageError } from './database.js';
import type { Connection } from './drivers/driver.js';

const LOOK_MS = 1000;

export interface Watch {
  readonly clock: Clock;
  /** Told once when it is lost, and when it is back. */
  tell(message: string): void;
}

/** @param connection that has written to its file. @returns it, whose every call throws StorageError while its file is lost */
export function watched(connection: Connection, file: string, { clock, tell }: Watch): Connection {
  // what is in the log of a WAL is in no other file
  const opened = [file, `${file}-wal`].flatMap((name): [string, Stats][] => {
    const found = look(name);
    return found ? [[name, found]] : [];
  });
  let size = 0;
  let lost: StorageError | undefined;
  let lookedAt = clock.now();
  const judge = (): void => {
    lookedAt = clock.now();
    const why = opened.map(([name, before]) => trouble(name, before, name === file ? size : 0)).find(Boolean);
    size = Math.max(size, look(file)?.size ?? 0);
    if (why === undefined && lost) tell(`the database ${file} is back, and calls are answered again`);
    else if (why !== undefined && why !== lost?.message) tell(why);
    lost = why === undefined ? undefined : lost?.message === why ? lost : new StorageError(why);
  };
  const guarded = <T>(work: () => T): T => {
    const passed = clock.now() - lookedAt;
    if (passed >= LOOK_MS || passed < 0) judge();
    if (lost) throw lost;
    try {
      return work();
    } catch (error) {
      judge();
      throw lost ?? error;
    }
  };
  judge();
  return {
    get: (sql, args) => guarded(() => connection.get(sql, args)),
    all: (sql, args) => guarded(() => connection.all(sql, args)),
    run: (sql, args) => guarded(() => connection.run(sql, args)),
    transaction: (work) => guarded(() => connection.transaction(work)),
    copyBack: () => guarded(() => connection.copyBack?.()),
    close: () => connection.close(),
  };
}

const look = (file: string): Stats | undefined => statSync(file, { throwIfNoEntry: false });

/** @param size it has had; a database never shrinks. @returns what is wrong with it, and what to do */
function trouble(file: string, before: Stats, size: number): string | undefined {
  const now = look(file);
  const lost = 'what was written since is lost, so calls are refused';
  if (!now) return `the file ${file} was deleted or renamed; ${lost} until it is put back or the emulator restarted`;
  if (now.ino !== before.ino || now.dev !== before.dev)
    return `the file ${file} was replaced by another one; ${lost} until the first is put back or the emulator restarted`;
  if (now.size < size)
    return `the file ${file} was cut off at ${now.size} bytes of ${size}; ${lost}: stop the emulator, put a copy in its place or delete it, and start again`;
  return undefined;
}
