/** A way of signing with knobs to turn: each known client mistake sets one knob, seldom two. Pure. */
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
}

export interface Procedure<Knobs> {
  /** How it is done right. */
  readonly right: Knobs;
  /** `right`, and that under every other reading of what was sent: what changes none of them changes nothing. */
  readonly bases: readonly Knobs[];
  /** Mistakes about the HMAC and its key: the string to sign stays as it is, so they cost little to try. */
  readonly aboutHmac: readonly Mistake<Knobs>[];
  /** Mistakes about the string to sign, cheap ones first. */
  readonly aboutText: readonly Mistake<Knobs>[];
  /** What the form of the received signature alone proves: hex, another hash. Undefined: no HMAC looks so. */
  readonly certain: readonly Mistake<Knobs>[] | undefined;
  /** What is signed; for ACS3 the canonical request, whose hash is signed. */
  stringToSign(knobs: Knobs): string;
  /** Does the secret give the received signature over this string? */
  fits(knobs: Knobs, stringToSign: string): boolean;
}
