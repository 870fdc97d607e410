/**
 * Which state an account has. Its rows carry the key of the state; a reset, and a snapshot that is brought back, give the
 * account another key, at one moment, and what is left of the old state goes in small steps.
 */
import type { Database, Statement } from './database.js';
import { STATE_TABLES } from './state-tables.js';
import { removeInSteps } from './steps.js';

export interface States {
  keyOf(account: string): string;
  /** Whose it is; undefined when nobody has it any more. */
  accountOf(key: string): string | undefined;
  /** One after the other: what is done to an account's state as a whole. */
  inTurn<T>(account: string, work: () => Promise<T>): Promise<T>;
  /** A write of the account: {@link holding}. */
  write<T>(account: string, work: () => Promise<T>): Promise<T>;
  /** The account has done nothing from now on. */
  reset(account: string): Promise<void>;
}

/** States that an account turns from and to. One emulator alone knows their keys. */
export interface TurningStates extends States {
  /** The key of a state of which there is nothing. Should the process end before it is turned to, the next removes it. */
  fresh(account: string): Promise<string>;
  /** It is not turned to. */
  abandon(key: string): void;
  /** From now on that is the account's state. @param together what changes at the same moment */
  turnTo(account: string, key: string, together: readonly Statement[]): Promise<void>;
  /** Begins when the writes of the account that are under way are done; further ones wait until it is over. */
  withoutWrites<T>(account: string, work: () => Promise<T>): Promise<T>;
  /** Removes what states and snapshots have left, of an earlier process too. */
  sweep(): void;
  /** Aborted when the emulator closes. */
  readonly closing?: AbortSignal;
}

export const isTurning = (states: States): states is TurningStates => 'turnTo' in states;

export interface StatesDeps {
  /** Does the work beside the calls. Default: nobody is told what goes wrong. */
  beside?(work: () => Promise<void>): void;
  readonly closing?: AbortSignal;
}

/** No name has it, and what is before it is the account's. */
const MARK = '\u0001';
/** A key that is no account's name: of nobody, unless somebody has it. */
export const isLeft = (key: string): boolean => key.includes(MARK);

const LEFT = 'INSERT INTO leftovers (owner, snapshot) VALUES (?, ?) ON CONFLICT (owner, snapshot) DO NOTHING';
export const leave = (owner: string, snapshot: string): Statement => [LEFT, [owner, snapshot]];
export const keepLeft = (owner: string, snapshot: string): Statement => [
  'DELETE FROM leftovers WHERE owner = ? AND snapshot = ?',
  [owner, snapshot],
];

/** Of a database whose accounts have had no other states: {@link openStates} reads those of any. */
export function createStates(
  db: Database,
  { beside = (work) => void work().catch(() => {}), closing }: StatesDeps = {},
) {
  const keys = new Map<string, string>();
  const owners = new Map<string, string>();
  const lasts = new Map<string, Promise<unknown>>();
  const holds = new Map<string, Promise<unknown>>();
  /** How many writes of an account are under way, and who waits for their end. */
  const writes = new Map<string, number>();
  const idle = new Map<string, () => void>();
  /** Fresh ones. */
  const made = new Set<string>();
  let sweeping = false;
  let again = false;

  const set = (account: string, key: string): void => {
    owners.delete(states.keyOf(account));
    keys.set(account, key);
    owners.set(key, account);
  };

  async function remove(owner: string, snapshot: string): Promise<void> {
    const [prefix, where, args] =
      snapshot === '' ? ['', 'account = ?', [owner]] : ['snapshot_', 'account = ? AND snapshot = ?', [owner, snapshot]];
    const there = await db.get('SELECT 1 FROM leftovers WHERE owner = ? AND snapshot = ?', [owner, snapshot]);
    if (!there) return;
    for (const { table, key } of STATE_TABLES)
      await removeInSteps(db, { table: prefix + table, key, where, args }, closing);
    await db.batch([keepLeft(owner, snapshot)]);
  }
  async function removeAll(): Promise<void> {
    try {
      do {
        again = false;
        const all = await db.all<{ owner: string; snapshot: string }>('SELECT owner, snapshot FROM leftovers');
        for (const { owner, snapshot } of all) {
          if (closing?.aborted) return;
          // of a snapshot that is just made it is none any more when its turn is over
          if (snapshot !== '') await states.inTurn(owner, () => remove(owner, snapshot));
          else if (!made.has(owner)) await remove(owner, '');
        }
      } while (again);
    } finally {
      // at the moment of that last question
      sweeping = false;
    }
  }

  const states: TurningStates & { set(account: string, key: string): void } = {
    closing,
    set,
    keyOf: (account) => keys.get(account) ?? account,
    accountOf: (key) => owners.get(key) ?? (keys.has(key) || isLeft(key) ? undefined : key),
    async fresh(account) {
      const row = await db.get<{ value: string }>(
        `INSERT INTO meta (name, value) VALUES ('states', '1')
         ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT) RETURNING value`,
      );
      const key = `${account}${MARK}${row!.value}`;
      made.add(key);
      await db.batch([leave(key, '')]);
      return key;
    },
    abandon(key) {
      made.delete(key);
      states.sweep();
    },
    async turnTo(account, key, together) {
      await db.batch([
        ...together,
        leave(states.keyOf(account), ''),
        keepLeft(key, ''),
        [
          `INSERT INTO states (account, state) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET state = excluded.state`,
          [account, key],
        ],
      ]);
      set(account, key);
      made.delete(key);
      states.sweep();
    },
    inTurn(account, work) {
      const done = (lasts.get(account) ?? Promise.resolve()).then(work);
      const settled = done
        .catch(() => {})
        .then(() => {
          if (lasts.get(account) === settled) lasts.delete(account);
        });
      lasts.set(account, settled);
      return done;
    },
    reset: (account) =>
      states.inTurn(account, async () =>
        states.turnTo(account, await states.fresh(account), [['DELETE FROM clocks WHERE account = ?', [account]]]),
      ),
    async withoutWrites(account, work) {
      let release = () => {};
      const hold = new Promise<void>((resolve) => {
        release = resolve;
      });
      holds.set(account, hold);
      try {
        if (writes.has(account)) await new Promise<void>((resolve) => void idle.set(account, resolve));
        return await work();
      } finally {
        holds.delete(account);
        release();
      }
    },
    async write(account, work) {
      for (let hold = holds.get(account); hold; hold = holds.get(account)) await hold;
      writes.set(account, (writes.get(account) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const left = writes.get(account)! - 1;
        if (left > 0) writes.set(account, left);
        else {
          writes.delete(account);
          idle.get(account)?.();
          idle.delete(account);
        }
      }
    },
    sweep() {
      if (sweeping) {
        again = true;
        return;
      }
      sweeping = true;
      beside(removeAll);
    },
  };
  return states;
}

/** Of accounts whose state has another key than their name. */
export async function stateKeys(db: Database): Promise<Map<string, string>> {
  const rows = await db.all<{ account: string; state: string }>('SELECT account, state FROM states');
  return new Map(rows.map(({ account, state }) => [account, state]));
}

export async function openStates(db: Database, deps: StatesDeps): Promise<TurningStates> {
  const states = createStates(db, deps);
  for (const [account, key] of await stateKeys(db)) states.set(account, key);
  states.sweep();
  return states;
}

/** The database as an account's handlers see it: while its writes are held, theirs wait. */
export function holding(db: Database, account: string, states: States): Database {
  const isPlain = (sql: string): boolean => /^\s*(SELECT|WITH)\b/.test(sql);
  return {
    get: (sql, args) => (isPlain(sql) ? db.get(sql, args) : states.write(account, () => db.get(sql, args))),
    all: (sql, args) => (isPlain(sql) ? db.all(sql, args) : states.write(account, () => db.all(sql, args))),
    run: (sql, args) => states.write(account, () => db.run(sql, args)),
    batch: (statements) => states.write(account, () => db.batch(statements)),
    close: () => db.close(),
  };
}
