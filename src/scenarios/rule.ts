/** A rule as the engine runs it: which calls it is about, when it fires, what it does. */

import type { Fault } from '../gateway/intervention.js';
import { hostName } from '../platform/hosts.js';
import type { Outcome } from '../verification/outcome.js';
import type { Progression } from '../verification/progression.js';
import type { Delay } from './delay.js';
import { type CompileRegExp, compilePattern, literalOf, type Matches } from './pattern.js';

/** A rule as it is written; see docs/scenarios.md. */
export interface RuleSource {
  /** Operation path with `*` globs. */
  readonly on: string;
  readonly when?: {
    /** With `*` globs. */
    readonly account?: string;
    /** The host it was sent to, without a port, with `*` globs. */
    readonly host?: string;
    /** The nth matching call, or any of several, counted from 1. */
    readonly call?: number | readonly number[];
    /** Equal, `*` globs, or `/regex/flags`. */
    readonly params?: Readonly<Record<string, string | number | boolean>>;
  };
  /** Matching calls to let pass first. */
  readonly after?: number;
  /** How often it fires; absent means always. */
  readonly times?: number;
  /** Share of the matching calls it fires on, 0 to 1. */
  readonly rate?: number;
  /** Makes rate and delay repeatable; default 0. */
  readonly seed?: number;
  /** It stays where it is, matches nothing and counts nothing. */
  readonly disabled?: boolean;
  readonly then: {
    readonly fail?: string | number;
    readonly outcome?: Outcome;
    /** A failure so ordered counts towards a failure limit, as a real one would. */
    readonly counts?: boolean;
    readonly progression?: Progression;
    readonly delay?: Delay;
    readonly fault?: Fault;
  };
}

export interface CalledOperation {
  readonly account: string;
  /** As the client sent it. */
  readonly host: string;
  /** `saf/2017-03-31/face_verify.query` */
  readonly path: string;
  readonly params: ReadonlyMap<string, string>;
}

export type Key = readonly [param: string, value: string];

/** One thing that `when` asks of a call. */
export interface Condition {
  /** As it is written: `account`, `host`, `params.TicketId`. */
  readonly field: string;
  readonly wanted: string;
  /** What the call has there; undefined where it was not sent. */
  of(call: CalledOperation): string | undefined;
  readonly fits: Matches;
}

export interface Rule {
  readonly name: string;
  readonly source: RuleSource;
  /** As it was given, to be kept and read again. */
  readonly written: unknown;
  onPath(path: string): boolean;
  readonly conditions: readonly Condition[];
  /** Parameters that must have exactly these values: the engine finds the rule by one of them. */
  readonly keys: readonly Key[];
  /** Whether the call is one the rule is about, counters aside. */
  matches(call: CalledOperation): boolean;
  /** @param matched matching calls so far in this account, this one included; @param fired how often it fired before */
  fires(matched: number, fired: number, random: () => number): boolean;
  /** It will never fire again. */
  isSpent(fired: number): boolean;
}

/** What a rule has done so far. */
export interface RuleState {
  readonly matched: number;
  readonly fired: number;
  /** How many random numbers it has drawn. */
  readonly drawn: number;
  /** Somebody has switched it off, or on again. Absent: it is as it was written. */
  readonly off?: boolean;
}

/** Document 003 carries a method's parameters inside ServiceParameters; rules may name them either way. */
const INSIDE = /^ServiceParameters\./;
export const paramName = (written: string): string => written.replace(INSIDE, '');

/** @param regExp given where a rule may hold regular expressions. @throws InputError when a pattern does not compile */
export function compileRule(name: string, source: RuleSource, regExp?: CompileRegExp): Rule {
  const { when = {}, after = 0, times = Number.POSITIVE_INFINITY, rate = 1 } = source;
  const onPath = compilePattern(source.on.includes('/') ? source.on : `*/${source.on}`, regExp);
  const condition = (field: string, pattern: string | number | boolean, of: Condition['of']): Condition => ({
    field,
    wanted: String(pattern),
    of,
    fits: compilePattern(pattern, regExp),
  });
  const conditions = [
    ...(when.account === undefined ? [] : [condition('account', when.account, ({ account }) => account)]),
    ...(when.host === undefined ? [] : [condition('host', when.host.toLowerCase(), ({ host }) => hostName(host))]),
    ...Object.entries(when.params ?? {}).map(([written, pattern]) => {
      const name = paramName(written);
      return condition(`params.${name}`, pattern, ({ params }) => params.get(name));
    }),
  ];
  const keys = Object.entries(when.params ?? {}).flatMap(([param, pattern]): Key[] => {
    const value = literalOf(pattern);
    return value === undefined ? [] : [[paramName(param), value]];
  });
  const calls = when.call === undefined ? undefined : [when.call].flat();
  return {
    name,
    source,
    written: source,
    onPath,
    conditions,
    keys,
    matches: (call) => conditions.every(({ fits, of }) => fits(of(call))),
    fires: (matched, fired, random) =>
      (!calls || calls.includes(matched)) && matched > after && fired < times && (rate >= 1 || random() < rate),
    isSpent: (fired) => fired >= times,
  };
}

/** As it would stand in a file now. */
export function writtenOf({ written }: Rule, off: boolean): object {
  const { disabled: _, ...rule } = written as RuleSource;
  return off ? { ...rule, disabled: true } : rule;
}
