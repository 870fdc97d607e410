/** What the operations' contracts say of a rule: where it can do what it asks for, and the error it raises. */
import type { ApiError, ErrorRow } from '../gateway/errors.js';
import { commandedError, legalCodes } from '../gateway/legal-codes.js';
import { type AnyOperation, operationPath, type Version } from '../gateway/operation.js';
import { endingIn } from '../verification/endings.js';
import type { Rule } from './rule.js';

export interface Problem {
  readonly field: readonly string[];
  readonly message: string;
}

interface Place {
  readonly version: Version;
  readonly operation: AnyOperation;
  readonly path: string;
}

const known = new WeakMap<AnyOperation, Map<Version, ReadonlyMap<string, ErrorRow>>>();

/** Tables do not change while the process runs; asked once per rule and call. */
function codesOf({ version, operation }: Omit<Place, 'path'>): ReadonlyMap<string, ErrorRow> {
  const ofOperation = known.get(operation) ?? new Map<Version, ReadonlyMap<string, ErrorRow>>();
  known.set(operation, ofOperation);
  const codes = ofOperation.get(version) ?? legalCodes(version, operation);
  ofOperation.set(version, codes);
  return codes;
}

const placesIn = (versions: readonly Version[]): Place[] =>
  versions.flatMap((version) =>
    version.operations.map((operation) => ({ version, operation, path: operationPath(version, operation) })),
  );

const pathsOf = (places: readonly Place[]): string => places.map(({ path }) => path).join(', ');

/** One thing a rule asks for: which operations could do it, and what is said when none of those it names can. */
interface Demand {
  readonly field: string;
  met(place: Place): boolean;
  unmet(on: string, meant: readonly Place[], all: readonly Place[]): string;
}

function demandsOf({ source: { then } }: Rule): Demand[] {
  const { fail, outcome, progression } = then;
  const demands: Demand[] = [];
  const reads = (what: 'outcome' | 'progression', all: readonly Place[]) =>
    all.filter(({ operation }) => operation.honours?.[what] !== undefined);
  const unread = (what: 'outcome' | 'progression', on: string, all: readonly Place[]) =>
    `${on} reads no ${what}; what reads one: ${pathsOf(reads(what, all))}`;
  if (fail !== undefined)
    demands.push({
      field: 'fail',
      met: (place) => codesOf(place).has(String(fail)),
      unmet: (on, meant) =>
        `${on} documents no error '${fail}'; it documents: ${[...new Set(meant.flatMap((place) => [...codesOf(place).keys()]))].join(', ')}`,
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

/** `on` must name an operation; what `then` asks for, one of those operations must document or read. */
export function contractProblem(rule: Rule, versions: readonly Version[]): Problem | undefined {
  const all = placesIn(versions);
  const { on } = rule.source;
  let meant = all.filter(({ path }) => rule.onPath(path));
  if (meant.length === 0) return { field: ['on'], message: `no operation '${on}'; there are: ${pathsOf(all)}` };
  for (const { field, met, unmet } of demandsOf(rule)) {
    const able = meant.filter(met);
    if (able.length === 0) return { field: ['then', field], message: unmet(on, meant, all) };
    meant = able;
  }
  return undefined;
}

/** A rule on several operations is only about those that can do what it asks for: on another it must not use up its `times`. */
export function whereHonoured(rule: Rule, versions: readonly Version[]): Rule {
  const demands = demandsOf(rule);
  if (demands.length === 0) return rule;
  const able = placesIn(versions).filter((place) => demands.every(({ met }) => met(place)));
  const paths = new Set(able.map(({ path }) => path).filter(rule.onPath));
  return { ...rule, onPath: (path) => paths.has(path) };
}

/** @returns undefined where a rule on several operations orders what this one does not document */
export function orderedError(version: Version, operation: AnyOperation, code: string): ApiError | undefined {
  const row = codesOf({ version, operation }).get(code);
  return row && commandedError(code, row);
}
