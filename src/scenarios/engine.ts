/**
 * The rules in force and how often each has matched, per account. Rules of the whole house come from files; an account
 * adds its own, which are asked first.
 */
import { type Intervention, NO_INTERVENTION } from '../gateway/intervention.js';
import { InputError } from '../platform/input-error.js';
import { type Counter, counter, type ErrorOf, judge, stateOf } from './judge.js';
import { createLookup, type Lookup, successorsOf } from './lookup.js';
import type { CalledOperation, Rule, RuleState } from './rule.js';
import type { Together } from './together.js';

export interface Engine {
  /** What the rules want done to this call; counts it. */
  decide(call: CalledOperation, errorOf: ErrorOf): Intervention | Promise<Intervention>;
  /** From now on other emulators count as well. */
  countTogether(together: Together): void;
  /** The account's own rules are these, in this order; those it has go on counting. */
  arrange(account: string, rules: readonly (readonly [Rule, RuleState])[]): void;
  /** Rules for every account, replacing those given before; counters of rules that stay the same are kept. */
  setHouseRules(rules: readonly Rule[]): void;
  /** @throws InputError when the account has too many */
  add(account: string, rules: readonly Rule[]): void;
  /** Takes back what was added. */
  remove(account: string, rules: readonly Rule[]): void;
  /** In the place of an own rule; it counts from 0. */
  replace(account: string, rule: Rule, by: Rule): void;
  /** Off, a rule matches nothing and counts nothing; one of the house is so for this account alone. */
  disable(account: string, rule: Rule, off: boolean): void;
  /** Puts rules of before, with what they have counted, in front of those the account has. */
  restore(account: string, rules: readonly (readonly [Rule, RuleState])[]): void;
  /** The account's own rules. */
  own(account: string): ReadonlyMap<Rule, RuleState & Pick<RuleInForce, 'off'>>;
  /** @param told of each own rule that is added, counts or is over, and whose place it takes; at once of those there are */
  onChange(told: (account: string, rule: Rule, instead?: Rule) => void): void;
  /** The rules an account is subject to, with their counts. */
  list(account: string): readonly RuleInForce[];
  /** Counts are these from now on, and so is whether a rule of the house is off. @param stateOf undefined: it has counted nothing */
  know(account: string, stateOf: (rule: Rule) => RuleState | undefined): void;
  /** Drops the account's own rules and all its counts. @returns what puts them back, in place of those it has then */
  reset(account: string): () => void;
}

export interface RuleInForce extends Pick<RuleState, 'matched' | 'fired'> {
  readonly rule: Rule;
  readonly own: boolean;
  readonly off: boolean;
}

/** Those of {@link failNext} in a test that never makes the call add up. */
const MOST_OWN = 10_000;

export function createEngine(): Engine {
  let house: Lookup = createLookup([]);
  const own = new Map<string, Lookup>();
  const counters = new Map<string, Map<Rule, Counter>>();
  let changed: (account: string, rule: Rule, instead?: Rule) => void = () => {};
  let together: Together | undefined;

  const countersOf = (account: string): Map<Rule, Counter> => {
    const found = counters.get(account) ?? new Map<Rule, Counter>();
    counters.set(account, found);
    return found;
  };
  const counterOf = (account: string, rule: Rule): Counter => {
    const found = countersOf(account).get(rule) ?? counter(rule);
    countersOf(account).set(rule, found);
    return found;
  };

  /** Those a call is about, the account's own first. Not those that are off; of several emulators one alone does not know that of the house's. */
  const matching = (call: CalledOperation): Rule[] => {
    const isAbout = (rule: Rule) => rule.matches(call);
    const isOn = (rule: Rule) => isAbout(rule) && !counterOf(call.account, rule).off;
    const mine = own.get(call.account)?.candidates(call);
    const theirs = house.candidates(call).filter(together ? isAbout : isOn);
    return mine && mine.length > 0 ? [...mine.filter(isOn), ...theirs] : theirs;
  };

  /** What was counted is told, and what is over forgotten. */
  const conclude = (account: string, rules: readonly Rule[], spent: readonly Rule[]): void => {
    const mine = own.get(account)?.rules;
    for (const rule of rules) if (mine?.includes(rule)) changed(account, rule);
    for (const rule of spent) drop(account, rule);
  };

  /** An account's own rule that is over is forgotten, with its counter. */
  const drop = (account: string, rule: Rule): void => {
    const rules = own.get(account)?.rules;
    if (!rules?.includes(rule)) return;
    own.set(account, createLookup(rules.filter((one) => one !== rule)));
    counters.get(account)?.delete(rule);
  };

  return {
    decide(call, errorOf) {
      const { account } = call;
      const rules = matching(call);
      if (rules.length === 0) return NO_INTERVENTION;
      if (!together) {
        const { wanted, spent } = judge(rules, errorOf, (rule) => counterOf(account, rule));
        conclude(account, rules, spent);
        return wanted;
      }
      const known = countersOf(account);
      return together
        .count(account, rules, (counted) => {
          const ofCall = new Map(rules.map((rule) => [rule, counter(rule, counted(rule))]));
          const mine = own.get(account)?.rules;
          const inForce = rules.filter((rule) => mine?.includes(rule) || !ofCall.get(rule)!.off);
          const judged = judge(inForce, errorOf, (rule) => ofCall.get(rule)!);
          const states = inForce.map((rule) => {
            const { matched, fired, drawn } = ofCall.get(rule)!;
            return [rule, { ...counted(rule), matched, fired, drawn }] as const;
          });
          return [{ ...judged, states }, new Map(states)];
        })
        .then(({ wanted, spent, states }) => {
          // not those that went meanwhile
          for (const [rule, state] of states) Object.assign(known.get(rule) ?? {}, state);
          conclude(account, rules, spent);
          return wanted;
        });
    },
    countTogether(given) {
      together = given;
    },
    arrange(account, rules) {
      const before = countersOf(account);
      const gone = new Set(own.get(account)?.rules);
      for (const [rule, state] of rules) {
        if (!gone.delete(rule)) before.set(rule, counter(rule, state));
      }
      for (const rule of gone) before.delete(rule);
      own.set(account, createLookup(rules.map(([rule]) => rule)));
    },
    setHouseRules(rules) {
      const successors = successorsOf(house.rules, rules);
      for (const ofAccount of counters.values()) {
        for (const rule of house.rules) {
          const counter = ofAccount.get(rule);
          ofAccount.delete(rule);
          const successor = successors.get(rule);
          if (counter && successor) ofAccount.set(successor, counter);
        }
      }
      house = createLookup(rules);
    },
    add(account, rules) {
      const there = own.get(account)?.rules ?? [];
      if (there.length + rules.length > MOST_OWN)
        throw new InputError(
          `the account has ${there.length} rules, and ${MOST_OWN} are the most; clear or reset it before it gets more`,
        );
      own.set(account, createLookup([...there, ...rules]));
      for (const rule of rules) changed(account, rule);
    },
    remove(account, rules) {
      for (const rule of rules) {
        drop(account, rule);
        changed(account, rule);
      }
    },
    replace(account, rule, by) {
      const rules = own.get(account)?.rules ?? [];
      own.set(account, createLookup(rules.map((one) => (one === rule ? by : one))));
      counters.get(account)?.delete(rule);
      changed(account, by, rule);
    },
    disable(account, rule, off) {
      counterOf(account, rule).off = off;
      if (own.get(account)?.rules.includes(rule)) changed(account, rule);
    },
    restore(account, rules) {
      for (const [rule, state] of rules) countersOf(account).set(rule, counter(rule, state));
      own.set(account, createLookup([...rules.map(([rule]) => rule), ...(own.get(account)?.rules ?? [])]));
    },
    own: (account) =>
      new Map((own.get(account)?.rules ?? []).map((rule) => [rule, stateOf(rule, counters.get(account)?.get(rule))])),
    onChange(told) {
      changed = told;
      for (const [account, { rules }] of own) for (const rule of rules) told(account, rule);
    },
    list(account) {
      const counted = (own: boolean) => (rule: Rule) => {
        const { matched, fired, off } = stateOf(rule, counters.get(account)?.get(rule));
        return { rule, matched, fired, own, off };
      };
      return [...(own.get(account)?.rules ?? []).map(counted(true)), ...house.rules.map(counted(false))];
    },
    know(account, stateOf) {
      for (const rule of own.get(account)?.rules ?? []) {
        const { matched, fired, drawn } = stateOf(rule) ?? counterOf(account, rule);
        Object.assign(counterOf(account, rule), { matched, fired, drawn });
      }
      for (const rule of house.rules) countersOf(account).set(rule, counter(rule, stateOf(rule)));
    },
    reset(account) {
      const [rules, counts] = [own.get(account), counters.get(account)];
      own.delete(account);
      counters.delete(account);
      return () => {
        if (rules) own.set(account, rules);
        else own.delete(account);
        if (counts) counters.set(account, counts);
        else counters.delete(account);
      };
    },
  };
}
