/**
 * Result of a classic verification, finished by the simulated person where nobody else does. Of one that nobody started, left
 * or has not ended VerifyStatus is −1. It can be asked for again, for 180 days.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { failureIn } from '../../outcome-of.js';
import { finished } from '../../simulated-person.js';
import { classicEndings, classicVerification } from '../classic.js';
import { materialBySolution, resultOf } from './classic-result.js';
import { describeVerifyResultContract as generated } from './generated/describe-verify-result.js';

/** “认证数据保留180天”. */
const KEPT_MS = 180 * 86_400_000;

const contract = {
  ...generated,
  response: sometimes(
    { ...generated.response, Material: materialBySolution(generated.response.Material) },
    ...(['AuthorityComparisionScore', 'FaceComparisonScore', 'IdCardFaceComparisonScore', 'Material'] as const),
  ),
  honours: { outcome: classicEndings, progression: true },
} as const;

export const describeVerifyResult = implement(contract, async ({ BizType, BizId }, context) => {
  const { store, clock, note, fail } = context;
  const ordered = failureIn({ ticket: BizId }, ['DataExpired']);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const asked = await store.verifications.ask({ kind: classicVerification.name, scope: BizType, name: BizId });
  if (!asked) {
    note('no-verify-token');
    return { VerifyStatus: -1 };
  }
  const one = await finished(classicVerification, asked, context);
  if (one.concluded_at !== null && clock.now() - one.concluded_at >= KEPT_MS) return fail('DataExpired');
  return resultOf(one, context);
});
