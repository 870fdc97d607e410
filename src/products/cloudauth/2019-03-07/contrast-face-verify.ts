/**
 * Compares a face with the authority's, from a photo or a video that a server sends (ID_MIN). It is kept as a finished
 * verification: DescribeFaceVerify knows its CertifyId, and its failures count with those of the other schemes.
 */
import { implement } from '../../../gateway/operation.js';
import { conclusionOf } from '../../verification-kind.js';
import { CERTIFY_MS, certifyId, type FaceData, financialGrade } from '../financial-grade.js';
import { ageProblem, historyProblem, sceneProblem } from './admission.js';
import { FILE, SOURCES } from './contrast-photo.js';
import { contrastFaceVerifyContract as generated } from './generated/contrast-face-verify.js';
import { materialOfPhoto } from './material-info.js';
import { endedBy, onePhotoProblem, orderedIn, serverEndings, subCode, valuesIn } from './server-only.js';

/** 207 is of ID_PLUS, 220 to 222 are of the scheme that asks for consent. */
const endings = serverEndings(
  'ContrastFaceVerify',
  subCode('204'),
  ...(['201', '202', '203', '205', '206', '209'] as const).map(subCode),
);
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

export const contrastFaceVerify = implement({ ...generated, honours: { outcome: endings } }, async (input, context) => {
  const { SceneId, OuterOrderNo, CertName, CertNo, UserId } = input;
  const { store, clock, ids, photos, counts, fail } = context;
  const values = valuesIn(input, [input]);
  const ordered = orderedIn(values, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const now = clock.now();
  const problem =
    sceneProblem(input, context) ??
    ageProblem(CertNo, now) ??
    (await onePhotoProblem(input, [...SOURCES, FILE], context)) ??
    (await historyProblem(CertNo, context));
  if (problem) return fail(problem[0], {}, problem[1]);
  const reason = endedBy(endings, values, context);
  const data: FaceData = { productCode: input.ProductCode, userId: UserId };
  const id = certifyId(ids);
  const called = { kind: financialGrade.name, id, name: OuterOrderNo, scope: String(SceneId), shared: false };
  const person = { subject: CertNo, person: CertName };
  const life = { issued_at: now, expires_at: now + CERTIFY_MS };
  await store.write(...store.verifications.addRows({ ...called, ...person, ...life, data: JSON.stringify(data) }));
  const one = (await store.verifications.byId(id))!;
  const ending = { kind: reason ? 'fail' : 'pass', reason } as const;
  const conclusion = await conclusionOf(financialGrade, one, ending, now, photos, { counts });
  await store.verifications.conclude(one, conclusion, ['open']);
  return {
    CertifyId: id,
    SubCode: reason ?? '200',
    MaterialInfo: materialOfPhoto(reason),
    IdentityInfo: 'null',
    Passed: reason ? 'F' : 'T',
  };
});
