/**
 * Starts a financial-grade verification. Any name and number will do: the help page's own are masked, and with SM2 both are
 * ciphertexts. What is wrong is told in the body; in which order is guessed, but that what is absent comes first.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { callbackOf } from '../../callback.js';
import { failureIn } from '../../outcome-of.js';
import { CERTIFY_MS, certifyId, type FaceData, financialGrade, IN_FRAME } from '../financial-grade.js';
import { ageProblem, historyProblem, sceneProblem } from './admission.js';
import { photoProblem, SOURCES, sourcesIn } from './contrast-photo.js';
import { initFaceVerifyContract as generated } from './generated/init-face-verify.js';
import { platformOf } from './meta-info.js';

/** The page: an app's MetaInfo gets no CertifyUrl. */
const contract = { ...generated, response: sometimes(generated.response, 'CertifyUrl') } as const;
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];
/** What test people's numbers order: the other codes are spelt as those of another family. */
const OF_NUMBERS = ['417', '418'] as const;

/** Beside what every call needs (help pages of the four schemes). */
const NEEDS = {
  ID_PRO: ['CertType', 'CertName', 'CertNo'],
  ID_PLUS: [],
  PV_FV: ['UserId'],
  LR_FR: ['UserId'],
} as const;

export const initFaceVerify = implement(contract, async (input, context) => {
  const { SceneId, OuterOrderNo, CertName, CertNo, UserId, ReturnUrl } = input;
  const { store, clock, ids, urls, note, fail } = context;
  const productCode = input.ProductCode as keyof typeof NEEDS;
  const asked = failureIn({ name: CertName ?? UserId }, codes) ?? failureIn({ number: CertNo }, OF_NUMBERS);
  if (asked) return fail(asked, {}, 'magic-value');
  const platform = platformOf(input.MetaInfo);
  const needed = [...NEEDS[productCode], ...(platform === 'web' ? (['ReturnUrl'] as const) : [])];
  const absent = needed.find((name) => input[name] === undefined);
  if (absent) return fail('400', {}, ['missing', { name: absent }]);
  if (!platform) return fail('401', {}, ['json-object', { name: 'MetaInfo' }]);
  const photos = sourcesIn(input);
  if (productCode === 'PV_FV' && photos.length === 0) return fail('400', {}, ['needs-photo', { names: SOURCES }]);
  if (photos.length > 1) return fail('420', {}, ['one-photo', { names: photos }]);
  const now = clock.now();
  const problem =
    sceneProblem({ SceneId, ProductCode: productCode }, context) ??
    ageProblem(CertNo, now) ??
    (await photoProblem(input, context)) ??
    (await historyProblem(CertNo, context));
  if (problem) return fail(problem[0], {}, problem[1]);
  const style = input.CertifyUrlStyle === 'L' ? 'L' : 'S';
  if (platform === 'web' && ReturnUrl === IN_FRAME && style === 'S') note('frame-needs-long-url');
  const callback = await callbackOf(input, context, (hint) => fail('401', {}, hint));
  if (platform === 'app' && ReturnUrl !== undefined) note('no-certify-url');
  const data: FaceData = {
    productCode,
    userId: UserId,
    returnUrl: platform === 'web' ? ReturnUrl : undefined,
    keep: input.ProcedurePriority === 'keep' || undefined,
    deviceRisk: input.FaceGuardOutput === 'DeviceRisk' || undefined,
    userInfo: input.RarelyCharacters === 'Y' || undefined,
    callback,
  };
  const id = certifyId(ids);
  const called = { kind: financialGrade.name, id, name: OuterOrderNo, scope: String(SceneId), shared: false };
  const person = { subject: CertNo, person: CertName };
  const life = { issued_at: now, expires_at: now + CERTIFY_MS };
  await store.write(...store.verifications.addRows({ ...called, ...person, ...life, data: JSON.stringify(data) }));
  return { CertifyId: id, CertifyUrl: platform === 'web' ? urls.certify(id, style) : undefined };
});
