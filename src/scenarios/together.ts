/**
 * Counting with other emulators on the same database: a rule's “third call” is the third of all of them. What was counted is
 * one row of the account. A decision is made on it as it was last seen, and holds when nobody has counted since; else it is made
 * again on what is there now.
 */
import type { RuleCounts } from '../store/rule-counts.js';
import type { Rule, RuleState } from './rule.js';

export interface Together {
  /**
   * One decision after the other, each on what is stored.
   * @param decide is called again when another emulator was faster. @returns the answer of the one that holds
   */
  count<T>(account: string, rules: readonly Rule[], decide: Decide<T>): Promise<T>;
  /** A rule of the house is off for the account, or on again. */
  switch(account: string, rule: Rule, off: boolean): Promise<void>;
  /** @returns what is stored of each rule now */
  look(account: string): Promise<(rule: Rule) => RuleState | undefined>;
  /** The rule counts from 0. */
  restart(account: string, rule: Rule): Promise<void>;
  /** All rules of the account count from 0. @returns what puts back what they had counted */
  forget(account: string): Promise<() => Promise<void>>;
}

/** @param counted what a rule has counted, undefined: nothing yet. @returns the answer, and what it has counted then */
export type Decide<T> = (
  counted: (rule: Rule) => RuleState | undefined,
) => [answer: T, counted: ReadonlyMap<Rule, RuleState>];

type State = Readonly<Record<string, RuleState>>;

/** Rules that are over stay for those who have not heard of it yet; of more the longest silent are forgotten. Of so many accounts is known what was seen last. */
const MOST = 1000;
const UNUSED: RuleState = { matched: 0, fired: 0, drawn: 0 };

/** @param keyOf the same for the same rule in each emulator */
export function countTogether(stored: RuleCounts, keyOf: (account: string, rule: Rule) => string): Together {
  const seen = new Map<string, { version: number; state: State }>();
  const last = new Map<string, Promise<unknown>>();
  const look = async (account: string) => {
    const row = await stored.read(account);
    const found = { version: row?.version ?? 0, state: row ? (JSON.parse(row.state) as State) : {} };
    seen.set(account, found);
    return found;
  };
  /** @param change of what is there to what is to be there; is called again when another emulator was faster */
  const once = async <T>(account: string, change: (state: State) => readonly [answer: T, next: State]): Promise<T> => {
    for (let now = seen.get(account) ?? (await look(account)); ; now = await look(account)) {
      const [answer, next] = change(now.state);
      // nothing is written that could find out what is new
      if (next === now.state && (await look(account)).version === now.version) return answer;
      if (next === now.state) continue;
      const version = now.version + 1;
      if (await stored.write(account, { version, state: JSON.stringify(next) })) {
        seen.set(account, { version, state: next });
        if (seen.size > MOST) seen.delete(seen.keys().next().value!);
        return answer;
      }
    }
  };
  const inTurn: typeof once = (account, change) => {
    const before = last.get(account) ?? Promise.resolve();
    const done = before.then(() => once(account, change));
    const over = done
      .catch(() => seen.delete(account))
      .then(() => {
        if (last.get(account) === over) last.delete(account);
      });
    last.set(account, over);
    return done;
  };
  return {
    count(account, rules, decide) {
      const keys = new Map(rules.map((rule) => [rule, keyOf(account, rule)]));
      return inTurn(account, (state) => {
        const [answer, counted] = decide((rule) => state[keys.get(rule)!]);
        if (counted.size === 0) return [answer, state];
        const next = { ...state };
        for (const [rule, each] of counted) {
          // behind all others: the one that counted last
          delete next[keys.get(rule)!];
          next[keys.get(rule)!] = each;
        }
        for (const key of Object.keys(next).slice(0, -MOST)) delete next[key];
        return [answer, next];
      });
    },
    switch(account, rule, off) {
      const key = keyOf(account, rule);
      return inTurn(account, (state) => [undefined, { ...state, [key]: { ...UNUSED, ...state[key], off } }]);
    },
    async look(account) {
      const { state } = await look(account);
      return (rule) => state[keyOf(account, rule)];
    },
    restart(account, rule) {
      const key = keyOf(account, rule);
      return inTurn(account, ({ [key]: _, ...others }) => [undefined, others]);
    },
    async forget(account) {
      const before = await inTurn(account, (state) => [state, {}]);
      return () => inTurn(account, () => [undefined, before]);
    },
  };
}
