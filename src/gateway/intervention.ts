/** What a tester wants done to one call, whoever decided it: data the straight line acts on. */
import type { Hint } from '../platform/hint.js';
import type { Outcome } from '../verification/outcome.js';
import type { Progression } from '../verification/progression.js';
import type { ApiError } from './errors.js';

/** Done to the reply after the call was handled: its state is kept, as when a real reply is lost on the way. */
export const FAULTS = ['reset', 'empty', 'garbage', 'hang', 'slow'] as const;
export type Fault = (typeof FAULTS)[number];

export interface Intervention {
  /** The call answers it and changes no state. */
  readonly error?: ApiError;
  /** How the verification the call is about to end, ends. */
  readonly outcome?: Outcome;
  /** Whether a failure so ordered counts towards a failure limit. */
  readonly counts?: boolean;
  readonly progression?: Progression;
  /** ms to hold the reply back. */
  readonly delayMs?: number;
  readonly fault?: Fault;
  /** Said of the call in the log and the hint header. */
  readonly hint?: Hint;
  /** Names of the rules that fired. */
  readonly rules: readonly string[];
}

export const NO_INTERVENTION: Intervention = { rules: [] };
