/**
 * Starts a financial-grade verification. Any name and number will do: the help page's own are masked, and with SM2 both are
 * ciphertexts. What is wrong is told in the body; in which order is guessed, but that what is absent comes first.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import type { Hint } from '../../../platform/hint.js';
import type { DeclaredSceneId } from '../../../verification/scene-id.js';
import { callbackOf } from '../../callback.js';
import { failureIn } from '../../outcome-of.js';
import { CERTIFY_MS, type FaceData, financialGrade, IN_FRAME, NO_SOURCE, subCodes } from '../financial-grade.js';
import { isUnder14, startOfDay } from './beijing.js';
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
  const { store, clock, ids, urls, behaviour, note, fail } = context;
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
  if (!isScene(behaviour.sceneIds, SceneId, productCode)) {
    const hint: Hint = ['no-scene-id', { id: SceneId, product: productCode }];
    if (behaviour.onlyDeclaredSceneIds) return fail('404', {}, hint);
    note(hint);
  }
  const now = clock.now();
  if (CertNo !== undefined && isUnder14(CertNo, now)) return fail('405');
  const problem = await photoProblem(input, context);
  if (problem) return fail(problem[0], {}, problem[1]);
  const { dailyFailureLimit: limit } = behaviour;
  const failed = async (reasons: readonly string[], since: number) =>
    CertNo === undefined ? 0 : store.verifications.failuresSince(financialGrade.name, CertNo, reasons, since);
  if ((await failed(NO_SOURCE, 0)) > 0) return fail('417', {}, 'poisoned');
  if (limit > 0 && (await failed(Object.keys(subCodes), startOfDay(now))) >= limit)
    return fail('418', {}, ['daily-failure-limit', { limit }]);
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
  // real ones begin with `sha`
  const id = `sha${ids.token().slice(3)}`;
  const called = { kind: financialGrade.name, id, name: OuterOrderNo, scope: String(SceneId), shared: false };
  const person = { subject: CertNo, person: CertName };
  const life = { issued_at: now, expires_at: now + CERTIFY_MS };
  await store.write(...store.verifications.addRows({ ...called, ...person, ...life, data: JSON.stringify(data) }));
  return { CertifyId: id, CertifyUrl: platform === 'web' ? urls.certify(id, style) : undefined };
});

/** Where none is declared any is one. */
const isScene = (declared: readonly DeclaredSceneId[], id: number, code: string): boolean =>
  declared.length === 0 || declared.some((one) => one.id === id && (one.productCode ?? code) === code);
