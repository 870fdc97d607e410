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

/** What the rows of one state are reached by. */
interface Tables {
  readonly scenes: Scenes;
  readonly builds: Builds;
  readonly credentials: Credentials;
  readonly verifications: Verifications;
  readonly visits: Visits;
  readonly pageSteps: PageSteps;
  readonly objects: Objects;
}

export interface Store extends Tables {
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

/** A call may have a store of its own, and few need more than two tables: each is made when it is first asked for. */
class AccountStore implements Store {
  readonly #db: Database;
  readonly #account: string;
  readonly #wallClock: Clock;
  readonly #standing: (biz: string) => Scene | undefined;
  readonly #listener: StoreListener;
  readonly #states: States;
  readonly #own: Database;
  #key = '';
  #made: { -readonly [Name in keyof Tables]?: Tables[Name] } = {};

  constructor(...[db, account, wallClock, standing, listener, states]: Required<Parameters<typeof createStore>>) {
    this.#db = db;
    this.#account = account;
    this.#wallClock = wallClock;
    this.#standing = standing;
    this.#listener = listener;
    this.#states = states;
    this.#own = holding(db, account, states);
  }
  /** Those of the account's state as it is now. */
  get #tables() {
    const key = this.#states.keyOf(this.#account);
    if (key !== this.#key) this.#made = {};
    this.#key = key;
    return this.#made;
  }
  #told() {
    const [key, account, listener] = [this.#key, this.#account, this.#listener];
    return {
      owed: (id: string, callback: ReadyCallback) => listener.owed?.({ account, id, ...callback }),
      ended: (one: Verification) => listener.ended?.(account, one),
      touched: () => listener.touched?.(key),
    };
  }
  get scenes() {
    const made = this.#tables;
    made.scenes ??= scenes(this.#own, this.#key, this.#standing);
    return made.scenes;
  }
  get builds() {
    const made = this.#tables;
    made.builds ??= builds(this.#own, this.#key, this.#told().touched);
    return made.builds;
  }
  get credentials() {
    const made = this.#tables;
    made.credentials ??= credentials(this.#own, this.#key);
    return made.credentials;
  }
  get verifications() {
    const made = this.#tables;
    made.verifications ??= verifications(this.#own, this.#key, this.#told());
    return made.verifications;
  }
  get visits() {
    const made = this.#tables;
    made.visits ??= visits(this.#own, this.#key, this.#wallClock);
    return made.visits;
  }
  get pageSteps() {
    const made = this.#tables;
    made.pageSteps ??= pageSteps(this.#own, this.#key);
    return made.pageSteps;
  }
  get objects() {
    const made = this.#tables;
    made.objects ??= objects(this.#own, this.#key, this.#told().touched, this.#account);
    return made.objects;
  }
  get snapshots() {
    const [db, account, states] = [this.#db, this.#account, this.#states];
    return {
      ...(isTurning(states) ? snapshots(db, account, states) : snapshotsAtOnce(db, account, states)),
      ...snapshotVerbs(db, account, states),
    };
  }
  async write(...statements: readonly Statement[]) {
    await this.#own.batch(statements);
    this.#listener.touched?.(this.#states.keyOf(this.#account));
  }
  reset() {
    return this.#states.reset(this.#account);
  }
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
  return new AccountStore(db, account, wallClock, standing, listener, states);
}
