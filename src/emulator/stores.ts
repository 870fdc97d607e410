/** The store of each account, and what is removed behind all of them once it is over. */
import type { Options } from '../config/options.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import type { OwedCallback } from '../store/callbacks.js';
import type { Database } from '../store/database.js';
import { retention } from '../store/retention.js';
import { createStore, type Store } from '../store/store.js';
import { standingScenes } from '../verification/solutions.js';
import type { Lifecycle } from './lifecycle.js';
import { perAccount } from './per-account.js';

export interface StoresDeps {
  readonly options: Options;
  readonly database: Database;
  readonly wallClock: Clock;
  readonly log: Log;
  readonly life: Pick<Lifecycle<unknown>, 'run' | 'state' | 'closing'>;
  clockOf(account: string): Clock;
  objects(): Promise<ObjectStore>;
  owed(callback: OwedCallback): void;
}

/** @returns the store of an account; over a call's own way to the database, if it has one */
export function createStores(deps: StoresDeps): (account: string, over?: Database) => Store {
  const { options, database, wallClock, log, life, owed } = deps;
  const { touched } = retention({
    ...{ database, keep: options.keep, closing: life.closing },
    now: (account) => deps.clockOf(account).now(),
    freed: async (account, blobs) => (await deps.objects()).release(account, blobs),
    beside(work) {
      if (life.state === 'closed') return;
      life.run(work).catch((error: Error) => log.warn(`what is over is not removed: ${error.message}`));
    },
  });
  const standing = standingScenes(options.scene, options.scenes === 'any');
  const storeOver = (account: string, over: Database) =>
    createStore(over, account, wallClock, standing, { owed, touched });
  const kept = perAccount((account) => storeOver(account, database));
  return (account, over) => (over ? storeOver(account, over) : kept(account));
}
