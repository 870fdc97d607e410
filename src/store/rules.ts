/** Rules that accounts were given, of all accounts. Snapshots hold none: rules are the tester's word, not what an account has done. */
import type { Database, Statement } from './database.js';

export interface StoredRule {
  readonly account: string;
  /** The order in which they were given. */
  readonly seq: number;
  readonly name: string;
  /** JSON, as it was given. */
  readonly rule: string;
  readonly matched: number;
  readonly fired: number;
  /** How many random numbers it has drawn. */
  readonly drawn: number;
}
export type RuleKey = Pick<StoredRule, 'account' | 'seq'>;

/** What is new, what was written anew, what has only counted, and what is over. */
export interface RuleChanges {
  readonly added: readonly StoredRule[];
  readonly changed: readonly StoredRule[];
  readonly counted: readonly StoredRule[];
  readonly gone: readonly RuleKey[];
}

export interface StoredRules {
  all(): Promise<StoredRule[]>;
  of(account: string): Promise<StoredRule[]>;
  /** All of it or nothing. What was changed or has counted does not come back when somebody else deleted it. */
  write(changes: RuleChanges): Promise<void>;
}

const COLUMNS = 'account, seq, name, rule, matched, fired, drawn';
const ONE = 'WHERE account = ? AND seq = ?';

export const storedRules = (db: Database): StoredRules => ({
  all: () => db.all(`SELECT ${COLUMNS} FROM rules ORDER BY account, seq`),
  of: (account) => db.all(`SELECT ${COLUMNS} FROM rules WHERE account = ? ORDER BY seq`, [account]),
  write: async ({ added, changed, counted, gone }) =>
    void (await db.batch([
      ...added.map(
        ({ account, seq, name, rule, matched, fired, drawn }): Statement => [
          `INSERT INTO rules (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (account, seq) DO UPDATE SET name = excluded.name, rule = excluded.rule, matched = excluded.matched, fired = excluded.fired, drawn = excluded.drawn`,
          [account, seq, name, rule, matched, fired, drawn],
        ],
      ),
      ...changed.map(
        ({ account, seq, name, rule, matched, fired, drawn }): Statement => [
          `UPDATE rules SET name = ?, rule = ?, matched = ?, fired = ?, drawn = ? ${ONE}`,
          [name, rule, matched, fired, drawn, account, seq],
        ],
      ),
      ...counted.map(
        ({ account, seq, matched, fired, drawn }): Statement => [
          `UPDATE rules SET matched = ?, fired = ?, drawn = ? ${ONE}`,
          [matched, fired, drawn, account, seq],
        ],
      ),
      ...gone.map(({ account, seq }): Statement => [`DELETE FROM rules ${ONE}`, [account, seq]]),
    ])),
});
