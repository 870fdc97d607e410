/** A file that several processes of one emulator have open. */
import type { Database } from '../store/database.js';
import { JOURNAL } from '../store/journal.js';
import { COUNTS } from '../store/rule-counts.js';
import { telling } from '../store/telling.js';
import type { Fellows } from './fellows.js';
import type { OpenDatabase } from './open-database.js';

export async function shareFile(
  database: Database,
  fellows: Fellows,
): Promise<Required<Pick<OpenDatabase, 'database' | 'hear'>>> {
  for (const table of [COUNTS, ...JOURNAL]) await database.run(table);
  return {
    database: telling(database, fellows.tell),
    async hear(heard) {
      fellows.onChange(heard);
      return async () => {};
    },
  };
}
