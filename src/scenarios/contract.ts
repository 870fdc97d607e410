/** What the operations' contracts say of a rule: whether it can fire, and the error it raises. */
import type { ApiError, ErrorRow } from '../gateway/errors.js';
import { commandedError, legalCodes } from '../gateway/legal-codes.js';
import { type AnyOperation, operationPath, type Version } from '../gateway/operation.js';
import type { Rule } from './rule.js';

export interface Problem {
  readonly field: readonly string[];
  readonly message: string;
}

const known = new WeakMap<AnyOperation, Map<Version, ReadonlyMap<string, ErrorRow>>>();

/** Tables do not change while the process runs; asked once per rule and call. */
function codesOf(version: Version, operation: AnyOperation): ReadonlyMap<string, ErrorRow> {
  const ofOperation = known.get(operation) ?? new Map<Version, ReadonlyMap<string, ErrorRow>>();
  known.set(operation, ofOperation);
  const codes = ofOperation.get(version) ?? legalCodes(version, operation);
  ofOperation.set(version, codes);
  return codes;
}

/** `on` must name an operation, `fail` a code that one of those operations documents. */
export function contractProblem(rule: Rule, versions: readonly Version[]): Problem | undefined {
  const all = versions.flatMap((version) =>
    version.operations.map((operation) => ({ version, operation, path: operationPath(version, operation) })),
  );
  const { on, then } = rule.source;
  const meant = all.filter(({ path }) => rule.onPath(path));
  if (meant.length === 0) {
    return { field: ['on'], message: `no operation '${on}'; there are: ${all.map(({ path }) => path).join(', ')}` };
  }
  if (then.fail === undefined) return undefined;
  const legal = new Set(meant.flatMap(({ version, operation }) => [...codesOf(version, operation).keys()]));
  if (legal.has(String(then.fail))) return undefined;
  return {
    field: ['then', 'fail'],
    message: `${on} documents no error '${then.fail}'; it documents: ${[...legal].join(', ')}`,
  };
}

/** A rule on several operations is only about those that document its error: on another it must not use up its `times`. */
export function whereDocumented(rule: Rule, versions: readonly Version[]): Rule {
  const { fail } = rule.source.then;
  if (fail === undefined) return rule;
  const documented = versions.flatMap((version) =>
    version.operations
      .filter((operation) => codesOf(version, operation).has(String(fail)))
      .map((operation) => operationPath(version, operation)),
  );
  const paths = new Set(documented.filter(rule.onPath));
  return { ...rule, onPath: (path) => paths.has(path) };
}

/** @returns undefined where a rule on several operations orders what this one does not document */
export function orderedError(version: Version, operation: AnyOperation, code: string): ApiError | undefined {
  const row = codesOf(version, operation).get(code);
  return row && commandedError(code, row);
}
