/** Which documented outcomes a test run has seen, and which never. */
import type { ErrorTable } from '../gateway/errors.js';
import { operationPath, type Version } from '../gateway/operation.js';

export interface Coverage {
  readonly seen: number;
  readonly documented: number;
  /** 0–100, rounded down: 100 means all. */
  readonly percent: number;
  /** `saf/2017-03-31/face_verify.query Z1146` */
  readonly never: readonly string[];
  /** The same, operation by operation, in the order the documents print. */
  readonly operations: readonly OperationCoverage[];
}

export interface OperationCoverage {
  /** `saf/2017-03-31/face_verify.query` */
  readonly operation: string;
  readonly outcomes: readonly DocumentedOutcome[];
}

export interface DocumentedOutcome {
  /** `ok` for a success. */
  readonly code: string;
  readonly seen: boolean;
  /** When an error is answered. */
  readonly when?: string;
}

/** @param outcomes `<operation path> <code>`, `ok` for a success */
export function coverage(versions: readonly Version[], outcomes: Pick<ReadonlySet<string>, 'has'>): Coverage {
  const operations = versions
    .filter((version) => !version.approximates)
    .flatMap((version) =>
      version.implemented.map((one): OperationCoverage => {
        const operation = operationPath(version, one);
        const seen = (code: string) => outcomes.has(`${operation} ${code}`);
        const errors = Object.entries(one.errors as ErrorTable).map(([code, { when }]) => {
          return { code, seen: seen(code), when };
        });
        return { operation, outcomes: [{ code: 'ok', seen: seen('ok') }, ...errors] };
      }),
    );
  const all = operations.flatMap(({ operation, outcomes }) => outcomes.map((one) => ({ operation, ...one })));
  const never = all.filter(({ seen }) => !seen).map(({ operation, code }) => `${operation} ${code}`);
  const seen = all.length - never.length;
  const percent = Math.floor((seen / all.length) * 1000) / 10;
  return { seen, documented: all.length, percent, never, operations };
}
