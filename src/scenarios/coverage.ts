/** Which documented outcomes a test run has seen, and which never. */
import { operationPath, type Version } from '../gateway/operation.js';

export interface Coverage {
  readonly seen: number;
  readonly documented: number;
  /** 0–100, rounded down: 100 means all. */
  readonly percent: number;
  /** `saf/2017-03-31/face_verify.query Z1146` */
  readonly never: readonly string[];
}

/** @param outcomes `<operation path> <code>`, `ok` for a success */
export function coverage(versions: readonly Version[], outcomes: ReadonlySet<string>): Coverage {
  const documented = versions
    .filter((version) => !version.approximates)
    .flatMap((version) =>
      version.implemented.flatMap((operation) =>
        ['ok', ...Object.keys(operation.errors)].map((code) => `${operationPath(version, operation)} ${code}`),
      ),
    );
  const never = documented.filter((outcome) => !outcomes.has(outcome));
  const seen = documented.length - never.length;
  return { seen, documented: documented.length, percent: Math.floor((seen / documented.length) * 1000) / 10, never };
}
