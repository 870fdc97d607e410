/** What rules have counted, one row an account, where several emulators count together: of two that count at once one writes. */
import type { Database } from './database.js';

/** Made where it is missing: only a database that several emulators use has it. */
export const COUNTS =
  'CREATE TABLE IF NOT EXISTS rule_counts (account TEXT PRIMARY KEY, version BIGINT NOT NULL, state TEXT NOT NULL)';

export interface Counted {
  /** Of the row; 0: there is none. A row stays, so what somebody has in mind of before never fits again. */
  readonly version: number;
  /** JSON. */
  readonly state: string;
}

export interface RuleCounts {
  read(account: string): Promise<Counted | undefined>;
  /** @param counted what is to follow the version before it. @returns whether nobody else wrote meanwhile */
  write(account: string, counted: Counted): Promise<boolean>;
}

export const ruleCounts = (db: Database): RuleCounts => ({
  read: (account) => db.get<Counted>('SELECT version, state FROM rule_counts WHERE account = ?', [account]),
  write: async (account, { version, state }) =>
    (await db.get(
      `INSERT INTO rule_counts (account, version, state) SELECT ?, ?, ?
         WHERE ? = 1 OR EXISTS (SELECT 1 FROM rule_counts WHERE account = ?)
       ON CONFLICT (account) DO UPDATE SET version = excluded.version, state = excluded.state
         WHERE rule_counts.version = excluded.version - 1 RETURNING version`,
      [account, version, state, version, account],
    )) !== undefined,
});
