/** Errors are rows of tables: status, words and reason stand on one line. One class carries any of them. */

import type { Hint } from '../platform/hint.js';

/** How sure we are of a fact: printed in a document, concluded from one, or made up where all sources are silent. */
export type Confidence = 'documented' | 'inferred' | 'guessed';

export interface ErrorRow {
  /** HTTP status. */
  readonly status: number;
  /** Verbatim, slips included; `{Name}` stands for a value known when it is raised. */
  readonly message: string;
  /** When it happens. */
  readonly when: string;
  /** The document's Chinese explanation, where it prints one. */
  readonly zh?: string;
  /** `gateway` errors carry `Recommend`; a product's own do not. Default: product. */
  readonly raisedBy?: 'gateway' | 'product';
  readonly confidence?: Confidence;
}
export type ErrorTable = { readonly [code: string]: ErrorRow };

export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** As the caller sees it in `Code`. */
    readonly code: string,
    readonly row: ErrorRow,
    /** What the placeholders of the row stand for this time. */
    readonly values: Readonly<Record<string, string>> = {},
    /** For the log and the hint header only; a documented Message is never altered. */
    readonly hint?: Hint,
  ) {
    super(fill(row.message, values));
  }
}

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** Chooses an operation's rows from its version's table; the same code has another status or wording on some pages. */
export function pick<T extends ErrorTable, K extends keyof T & string>(
  table: T,
  codes: readonly K[],
  overrides: Partial<Record<K, Partial<ErrorRow>>> = {},
): { readonly [C in NoInfer<K>]: T[C] } {
  return Object.fromEntries(codes.map((code) => [code, { ...table[code]!, ...overrides[code] }])) as {
    readonly [C in NoInfer<K>]: T[C];
  };
}
