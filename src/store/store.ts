/** What handlers see: the tables of one account. Verbs that change state are single conditional statements. */

import type { Clock } from '../platform/clock.js';
import type { ReadyCallback } from '../verification/callback.js';
import { type Scene, standingScenes } from '../verification/solutions.js';
import type { Verification } from '../verification/verification.js';
import { type Builds, builds } from './builds.js';
import type { OwedCallback } from './callbacks.js';
import { type Credentials, credentials } from './credentials.js';
import type { Database, Statement } from './database.js';
import { type Objects, objects } from './objects.js';
import { type PageSteps, pageSteps } from './page-steps.js';
import { type Scenes, scenes } from './scenes.js';
import { type SnapshotVerbs, snapshotVerbs } from './snapshot-verbs.js';
import { type Snapshots, snapshots } from './snapshots.js';
import { snapshotsAtOnce, statesAtOnce } from './state-at-once.js';
import { holding, isTurning, type States } from './states.js';
import { type Verifications, verifications } from './verifications.js';
import { type Visits, visits } from './visits.js';

export interface Store {
  readonly scenes: Scenes;
  readonly builds: Builds;
  readonly credentials: Credentials;
  readonly verifications: Verifications;
  readonly visits: Visits;
  readonly pageSteps: PageSteps;
  readonly objects: Objects;
  /** Writes what the `…Row` verbs returned: all of it or none. */
  write(...statements: readonly Statement[]): Promise<void>;
  readonly snapshots: Snapshots & SnapshotVerbs;
  /** Forgets everything the account has done. Nonces stay: a replay is still a replay. */
  reset(): Promise<void>;
}

export interface StoreListener {
  /** A verification has ended, and somebody is to be called. */
  owed?(callback: OwedCallback): void;
  /** A verification has ended, or a person has left it. */
  ended?(account: string, one: Verification): void;
  /** There is more, or something is over. @param state its key */
  touched?(state: string): void;
}

/**
 * @param wallClock by it pages fall silent; all that is stored as an instant comes from the business clock
 * @param standing see {@link scenes}
 * @param states of all accounts; default: each has one for good
 */
export function createStore(
  db: Database,
  account: string,
  wallClock: Clock,
  standing: (biz: string) => Scene | undefined = standingScenes(),
  listener: StoreListener = {},
  states: States = statesAtOnce(db),
): Store {
  const own = holding(db, account, states);
  const owed = (id: string, callback: ReadyCallback) => listener.owed?.({ account, id, ...callback });
  const ended = (one: Verification) => listener.ended?.(account, one);
  const inState = (key: string) => {
    const touched = () => listener.touched?.(key);
    return {
      ...{ key, touched },
      scenes: scenes(own, key, standing),
      builds: builds(own, key, touched),
      credentials: credentials(own, key),
      verifications: verifications(own, key, { owed, ended, touched }),
      visits: visits(own, key, wallClock),
      pageSteps: pageSteps(own, key),
      objects: objects(own, key, touched, account),
    };
  };
  let made = inState(states.keyOf(account));
  const now = () => {
    if (made.key !== states.keyOf(account)) made = inState(states.keyOf(account));
    return made;
  };
  return {
    get scenes() {
      return now().scenes;
    },
    get builds() {
      return now().builds;
    },
    get credentials() {
      return now().credentials;
    },
    get verifications() {
      return now().verifications;
    },
    get visits() {
      return now().visits;
    },
    get pageSteps() {
      return now().pageSteps;
    },
    get objects() {
      return now().objects;
    },
    snapshots: {
      ...(isTurning(states) ? snapshots(db, account, states) : snapshotsAtOnce(db, account, states)),
      ...snapshotVerbs(db, account, states),
    },
    async write(...statements) {
      await own.batch(statements);
      now().touched();
    },
    reset: () => states.reset(account),
  };
}
