/** Keeps the rules of accounts in the database: what was said stays said, and goes on counting where it was. */
import type { Version } from '../gateway/operation.js';
import { maskIdNumbers } from '../platform/redact.js';
import type { RuleKey, StoredRule, StoredRules } from '../store/rules.js';
import type { Engine } from './engine.js';
import { scenarioReader } from './load.js';
import { type Rule, writtenOf } from './rule.js';

export interface Keeper {
  /** Resolves once all that was changed so far is stored. */
  saved(): Promise<void>;
  /** The account has no rules any more but those it is given from now on. */
  forget(account: string): Promise<void>;
  /** The account has the rules back that it had: they are stored again. */
  again(account: string): Promise<void>;
}

/** @param say is told of rules that are stored and no longer understood: they stay there, and do nothing */
export async function keepRules(
  engine: Engine,
  stored: StoredRules,
  versions: readonly Version[],
  say: { warn(message: string): void },
): Promise<Keeper> {
  const rows = await stored.all();
  const numbers = new WeakMap<Rule, number>();
  let unused = 1;
  for (const [account, rules] of await understood(rows, versions, say)) {
    engine.restore(account, rules);
    for (const [rule, { seq }] of rules) numbers.set(rule, seq);
  }
  for (const { seq } of rows) unused = Math.max(unused, seq + 1);

  const changed = new Map<string, Set<Rule>>();
  const note = (account: string, rule: Rule): void => {
    changed.set(account, (changed.get(account) ?? new Set()).add(rule));
  };
  const numberOf = (rule: Rule): number => {
    const seq = numbers.get(rule) ?? unused++;
    numbers.set(rule, seq);
    return seq;
  };
  /** What is to be stored of the rules that have changed, and those that are over. */
  function changes(): [rules: StoredRule[], gone: RuleKey[]] {
    const rules: StoredRule[] = [];
    const gone: RuleKey[] = [];
    for (const [account, those] of changed) {
      const states = engine.own(account);
      for (const rule of those) {
        const state = states.get(rule);
        const key = { account, seq: numberOf(rule) };
        if (state) {
          const { off, ...counts } = state;
          rules.push({ ...key, ...counts, name: rule.name, rule: JSON.stringify(writtenOf(rule, off)) });
        } else gone.push(key);
      }
    }
    return [rules, gone];
  }
  async function write(): Promise<void> {
    const these = [...changed];
    const batch = changes();
    changed.clear();
    await stored.write(...batch).catch((error) => {
      for (const [account, rules] of these) for (const rule of rules) note(account, rule);
      throw error;
    });
  }
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  /** What is under way may have begun before the last change: the batch behind it has all of them. */
  const saved = (): Promise<void> => {
    next ??= writing
      .catch(() => {})
      .then(() => {
        next = undefined;
        writing = changed.size > 0 ? write() : Promise.resolve();
        return writing;
      });
    return next;
  };
  engine.onChange((account, rule, instead) => {
    if (instead) numbers.set(rule, numberOf(instead));
    note(account, rule);
    // who has to know waits for saved(); else the next change tries again
    saved().catch(() => {});
  });
  return {
    saved,
    async forget(account) {
      changed.delete(account);
      const before = unused;
      await writing.catch(() => {});
      await stored.clear(account, before);
    },
    again(account) {
      for (const rule of engine.own(account).keys()) note(account, rule);
      return saved();
    },
  };
}

/** By account, in their order. */
async function understood(
  rows: readonly StoredRule[],
  versions: readonly Version[],
  say: { warn(text: string): void },
): Promise<Map<string, (readonly [Rule, StoredRule])[]>> {
  const byAccount = new Map<string, (readonly [Rule, StoredRule])[]>();
  if (rows.length === 0) return byAccount;
  const { readRule } = await scenarioReader();
  for (const row of rows) {
    const read = readRule(JSON.parse(row.rule), row.name, versions);
    const ofAccount = byAccount.get(row.account) ?? [];
    byAccount.set(row.account, ofAccount);
    if ('rule' in read) ofAccount.push([read.rule, row]);
    else
      say.warn(
        maskIdNumbers(
          `the stored rule ${row.name} of account ${row.account} is no longer understood, and does nothing: ${read.problems[0]!.message}`,
        ),
      );
  }
  return byAccount;
}
