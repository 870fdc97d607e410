/**
 * The rules in force and how often each has matched, per account. Rules of the whole house come from files; an account
 * adds its own, which are asked first.
 */
import type { ApiError } from '../gateway/errors.js';
import { type Intervention, NO_INTERVENTION } from '../gateway/intervention.js';
import { seededRandom } from '../platform/ids.js';
import { InputError } from '../platform/input-error.js';
import { drawDelay } from './delay.js';
import { createLookup, type Lookup, successorsOf } from './lookup.js';
import type { CalledOperation, Rule } from './rule.js';

export interface Engine {
  /** What the rules want done to this call; counts it. @param errorOf the row the operation documents for a code */
  decide(call: CalledOperation, errorOf: ErrorOf): Intervention;
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
  /** Drops the account's own rules and all its counts. @returns what puts them back, in place of those it has then */
  reset(account: string): () => void;
}

type ErrorOf = (code: string) => ApiError | undefined;

/** What a rule has done so far. */
export interface RuleState {
  readonly matched: number;
  readonly fired: number;
  /** How many random numbers it has drawn. */
  readonly drawn: number;
}

export interface RuleInForce extends Pick<RuleState, 'matched' | 'fired'> {
  readonly rule: Rule;
  readonly own: boolean;
  readonly off: boolean;
}

interface Counter {
  matched: number;
  fired: number;
  drawn: number;
  off: boolean;
  random(): number;
}

const UNUSED: RuleState = { matched: 0, fired: 0, drawn: 0 };
/** Those of {@link failNext} in a test that never makes the call add up. */
const MOST_OWN = 10_000;

/** @param state what it has done before: its random numbers go on from there */
function counter(rule: Rule, { matched, fired, drawn }: RuleState = UNUSED): Counter {
  const draw = seededRandom(seedOf(rule));
  for (let n = 0; n < drawn; n++) draw();
  return {
    matched,
    fired,
    drawn,
    off: isDisabled(rule),
    random() {
      this.drawn++;
      return draw();
    },
  };
}

export function createEngine(): Engine {
  let house: Lookup = createLookup([]);
  const own = new Map<string, Lookup>();
  const counters = new Map<string, Map<Rule, Counter>>();
  let changed: (account: string, rule: Rule, instead?: Rule) => void = () => {};

  const counterOf = (account: string, rule: Rule): Counter => {
    const ofAccount = counters.get(account) ?? new Map<Rule, Counter>();
    counters.set(account, ofAccount);
    const found = ofAccount.get(rule) ?? counter(rule);
    ofAccount.set(rule, found);
    return found;
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
      const mine = own.get(call.account)?.candidates(call);
      const theirs = house.candidates(call);
      const candidates = mine && mine.length > 0 ? [...mine, ...theirs] : theirs;
      let wanted = NO_INTERVENTION;
      for (const rule of candidates) {
        if (!rule.matches(call)) continue;
        const counter = counterOf(call.account, rule);
        if (counter.off) continue;
        counter.matched += 1;
        if (mine?.includes(rule)) changed(call.account, rule);
        // a rule whose say is taken waits for its next call: ordered failures queue up
        if (!hasSay(rule, wanted) || !rule.fires(counter.matched, counter.fired, () => counter.random())) continue;
        counter.fired += 1;
        wanted = merge(wanted, rule, errorOf, () => counter.random());
        if (rule.isSpent(counter.fired)) drop(call.account, rule);
      }
      return wanted;
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
      const ofAccount = counters.get(account) ?? new Map<Rule, Counter>();
      counters.set(account, ofAccount);
      for (const [rule, state] of rules) ofAccount.set(rule, counter(rule, state));
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

const isDisabled = ({ source }: Rule): boolean => source.disabled === true;

const stateOf = (rule: Rule, counter: Omit<Counter, 'random'> = { ...UNUSED, off: isDisabled(rule) }) => {
  const { matched, fired, drawn, off } = counter;
  return { matched, fired, drawn, off };
};

/** Not of the rule's name: the same file gives the same sequence wherever it lies and whatever was loaded before it. */
const seedOf = ({ source: { seed = 0, on, then } }: Rule): string => `${seed}/${on}/${JSON.stringify(then)}`;

const hasSay = ({ source: { then } }: Rule, wanted: Intervention): boolean =>
  (then.fail !== undefined && wanted.error === undefined) ||
  (then.outcome !== undefined && wanted.outcome === undefined) ||
  (then.progression !== undefined && wanted.progression === undefined) ||
  (then.delay !== undefined && wanted.delayMs === undefined) ||
  (then.fault !== undefined && wanted.fault === undefined);

/** Where several rules fire, the first has its say on each effect. */
function merge(wanted: Intervention, { name, source: { then } }: Rule, errorOf: ErrorOf, random: () => number) {
  const { outcome, counts } = wanted.outcome ? wanted : then;
  return {
    error: wanted.error ?? (then.fail === undefined ? undefined : errorOf(String(then.fail))),
    outcome,
    counts,
    progression: wanted.progression ?? then.progression,
    delayMs: wanted.delayMs ?? (then.delay && drawDelay(then.delay, random)),
    fault: wanted.fault ?? then.fault,
    rules: [...wanted.rules, name],
  };
}
