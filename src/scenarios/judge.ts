/** What rules that a call is about have counted, and what those that fire want done to it. */
import type { ApiError } from '../gateway/errors.js';
import { type Intervention, NO_INTERVENTION } from '../gateway/intervention.js';
import { seededRandom } from '../platform/ids.js';
import { drawDelay } from './delay.js';
import type { Rule, RuleState } from './rule.js';

/** The row the operation documents for a code. */
export type ErrorOf = (code: string) => ApiError | undefined;

export interface Counter {
  matched: number;
  fired: number;
  drawn: number;
  off: boolean;
  random(): number;
}

const UNUSED: RuleState = { matched: 0, fired: 0, drawn: 0 };

/** @param state what it has done before: its random numbers go on from there */
export function counter(rule: Rule, { matched, fired, drawn, off = isDisabled(rule) }: RuleState = UNUSED): Counter {
  const draw = seededRandom(seedOf(rule));
  for (let n = 0; n < drawn; n++) draw();
  return {
    matched,
    fired,
    drawn,
    off,
    random() {
      this.drawn++;
      return draw();
    },
  };
}

/** @param counter none: the rule has counted nothing yet */
export function stateOf(rule: Rule, counter?: Counter): RuleState & { readonly off: boolean } {
  const { matched, fired, drawn, off } = counter ?? { ...UNUSED, off: isDisabled(rule) };
  return { matched, fired, drawn, off };
}

/** Counts the call; of the rules that fire, each has its say. @returns what they want, and those that are over then */
export function judge(rules: readonly Rule[], errorOf: ErrorOf, counterOf: (rule: Rule) => Counter) {
  const spent: Rule[] = [];
  let wanted = NO_INTERVENTION;
  for (const rule of rules) {
    const counter = counterOf(rule);
    counter.matched += 1;
    // a rule whose say is taken waits for its next call: ordered failures queue up
    if (hasSay(rule, wanted) && rule.fires(counter.matched, counter.fired, () => counter.random())) {
      counter.fired += 1;
      wanted = merge(wanted, rule, errorOf, () => counter.random());
    }
    if (rule.isSpent(counter.fired)) spent.push(rule);
  }
  return { wanted, spent };
}

const isDisabled = ({ source }: Rule): boolean => source.disabled === true;

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
