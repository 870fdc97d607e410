/**
 * An account forgets what it has done, and a person who did that by mistake has some seconds to take it back. What is kept
 * for that is a snapshot of a name nobody can give; whether it is too late is judged when somebody asks.
 */
import type { Clock } from '../platform/clock.js';
import type { Engine } from '../scenarios/engine.js';
import type { Keeper } from '../scenarios/keeper.js';
import type { BusinessClocks } from '../store/clocks.js';
import type { Store } from '../store/store.js';
import type { Journal } from './journal.js';
import { type Control, ControlError } from './verbs.js';

interface ResetDeps {
  store(account: string): Store;
  readonly clocks: BusinessClocks;
  readonly engine: Engine;
  readonly keeper?: Keeper;
  readonly journal: Journal;
  readonly wallClock: Clock;
  resetCallbacks(account: string): Promise<void>;
}

interface Kept {
  readonly undo: string;
  /** Wall clock, ms. */
  readonly until: number;
  /** The account's rules, and what was called. */
  readonly rulesBack: () => Promise<void>;
  readonly journalBack: () => Promise<void>;
}

const UNDO_MS = 10_000;
const KEPT = 'undo/last';

export function resetControl(deps: ResetDeps): Pick<Control, 'reset' | 'resetToUndo' | 'undoReset'> {
  const { store, clocks, engine, keeper, journal, wallClock } = deps;
  const kept = new Map<string, Kept>();
  let resets = 0;

  async function forget(account: string): Promise<Pick<Kept, 'rulesBack' | 'journalBack'>> {
    const back = engine.reset(account);
    const storedBack = await keeper?.forget(account);
    const rulesBack = async () => {
      back();
      await storedBack?.();
    };
    const journalBack = await journal.reset(account);
    await deps.resetCallbacks(account);
    clocks.reset(account);
    await store(account).reset();
    return { rulesBack, journalBack };
  }

  /** Of accounts that nobody asks about any more a journal would stay in memory. */
  async function dropLate(now: number): Promise<void> {
    for (const [account, { until }] of kept) {
      if (now < until) continue;
      kept.delete(account);
      await store(account).snapshots.remove(KEPT);
    }
  }

  return {
    reset: async (account) => void (await forget(account)),
    async resetToUndo(account) {
      const now = wallClock.now();
      await dropLate(now);
      await store(account).snapshots.save(KEPT);
      const undo = `${now.toString(36)}-${++resets}`;
      const until = now + UNDO_MS;
      kept.set(account, { undo, until, ...(await forget(account)) });
      return { undo, until: new Date(until).toISOString() };
    },
    async undoReset(account, undo) {
      const last = kept.get(account);
      if (last?.undo !== undo)
        throw new ControlError(`account ${account} has no reset to undo by that handle; only its last one can be`, 404);
      if (wallClock.now() >= last.until) {
        await dropLate(wallClock.now());
        throw new ControlError('that reset can be undone no more; it could for ten seconds', 409);
      }
      kept.delete(account);
      await last.rulesBack();
      await last.journalBack();
      const rows = (await store(account).snapshots.restore(KEPT)) ?? 0;
      await clocks.reload(account);
      await store(account).snapshots.remove(KEPT);
      return rows;
    },
  };
}
