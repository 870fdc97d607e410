/** What handlers see: the tables of one account. Verbs that change state are single conditional statements. */

import type { Clock } from '../platform/clock.js';
import type { ReadyCallback } from '../verification/callback.js';
import { type Scene, standingScenes } from '../verification/solutions.js';
import { type Builds, builds } from './builds.js';
import type { OwedCallback } from './callbacks.js';
import { type Credentials, credentials } from './credentials.js';
import type { Database, Statement } from './database.js';
import { type Objects, objects } from './objects.js';
import { type Scenes, scenes } from './scenes.js';
import { type SnapshotVerbs, snapshotVerbs } from './snapshot-verbs.js';
import { type Snapshots, snapshots } from './snapshots.js';
import { type Verifications, verifications } from './verifications.js';
import { type Visits, visits } from './visits.js';

export interface Store {
  readonly scenes: Scenes;
  readonly builds: Builds;
  readonly credentials: Credentials;
  readonly verifications: Verifications;
  readonly visits: Visits;
  readonly objects: Objects;
  /** Writes what the `…Row` verbs returned: all of it or none. */
  write(...statements: readonly Statement[]): Promise<void>;
  readonly snapshots: Snapshots & SnapshotVerbs;
  /** Forgets everything the account has done. Nonces stay: a replay is still a replay. */
  reset(): Promise<void>;
}

/** What belongs to an account and goes with it; snapshots and nonces stay. */
const STATE_TABLES = [
  ...['scenes', 'builds', 'credentials', 'verifications', 'clocks'],
  ...['objects', 'uploads', 'parts', 'visits'],
];

export interface StoreListener {
  /** A verification has ended, and somebody is to be called. */
  owed?(callback: OwedCallback): void;
  /** There is more, or something is over. */
  touched?(account: string): void;
}

/**
 * @param wallClock by it pages fall silent; all that is stored as an instant comes from the business clock
 * @param standing see {@link scenes}
 */
export function createStore(
  db: Database,
  account: string,
  wallClock: Clock,
  standing: (biz: string) => Scene | undefined = standingScenes(),
  listener: StoreListener = {},
): Store {
  const touched = () => listener.touched?.(account);
  const owed = (id: string, callback: ReadyCallback) => listener.owed?.({ account, id, ...callback });
  return {
    scenes: scenes(db, account, standing),
    builds: builds(db, account, touched),
    credentials: credentials(db, account),
    verifications: verifications(db, account, { owed, touched }),
    visits: visits(db, account, wallClock),
    objects: objects(db, account, touched),
    snapshots: { ...snapshots(db, account, STATE_TABLES), ...snapshotVerbs(db, account, STATE_TABLES) },
    async write(...statements) {
      await db.batch(statements);
      touched();
    },
    reset: async () =>
      void (await db.batch(
        STATE_TABLES.map((table): Statement => [`DELETE FROM ${table} WHERE account = ?`, [account]]),
      )),
  };
}
