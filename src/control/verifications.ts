/** Explicit conclusions: a tester decides how a verification ends, whatever the device mode. */

import { createHash } from 'node:crypto';
import type { Photos } from '../gateway/context.js';
import type { Clock } from '../platform/clock.js';
import { maskIdNumbers } from '../platform/redact.js';
import { kindOf } from '../products/kinds.js';
import { conclusionOf } from '../products/verification-kind.js';
import type { FailureReason } from '../scenarios/words.js';
import type { Store } from '../store/store.js';
import { reasonIn } from '../verification/endings.js';
import type { End } from '../verification/outcome.js';
import type { Materials, Verification } from '../verification/verification.js';

/** What a tester asked of a verification cannot be done; the status is the one HTTP has for it. */
export class VerificationError extends RangeError {
  override readonly name = 'VerificationError';
  constructor(
    message: string,
    readonly status: 400 | 404 | 409,
  ) {
    super(message);
  }
}

/**
 * @param id a VerifyToken or TicketId (Cloudauth), a queryId, zimId or bizId (SAF), a CertifyId or OuterOrderNo, a BizId (classic); of several with one name the latest
 * @throws ControlError, a RangeError, when there is no such verification, its task has passed, or its session has ended.
 * A failed task can be ended anew; a token can be made to expire at any time
 */
export interface Verifications {
  pass(id: string, options?: AccountOption): Promise<void>;
  /**
   * @param reason SAF: a code of the query table, default `Z1146`; financial-grade: a SubCode, default `204`; classic: a VerifyStatus, default `7`; Cloudauth: the AuditConclusions text
   * @param options `counts: false` leaves it out of what `failureLimit` counts
   */
  fail(id: string, reason?: FailureReason, options?: AccountOption & { readonly counts?: boolean }): Promise<void>;
  /** The person leaves without finishing. */
  quit(id: string, options?: AccountOption): Promise<void>;
  /** Ends the token or session now, on the business clock. */
  expire(id: string, options?: AccountOption): Promise<void>;
}

export interface AccountOption {
  /** Default: `default`. */
  readonly account?: string;
}

export interface Ending {
  readonly reason?: string;
  /** What the person gave on the page, stored as it is; it goes before what was sent with the verification. */
  readonly handedIn?: Materials;
  /** Whether a failure counts towards a failure limit. Default: it does, as a real one would. */
  readonly counts?: boolean;
  /** A person ends it on a page: what cannot pass fails. A tester who orders a pass is told instead. */
  readonly onPage?: boolean;
}

/** What was ended: its kind, and what people call it. */
export interface Ended {
  readonly product: string;
  readonly called: string;
}

/**
 * An expired verification can still be concluded: a tester's word goes before every clock.
 * @throws VerificationError
 */
export async function conclude(
  store: Store,
  clock: Clock,
  photos: Photos,
  id: string,
  end: Exclude<End, 'expire'>,
  { reason: said, handedIn, counts = true, onPage = false }: Ending = {},
): Promise<Ended> {
  const one = await find(store, id);
  const kind = kindOf(one.kind);
  const called = calledBy(one, id);
  const reason = end === 'fail' ? reasonOf(() => reasonIn(kind.endings, said)) : undefined;
  const conclusion = await conclusionOf(kind, one, { kind: end, reason }, clock.now(), photos, { handedIn, counts });
  if (conclusion.unusable && end === 'pass' && !onPage)
    throw new VerificationError(
      `verification '${called}' cannot pass with ${conclusion.unusable.name}: ${conclusion.unusable.why}`,
      400,
    );
  const from = end === 'quit' ? (['open'] as const) : kind.endable;
  if (!(await store.verifications.conclude(one, conclusion, from))) {
    const has = (await store.verifications.current(one))?.status === 'passed' && kind.endable.includes('failed');
    throw new VerificationError(`verification '${called}' has ${has ? 'passed' : 'ended'} already`, 409);
  }
  return { product: kind.name, called };
}

/**
 * Ends the time of a token, whatever its task has come to, or of a session that is open.
 * @throws VerificationError
 */
export async function expire(store: Store, clock: Clock, id: string): Promise<Ended> {
  const one = await find(store, id);
  const { name, endable } = kindOf(one.kind);
  const called = calledBy(one, id);
  // where several share a state the time of each is its own
  if (!one.shared && !endable.includes(one.status))
    throw new VerificationError(`verification '${called}' has ended already`, 409);
  await store.verifications.expire(one.id, clock.now());
  return { product: name, called };
}

/**
 * Names one verification and no other, and opens nothing: two may share a TicketId, and what tells them apart is a token.
 * By its number it is found, by the rest known: after a reset the number is another's.
 */
export const handleOf = ({ seq, id }: Pick<Verification, 'seq' | 'id'>): string =>
  `${seq}-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;

/** What somebody called it by; a handle says nothing to people. */
const calledBy = (one: Verification, id: string): string =>
  id === handleOf(one) ? maskIdNumbers(kindOf(one.kind).shown(one).id) : id;

async function byHandle({ verifications }: Store, handle: string): Promise<Verification | undefined> {
  const [, seq] = /^(\d{1,15})-[0-9a-f]{12}$/.exec(handle) ?? [];
  const one = seq === undefined ? undefined : await verifications.bySeq(Number(seq));
  return one && handleOf(one) === handle ? one : undefined;
}

/** By any name of it. @throws VerificationError when there is none */
export async function find(store: Store, id: string): Promise<Verification> {
  const one = (await store.verifications.find(id)) ?? (await byHandle(store, id));
  if (one) return one;
  throw new VerificationError(
    `no verification '${id}'; use a VerifyToken, TicketId, queryId, zimId, bizId or CertifyId of this account`,
    404,
  );
}

function reasonOf(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new VerificationError((error as Error).message, 400);
  }
}
