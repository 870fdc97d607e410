/**
 * Processes that are one emulator: they share its ports and its database, and each answers what comes to it. Of what only one
 * may do, or has in mind, one of them is asked: the first. Who they are and how they talk is the command's (src/cli/workers.ts).
 */
import type { Heard, Shared } from '../store/postgres/changes.js';

export interface Fellows {
  /** Others have changed something: from now on that is called, and they go on when it is done. */
  onChange(heard: Heard): void;
  /** The others are told of a change here. */
  tell(what: Shared, account: string): void;
  /** Resolves once they know all they were told: who has an answer may ask another next. */
  settled(): Promise<void>;
  /** @param name the same in each process @returns asks each of them; what it answers is plain data */
  ofAll<T>(name: string, here: () => Promise<T>): () => Promise<T[]>;
  /** Calls it when this one is the first, now or later. */
  whenFirst(work: () => void): void;
  /**
   * @param name the same in each process
   * @param load loads the service here
   * @returns loads it; some verbs of it the first does, whoever is asked. What they take and answer is plain data
   */
  atFirst<T extends object>(
    name: string,
    load: () => Promise<T>,
    verbs: readonly (keyof T & string)[],
  ): () => Promise<T>;
}
