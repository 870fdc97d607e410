/** The store of each account, and what is removed behind all of them once it is over. */
import type { Options } from '../config/options.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import type { OwedCallback } from '../store/callbacks.js';
import type { Database } from '../store/database.js';
import { retention } from '../store/retention.js';
import { statesAtOnce } from '../store/state-at-once.js';
import { openStates, type States, stateKeys } from '../store/states.js';
import { createStore, type Store } from '../store/store.js';
import { standingScenes } from '../verification/solutions.js';
import type { Verification } from '../verification/verification.js';
import type { Lifecycle } from './lifecycle.js';
import type { OpenDatabase } from './open-database.js';
import { perAccount } from './per-account.js';

export interface StoresDeps {
  readonly options: Options;
  readonly database: Database;
  /** Present where others use it too. */
  readonly hear?: OpenDatabase['hear'];
  readonly wallClock: Clock;
  readonly log: Log;
  readonly life: Pick<Lifecycle<unknown>, 'run' | 'state' | 'closing'>;
  clockOf(account: string): Clock;
  objects(): Promise<ObjectStore>;
  owed(callback: OwedCallback): void;
  /** A verification has ended, or a person has left it. */
  ended(account: string, one: Verification): void;
}

export interface Stores {
  readonly states: States;
  /** @param over the call's own way to the database, if it has one */
  storeOf(account: string, over?: Database): Store;
}

export async function openStores(deps: StoresDeps): Promise<Stores> {
  const { options, database, wallClock, log, life, owed, ended } = deps;
  const { closing } = life;
  /** What closing interrupts is gone on with at the next start. */
  const beside = (work: () => Promise<void>): void => {
    if (life.state === 'closed') return;
    life.run(work).catch((error: Error) => {
      if (!closing.aborted) log.warn(`what is over is not removed: ${error.message}`);
    });
  };
  const states = deps.hear
    ? statesAtOnce(database, await stateKeys(database))
    : await openStates(database, { beside, closing });
  const { touched } = retention({
    ...{ database, keep: options.keep, fresh: options.db === ':memory:', closing, beside },
    now: (key) => deps.clockOf(states.accountOf(key) ?? key).now(),
    async freed(key, blobs) {
      const account = states.accountOf(key);
      // bytes of a state that was left are found when room is wanted
      if (account !== undefined) await (await deps.objects()).release(account, blobs);
    },
  });
  const standing = standingScenes(options.scene, options.scenes === 'any');
  const storeOver = (account: string, over: Database) =>
    createStore(over, account, wallClock, standing, { owed, ended, touched }, states);
  const kept = perAccount((account) => storeOver(account, database));
  return { states, storeOf: (account, over) => (over ? storeOver(account, over) : kept(account)) };
}
