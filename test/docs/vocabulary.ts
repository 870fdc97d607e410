/** Writes src/scenarios/vocabulary.ts: the words that editors complete, as the contracts have them. */
import { legalCodes } from '../../src/gateway/legal-codes.js';
import { operationPath, type Version } from '../../src/gateway/operation.js';
import type { VerificationKind } from '../../src/products/verification-kind.js';

const union = (words: Iterable<string>): string =>
  [...new Set(words)]
    .sort()
    .map((word) => `'${word}'`)
    .join(' | ') || 'never';

export function vocabulary(versions: readonly Version[], kinds: readonly VerificationKind[]): string {
  const places = versions.flatMap((version) => version.operations.map((operation) => ({ version, operation })));
  const all = places.map(({ version, operation }) => ({
    path: operationPath(version, operation),
    name: operation.name,
    codes: [...legalCodes(version, operation).keys()],
  }));
  const shared = all[0]!.codes.filter((code) => all.every(({ codes }) => codes.includes(code)));
  const names = [...new Set(all.map(({ name }) => name))];
  const own = names.map((name) => {
    const codes = all.filter((one) => one.name === name).flatMap((one) => one.codes);
    return `  '${name}': ${union(codes.filter((code) => !shared.includes(code)))};`;
  });
  const reasons = kinds.flatMap(({ endings }) => endings.reasons.flatMap(({ reason, also = [] }) => [reason, ...also]));
  return `/** Generated from the contracts: npm run docs writes it anew. What editors complete. */

/** Full paths of operations. */
export type OperationPath =
${all.map(({ path }) => `  | '${path}'`).join('\n')};

/** Errors that every operation can answer. */
export type SharedCode =
${shared.map((code) => `  | '${code}'`).join('\n')};

/** Beside those: what an operation can answer, by its name. */
export interface OwnCodes {
${own.join('\n')}
}

/** Why a verification can fail, in every spelling. */
export type KnownReason = ${union(reasons)};
`;
}
