/** Writes src/scenarios/vocabulary.ts: the words that editors complete, as the contracts have them. */
import { legalCodes } from '../../src/gateway/legal-codes.js';
import { operationPath, type Version } from '../../src/gateway/operation.js';
import type { VerificationKind } from '../../src/products/verification-kind.js';
import { reasonsOf } from '../../src/scenarios/places.js';
import type { Reason } from '../../src/verification/endings.js';

/** Words of a union, as many to a line as it holds. */
function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of new Set(words)) {
    if (lines.at(-1)!.length + word.length > 190) lines.push('');
    lines[lines.length - 1] += ` | '${word}'`;
  }
  return lines.map((line) => ` ${line}`).join('\n');
}

const union = (words: Iterable<string>): string =>
  [...new Set(words)]
    .sort()
    .map((word) => `'${word}'`)
    .join(' | ') || 'never';

/** Operations of one family have the same words. */
function records(words: readonly (readonly [name: string, words: readonly string[]])[]): string {
  const named = new Map<string, string[]>();
  for (const [name, own] of words) named.set(union(own), [...(named.get(union(own)) ?? []), name]);
  return [...named]
    .map(([text, names]) => `  & Record<${names.length === 1 ? `'${names[0]}'` : `\n${wrapped(names)}\n  `}, ${text}>`)
    .join('\n');
}

export function vocabulary(versions: readonly Version[], kinds: readonly VerificationKind[]): string {
  const places = versions.flatMap((version) => version.operations.map((operation) => ({ version, operation })));
  const all = places.map(({ version, operation }) => ({
    path: operationPath(version, operation),
    name: operation.name,
    codes: [...legalCodes(version, operation).keys()],
  }));
  const shared = all[0]!.codes.filter((code) => all.every(({ codes }) => codes.includes(code)));
  const names = [...new Set(all.map(({ name }) => name))];
  const own = records(
    names.map((name) => {
      const codes = all.filter((one) => one.name === name).flatMap((one) => one.codes);
      return [name, codes.filter((code) => !shared.includes(code))];
    }),
  );
  const spelt = (reasons: readonly Reason[]) => reasons.flatMap(({ reason, also = [] }) => [reason, ...also]);
  const atOnce = places
    .map(({ operation }): [string, string[]] => [operation.name, spelt(reasonsOf(operation))])
    .filter(([, reasons]) => reasons.length > 0);
  const reasons = [...kinds.flatMap(({ endings }) => spelt(endings.reasons)), ...atOnce.flatMap(([, words]) => words)];
  return `/** Generated from the contracts: npm run docs writes it anew. What editors complete. */

/** Full paths of operations. */
export type OperationPath =
${wrapped(all.map(({ path }) => path))};

/** Errors that every operation can answer. */
export type SharedCode =
${wrapped(shared)};

/** Beside those: what an operation can answer, by its name. */
export type OwnCodes =
${own};

/** Why an operation that answers at once can say no, by its name. */
export type OwnReasons =
${records(atOnce)};

/** Why a verification can fail, in every spelling. */
export type KnownReason = ${union(reasons)};
`;
}
