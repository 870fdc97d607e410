/**
 * Deletes what a financial-grade verification has stored of the person: name, number, picture. How it ended stays. That
 * something cannot be deleted is no error: DeleteResult says so (help page of DeleteFaceVerifyResult).
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import type { Verification } from '../../../verification/verification.js';
import { finished } from '../../simulated-person.js';
import { faceData, financialGrade } from '../financial-grade.js';
import { deleteFaceVerifyResultContract as generated } from './generated/delete-face-verify-result.js';

const contract = { ...generated, response: sometimes(generated.response, 'FailReason') } as const;

export const deleteFaceVerifyResult = implement(contract, async ({ CertifyId, DeleteAfterQuery }, context) => {
  const { store, photos, fail } = context;
  const known = await store.verifications.byId(CertifyId);
  if (known?.kind !== financialGrade.name) return fail('406', {}, 'no-certify-id');
  const one = await finished(financialGrade, known, context);
  if (one.status !== 'passed' && one.status !== 'failed') return fail('424', {}, 'not-submitted');
  const refused = (FailReason: string) => ({ CertifyId, DeleteResult: 'N', FailReason });
  if (DeleteAfterQuery === 'Y' && !faceData(one).queried) return refused('NEED_QUERY_VERIFY_RESULT');
  if (!(await erased(one))) return refused('NOT_DELETE_REPEATEDLY');
  await photos.forget(CertifyId);
  return { CertifyId, DeleteResult: 'Y' };

  /** Of two at once one does it; a query may be noted meanwhile, but once. */
  async function erased(as: Verification | undefined): Promise<boolean> {
    if (!as || faceData(as).deleted) return false;
    const data = JSON.stringify({ ...faceData(as), userId: undefined, deleted: true });
    const done = await store.verifications.revise(as, { data, subject: null, person: null });
    return done || erased(await store.verifications.byId(CertifyId));
  }
});
