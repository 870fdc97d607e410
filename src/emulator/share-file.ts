/** A file that several processes of one emulator have open. */
import type { Database } from '../store/database.js';
import { JOURNAL } from '../store/journal.js';
import type { Heard } from '../store/postgres/changes.js';
import { COUNTS } from '../store/rule-counts.js';
import { telling } from '../store/telling.js';
import type { Fellows } from './fellows.js';

export interface SharedFile {
  readonly database: Database;
  hear(heard: Heard): Promise<() => Promise<void>>;
}

export async function shareFile(database: Database, fellows: Fellows): Promise<SharedFile> {
  for (const table of [COUNTS, ...JOURNAL]) await database.run(table);
  return {
    database: telling(database, fellows.tell),
    async hear(heard) {
      fellows.onChange(heard);
      return async () => {};
    },
  };
}
