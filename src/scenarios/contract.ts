/** What the operations' contracts say of a rule: where it can do what it asks for, and the error it raises. */
import type { ApiError } from '../gateway/errors.js';
import { type Fields, paramNames } from '../gateway/fields.js';
import { commandedError } from '../gateway/legal-codes.js';
import type { AnyOperation, Version } from '../gateway/operation.js';
import { didYouMean } from '../platform/nearest.js';
import { endingIn } from '../verification/endings.js';
import { codesOf, few, noCode, noOperation, type Place, paramsOf, placesIn } from './places.js';
import type { Problem } from './problem.js';
import { paramName, type Rule } from './rule.js';

/** One thing a rule asks for: which operations could do it, and what is said when none of those it names can. */
interface Demand {
  readonly field: string;
  met(place: Place): boolean;
  unmet(on: string, meant: readonly Place[], all: readonly Place[]): string;
}

function demandsOf({ source: { then } }: Rule): Demand[] {
  const { fail, outcome, progression } = then;
  const demands: Demand[] = [];
  const reads = (what: 'outcome' | 'progression', all: readonly Place[]) => [
    ...new Set(all.filter(({ operation }) => operation.honours?.[what]).map(({ operation }) => operation.name)),
  ];
  const unread = (what: 'outcome' | 'progression', on: string, all: readonly Place[]) =>
    `${on} reads no ${what}; what reads one: ${reads(what, all).join(', ')}`;
  if (fail !== undefined)
    demands.push({
      field: 'fail',
      met: (place) => codesOf(place).has(String(fail)),
      unmet: (on, meant, all) => noCode(on, String(fail), meant, all),
    });
  if (outcome !== undefined) {
    /** @returns undefined where it can end so, else why not */
    const problemAt = ({ operation: { honours } }: Place): string | undefined => {
      if (!honours?.outcome) return '';
      try {
        endingIn(honours.outcome, outcome);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    demands.push({
      field: 'outcome',
      met: (place) => problemAt(place) === undefined,
      unmet: (on, meant, all) =>
        [...new Set(meant.map(problemAt).filter(Boolean))].join('; ') || unread('outcome', on, all),
    });
  }
  if (progression !== undefined)
    demands.push({
      field: 'progression',
      met: ({ operation }) => operation.honours?.progression === true,
      unmet: (on, _meant, all) => unread('progression', on, all),
    });
  return demands;
}

/**
 * `on` must name an operation; what `then` asks for, one of those operations must document or read; a parameter that
 * `when` names, one of them must take.
 * @param params names of `when.params`, as they are written
 */
export function contractProblems(rule: Rule, versions: readonly Version[], params: readonly string[] = []): Problem[] {
  const all = placesIn(versions);
  const { on } = rule.source;
  let meant = all.filter(({ path }) => rule.onPath(path));
  if (meant.length === 0) return [{ path: ['on'], message: noOperation(on, all) }];
  const problems: Problem[] = [];
  const shown = on.slice(0, 100);
  const named = meant;
  for (const { field, met, unmet } of demandsOf(rule)) {
    const able = meant.filter(met);
    if (able.length > 0) meant = able;
    else problems.push({ path: ['then', field], message: unmet(shown, meant, all) });
  }
  return [...problems, ...paramProblems(shown, params, named)];
}

function paramProblems(on: string, params: readonly string[], meant: readonly Place[]): Problem[] {
  if (params.length === 0) return [];
  const known = new Set(meant.flatMap(paramsOf));
  return params.flatMap((written): Problem[] => {
    const name = paramName(written);
    if (known.has(name.replace(/\.[1-9]\d{0,3}(?=\.|$)/g, '.N'))) return [];
    const own = [...new Set(meant.flatMap(({ operation }) => paramNames(operation.params as Fields)))];
    const has = `its own are ${few(own, 8) || 'none'}; “cloudauth-mock operations” lists them`;
    return [
      {
        path: ['when', 'params', written],
        key: true,
        message: `${on} has no parameter '${name.slice(0, 60)}'${didYouMean(name, [...known], has)}`,
      },
    ];
  });
}

/** A rule on several operations is only about those that can do what it asks for: on another it must not use up its `times`. */
export function whereHonoured(rule: Rule, versions: readonly Version[]): Rule {
  const demands = demandsOf(rule);
  if (demands.length === 0) return rule;
  const meant = placesIn(versions).filter(({ path }) => rule.onPath(path));
  const able = meant.filter((place) => demands.every(({ met }) => met(place)));
  const paths = new Set(able.map(({ path }) => path));
  return { ...rule, onPath: (path) => paths.has(path) };
}

/** @returns undefined where a rule on several operations orders what this one does not document */
export function orderedError(version: Version, operation: AnyOperation, code: string): ApiError | undefined {
  const row = codesOf({ version, operation }).get(code);
  return row && commandedError(code, row);
}
