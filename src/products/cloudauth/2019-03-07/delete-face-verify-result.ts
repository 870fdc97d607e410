/**
 * Deletes what a financial-grade verification has stored of the person: name, number, picture. How it ended stays. That
 * something cannot be deleted is no error: DeleteResult says so (help page of DeleteFaceVerifyResult).
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
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
  const data = faceData(one);
  const refused = (FailReason: string) => ({ CertifyId, DeleteResult: 'N', FailReason });
  if (DeleteAfterQuery === 'Y' && !data.queried) return refused('NEED_QUERY_VERIFY_RESULT');
  const without = { data: JSON.stringify({ ...data, userId: undefined, deleted: true }), subject: null, person: null };
  if (data.deleted || !(await store.verifications.revise(one, without))) return refused('NOT_DELETE_REPEATEDLY');
  await photos.forget(CertifyId);
  return { CertifyId, DeleteResult: 'Y' };
});
