/** A way of signing that can be varied: each known client mistake changes one setting (a “knob”), seldom two. Pure. */
import type { CauseId } from './causes.js';

export interface Named {
  readonly cause: CauseId;
  /** The parameter, header or key it is about. */
  readonly name?: string;
}

/** A mistake clients are known to make, as it would look on one request. */
export interface Mistake<Knobs> extends Named {
  /** Mistakes that set the same knob exclude each other. */
  readonly set: Partial<Knobs>;
  /** One of many of its kind: it is not combined with others, which would take the search's time. */
  readonly alone?: true;
}

/** More parameters than any operation has: with more, it is not tried for each what may be wrong with it alone. */
export const MOST_PARAMS = 60;

export interface Procedure<Knobs> {
  /** The settings of a correct client. */
  readonly right: Knobs;
  /** `right`, and `right` for every other way to read what was sent. A mistake that changes the string of none of them is skipped. */
  readonly bases: readonly Knobs[];
  /** Mistakes about the HMAC and its key: the string to sign stays as it is, so they cost little to try. */
  readonly aboutHmac: readonly Mistake<Knobs>[];
  /** Mistakes about the string to sign, cheap ones first. */
  readonly aboutText: readonly Mistake<Knobs>[];
  /** Mistakes that the form of the received signature proves: hex, another hash. Undefined: it cannot be an HMAC. */
  readonly certain: readonly Mistake<Knobs>[] | undefined;
  /** What is signed; for ACS3 the canonical request, whose hash is signed. */
  stringToSign(knobs: Knobs): string;
  /** Whether the secret and this string give the received signature. */
  fits(knobs: Knobs, stringToSign: string): boolean;
}
