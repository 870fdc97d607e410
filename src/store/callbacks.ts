/**
 * Callbacks that are owed: written by the statement that ends their verification, and there until they are made or given up.
 * One of a process that was killed is made by the next.
 */
import type { ReadyCallback } from '../verification/callback.js';
import type { Database } from './database.js';
import type { States } from './states.js';

export interface OwedCallback extends ReadyCallback {
  readonly account: string;
  /** Of its verification. */
  readonly id: string;
}

export interface OwedCallbacks {
  /** The oldest first, of every account. */
  list(limit: number): Promise<OwedCallback[]>;
  settle(callback: Pick<OwedCallback, 'account' | 'id'>): Promise<void>;
}

export const owedCallbacks = (db: Database, states: Pick<States, 'keyOf' | 'accountOf'>): OwedCallbacks => ({
  async list(limit) {
    const rows = await db.all<{ account: string; id: string; callback: string }>(
      'SELECT account, id, callback FROM verifications WHERE callback IS NOT NULL ORDER BY concluded_at LIMIT ?',
      [limit],
    );
    return rows.flatMap(({ account: key, id, callback }) => {
      const account = states.accountOf(key);
      // of a state that was left nobody is called
      return account === undefined ? [] : [{ account, id, ...(JSON.parse(callback) as ReadyCallback) }];
    });
  },
  settle: ({ account, id }) =>
    db.run('UPDATE verifications SET callback = NULL WHERE account = ? AND id = ?', [states.keyOf(account), id]),
});
