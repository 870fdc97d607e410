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

export interface StoredRules {
  all(): Promise<StoredRule[]>;
  /** All of it or nothing; what is there is written over. */
  write(rules: readonly StoredRule[], gone: readonly RuleKey[]): Promise<void>;
  /** Those given before number `seq`. */
  clear(account: string, seq: number): Promise<void>;
}

export const storedRules = (db: Database): StoredRules => ({
  all: () => db.all('SELECT account, seq, name, rule, matched, fired, drawn FROM rules ORDER BY account, seq'),
  write: async (rules, gone) =>
    void (await db.batch([
      ...rules.map(
        ({ account, seq, name, rule, matched, fired, drawn }): Statement => [
          `INSERT INTO rules (account, seq, name, rule, matched, fired, drawn) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (account, seq) DO UPDATE SET name = excluded.name, rule = excluded.rule, matched = excluded.matched, fired = excluded.fired, drawn = excluded.drawn`,
          [account, seq, name, rule, matched, fired, drawn],
        ],
      ),
      ...gone.map(({ account, seq }): Statement => ['DELETE FROM rules WHERE account = ? AND seq = ?', [account, seq]]),
    ])),
  clear: (account, seq) => db.run('DELETE FROM rules WHERE account = ? AND seq < ?', [account, seq]),
});
