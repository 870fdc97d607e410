/** The words of rules and ordered failures as types, so that editors complete them. */
import type { Fault } from '../gateway/intervention.js';
import type { Duration } from '../platform/clock.js';
import type { End } from '../verification/outcome.js';
import type { DeviceMode, SdkBuildMode } from '../verification/progression.js';
import type { RuleSource } from './rule.js';
import type { KnownReason, OperationPath, OwnCodes, OwnReasons, SharedCode } from './vocabulary.js';

export type { OperationPath };

/** Free text, beside the words an editor offers. */
type Text = string & Record<never, never>;
type NameIn<Path> = Path extends `${string}/${string}/${infer Name}` ? Name : never;

/** `GetVerifyToken`, `face_verify.init` … */
export type OperationName = NameIn<OperationPath>;
/** An operation by name or path; `*` stands for any characters, `/…/` is a regular expression. */
export type OperationPattern = OperationName | OperationPath | Text;

/** Every error that some operation can answer. */
export type ErrorCode = SharedCode | OwnCodes[OperationName];
/** The errors that an operation can answer; of a pattern or a variable, all there are. */
export type ErrorCodeOf<Operation> = Operation extends OperationName
  ? SharedCode | OwnCodes[Operation]
  : Operation extends OperationPath
    ? SharedCode | OwnCodes[NameIn<Operation>]
    : ErrorCode;
/** Why an operation that answers at once can say no: its SubCodes. */
export type ReasonOf<Operation> = Operation extends keyof OwnReasons
  ? OwnReasons[Operation]
  : Operation extends OperationPath
    ? ReasonOf<NameIn<Operation>>
    : never;
/** SAF's codes are numbers as well as texts. */
export type OrNumber<Code> = Code | (Code extends `${infer Number extends number}` ? Number : never);

/** Why a verification fails: a code of SAF's query table, or any text of AuditConclusions. */
export type FailureReason = KnownReason | Text;

/** A rule as a scenario holds it, in words that editors complete; see docs/scenarios.md. */
export interface ScenarioRule extends Omit<RuleSource, 'on' | 'then'> {
  readonly on: OperationPattern;
  readonly then: {
    /** The call answers it and changes no state. */
    readonly fail?: OrNumber<ErrorCode>;
    readonly outcome?: End | `fail:${string}`;
    /** With `outcome: 'fail'`: it counts towards `failureLimit`; default false. */
    readonly counts?: boolean;
    readonly progression?: DeviceMode | SdkBuildMode;
    /** A number is milliseconds. */
    readonly delay?: Duration | number | { readonly p50: Duration | number; readonly p99: Duration | number };
    readonly fault?: Fault;
  };
}

/** What a scenario file holds. */
export interface Scenario {
  readonly $schema?: string;
  readonly description?: string | { readonly en: string; readonly zh: string };
  readonly rules: readonly ScenarioRule[];
}
