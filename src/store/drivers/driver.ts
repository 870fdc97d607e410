/** What a SQLite driver offers: its calls return when the work is done. */
import type { Arg } from '../database.js';

export interface Connection {
  /** The first row; undefined when there is none. */
  get(sql: string, args: readonly Arg[]): unknown;
  /** Every row of what it answers; none of a statement that answers with nothing. */
  all(sql: string, args: readonly Arg[]): unknown[];
  run(sql: string, args: readonly Arg[]): void;
  /** Everything `work` writes is kept, or nothing when it throws. */
  transaction<T>(work: () => T): T;
  /** Copies what is in the WAL into the file, of what nobody reads any more. Absent where there is no WAL. */
  copyBack?(): void;
  close(): void;
}

export interface Driver {
  /** Package and version, for people. */
  readonly name: string;
  /** Whether several processes may have one file open. */
  readonly shares: boolean;
  /**
   * @param file a path, or `:memory:`
   * @param isShared other processes of this emulator have it open as well; else nobody but this connection can read it
   */
  open(file: string, isShared?: boolean): Connection;
  /**
   * Called by the process that owns `database`, before it opens it: holds the lock file as the driver can.
   * @param lock the path beside the database, `FILE.lock`
   * @returns what ends the hold; undefined when another process has it
   */
  hold(lock: string): (() => void) | undefined;
}
