/**
 * Where a real user would act on a phone, a simulated person finishes when the result is asked for and the device mode's
 * condition is met: only while the session lives, nobody did anything to it, and nobody real is on its page. It is stored
 * once. What a rule orders ends it there and then, whatever all that says.
 */
import type { Context } from '../gateway/context.js';
import { StoreFullError } from '../oss/store-full.js';
import { endingIn } from '../verification/endings.js';
import { isDue } from '../verification/progression.js';
import { isAlive, type Verification } from '../verification/verification.js';
import { outcomeOf } from './outcome-of.js';
import { conclusionOf, type VerificationKind } from './verification-kind.js';

/** @param asked as it was before this question. @returns it as it stands now */
export async function finished(kind: VerificationKind, asked: Verification, context: Context): Promise<Verification> {
  const { store, clock, behaviour, photos, outcome, counts, note } = context;
  const now = clock.now();
  if (asked.status !== 'open' || (!outcome && !(await isDone()))) return asked;
  const { kind: end, reason } = outcome
    ? endingIn(kind.endings, outcome)
    : outcomeOf(kind.endings, kind.values(asked), behaviour.people, note);
  if (end === 'expire') await store.verifications.expire(asked.id, now);
  if (end === 'expire' || end === 'quit') return asked;
  const ending = { kind: end, reason };
  const conclusion = await conclusionOf(kind, asked, ending, now, photos, { counts }).catch((error: Error) => {
    if (!(error instanceof StoreFullError)) throw error;
    note('store-full');
    return undefined;
  });
  if (!conclusion) return asked;
  const done = await store.verifications.conclude(asked, conclusion, ['open'], true);
  if (!done) return (await store.verifications.current(asked)) ?? asked;
  if (!outcome) note('simulated-device');
  if (conclusion.unusable) note(['binding-failed', conclusion.unusable]);
  return done;

  async function isDone(): Promise<boolean> {
    const due = isAlive(asked.expires_at, now) && isDue(behaviour.device, asked.issued_at, now, asked.asked);
    if (!kind.hasPerson(asked) || !due) return false;
    const isVisited = await store.visits.isOpen(asked.id);
    if (isVisited) note('page-open');
    return !isVisited;
  }
}
