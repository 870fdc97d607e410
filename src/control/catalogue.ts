/** What the emulator knows, for people and editors: operations and every error text, searchable. */
import type { ErrorRow } from '../gateway/errors.js';
import { type Fields, paramNames } from '../gateway/fields.js';
import { legalCodes } from '../gateway/legal-codes.js';
import { operationPath, type Version } from '../gateway/operation.js';

export const operations = (versions: readonly Version[]) =>
  versions.flatMap((version) =>
    version.operations.map((operation) => ({
      operation: operationPath(version, operation),
      summary: operation.summary,
      methods: operation.methods,
      params: paramNames(operation.params as Fields),
      errors: Object.keys(operation.errors),
      source: operation.source,
    })),
  );

export interface CatalogueError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly when: string;
  readonly zh?: string;
  readonly confidence: string;
  /** Operations that can answer it. */
  readonly operations: readonly string[];
  /** A scenario that orders it once. */
  readonly scenario: string;
}

/** @param query part of a code, a message or an explanation, or the whole name of an operation, in any case; empty lists everything */
export function errors(versions: readonly Version[], query = ''): CatalogueError[] {
  const found = new Map<string, { code: string; row: ErrorRow; operations: string[] }>();
  for (const version of versions) {
    for (const operation of version.operations) {
      for (const [code, row] of legalCodes(version, operation)) {
        const key = `${code} ${row.message}`;
        const entry = found.get(key) ?? { code, row, operations: [] };
        entry.operations.push(operationPath(version, operation));
        found.set(key, entry);
      }
    }
  }
  const wanted = query.toLowerCase();
  const isOf = (path: string) => path.toLowerCase() === wanted || path.split('/')[2]!.toLowerCase() === wanted;
  return [...found.values()]
    .filter(
      ({ code, row, operations: paths }) =>
        paths.some(isOf) ||
        [code, row.message, row.when, row.zh ?? ''].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map(({ code, row, operations: paths }) => ({
      code,
      status: row.status,
      message: row.message,
      when: row.when,
      zh: row.zh,
      confidence: row.confidence ?? 'documented',
      operations: paths,
      scenario: `rules: [{ on: ${paths[0]}, times: 1, then: { fail: "${code}" } }]`,
    }));
}
