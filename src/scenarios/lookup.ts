/**
 * Finds the rules a call may be about without asking each of them: by operation path, then by a parameter they want to
 * have one certain value. A thousand rules about a thousand tickets cost a call one look-up.
 */
import type { CalledOperation, Key, Rule } from './rule.js';

export interface Lookup {
  readonly rules: readonly Rule[];
  /** In the order of the rules. All that match are among them; not all of them match. */
  candidates(call: CalledOperation): readonly Rule[];
}

interface Places {
  /** Rules that want no certain value. */
  readonly anyValue: readonly number[];
  readonly rulesOfAnyValue: readonly Rule[];
  /** parameter → value → rules */
  readonly byValue: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

const NONE: readonly Rule[] = [];

export function createLookup(rules: readonly Rule[]): Lookup {
  // made once per path, with the first call to it
  const byPath = new Map<string, Places>();
  const placesOn = (path: string): Places => {
    const places = byPath.get(path) ?? place(rules, path);
    byPath.set(path, places);
    return places;
  };
  return {
    rules,
    candidates({ path, params }) {
      if (rules.length === 0) return NONE;
      const { anyValue, rulesOfAnyValue, byValue } = placesOn(path);
      const found: number[] = [];
      for (const [param, values] of byValue)
        for (const index of values.get(params.get(param) ?? '') ?? []) found.push(index);
      if (found.length === 0) return rulesOfAnyValue;
      return [...anyValue, ...found].sort((a, b) => a - b).map((index) => rules[index]!);
    },
  };
}

function place(rules: readonly Rule[], path: string): Places {
  const here = [...rules.entries()].filter(([, rule]) => rule.onPath(path));
  const frequencies = new Map<string, number>();
  const frequency = ([param, value]: Key) => frequencies.get(`${param}=${value}`) ?? 0;
  for (const [param, value] of here.flatMap(([, { keys }]) => keys))
    frequencies.set(`${param}=${value}`, frequency([param, value]) + 1);

  const anyValue: number[] = [];
  const byValue = new Map<string, Map<string, number[]>>();
  for (const [index, { keys }] of here) {
    // the value fewest rules want tells most: a TicketId, not a Biz
    const [key] = [...keys].sort((a, b) => frequency(a) - frequency(b));
    if (!key) {
      anyValue.push(index);
      continue;
    }
    const [param, value] = key;
    const values = byValue.get(param) ?? new Map<string, number[]>();
    const same = values.get(value) ?? [];
    byValue.set(param, values.set(value, same));
    same.push(index);
  }
  return { anyValue, rulesOfAnyValue: anyValue.map((index) => rules[index]!), byValue };
}

/** The rule that takes each one's place in a new edition: the one written alike in the same file, first come first served. */
export function successorsOf(before: readonly Rule[], after: readonly Rule[]): Map<Rule, Rule> {
  const free = new Map<string, Rule[]>();
  for (const rule of after) free.set(identity(rule), [...(free.get(identity(rule)) ?? []), rule]);
  const pairs = before.map((rule) => [rule, free.get(identity(rule))?.shift()] as const);
  return new Map(pairs.filter((pair): pair is [Rule, Rule] => pair[1] !== undefined));
}

const identity = ({ name, source }: Rule): string => `${name.replace(/#\d+$/, '')} ${JSON.stringify(source)}`;
