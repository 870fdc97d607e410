/** Where several emulators use one database: each follows what the others change, and all of them keep one journal. */
import type { Options } from '../config/options.js';
import type { Journal } from '../control/journal.js';
import type { Clock } from '../platform/clock.js';
import { lazy } from '../platform/lazy.js';
import type { Log } from '../platform/log.js';
import type { Company } from '../scenarios/keeper.js';
import { countStart } from '../store/migrate.js';
import { ruleCounts } from '../store/rule-counts.js';
import type { OpenDatabase } from './open-database.js';

const sharing = lazy(() => Promise.all([import('../control/shared-rings.js'), import('../store/journal.js')]));

interface Kept {
  readonly options: Pick<Options, 'journal'>;
  readonly journal: Journal;
  readonly wallClock: Clock;
  readonly log: Log;
  /** Called at the end, the last first. */
  keep(end: () => unknown): void;
}

/** @returns undefined where it is alone */
export async function keepTogether(
  { database, hear }: OpenDatabase,
  { options, journal, wallClock, log, keep }: Kept,
): Promise<Company | undefined> {
  if (!hear) return undefined;
  const number = await countStart(database, 'replicas');
  const [{ shareRings, BOUNDS }, { storedJournal }] = await sharing();
  const stored = storedJournal(database, { ...BOUNDS, most: options.journal });
  const shared = journal.share((rings) => shareRings({ stored, rings, number, now: wallClock.now, warn: log.warn }));
  keep(shared.settled);
  return { counts: ruleCounts(database), number };
}
