/** Rules of accounts outlive the process where state does; where several emulators use one database, each follows the others. */
import type { Options } from '../config/options.js';
import type { Journal } from '../control/journal.js';
import type { Clock } from '../platform/clock.js';
import { lazy } from '../platform/lazy.js';
import type { Log } from '../platform/log.js';
import { versions } from '../products/index.js';
import type { Engine } from '../scenarios/engine.js';
import type { Keeper } from '../scenarios/keeper.js';
import type { BusinessClocks } from '../store/clocks.js';
import { storedRules } from '../store/rules.js';
import { followOthers } from './follow-others.js';
import { keepTogether } from './keep-together.js';
import type { OpenDatabase } from './open-database.js';

const ruleKeeper = lazy(() => import('../scenarios/keeper.js'));

interface Kept {
  readonly engine: Engine;
  readonly clocks: BusinessClocks;
  readonly journal: Journal;
  readonly wallClock: Clock;
  readonly log: Log;
  /** Called at the end, the last first. */
  keep(end: () => unknown): void;
}

/** @returns undefined where nothing is to outlive the process */
export async function keepRules(
  options: Pick<Options, 'db' | 'journal'>,
  stored: OpenDatabase,
  { engine, clocks, journal, wallClock, log, keep }: Kept,
): Promise<Keeper | undefined> {
  if (options.db === ':memory:') return undefined;
  const { database, hear } = stored;
  const company = await keepTogether(stored, { options, journal, wallClock, log, keep });
  const keeper = await (await ruleKeeper()).keepRules(engine, storedRules(database), versions, log, company);
  keep(() => keeper.saved().catch((error) => log.warn(`rules are not stored: ${error.message}`)));
  if (hear) keep(await followOthers(hear, { clocks, keeper, warn: log.warn }));
  return keeper;
}
