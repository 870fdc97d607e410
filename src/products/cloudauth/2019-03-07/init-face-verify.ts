/**
 * Starts a financial-grade verification. Any name and number will do: the help page's own are masked, and with SM2 both are
 * ciphertexts. What is wrong is told in the body; in which order is guessed, but that what is absent comes first.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { wordOf } from '../../../platform/hint.js';
import type { DeclaredSceneId } from '../../../verification/scene-id.js';
import { callbackOf } from '../../callback.js';
import { failureIn } from '../../outcome-of.js';
import { CERTIFY_MS, type FaceData, financialGrade, NO_SOURCE, subCodes } from '../financial-grade.js';
import { isUnder14, startOfDay } from './beijing.js';
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
  const photos = photosIn(input);
  if (productCode === 'PV_FV' && photos.length === 0) return fail('400', {}, ['needs-photo', { names: PHOTOS }]);
  if (photos.length > 1) return fail('420', {}, ['one-photo', { names: photos }]);
  if (!isScene(behaviour.sceneIds, SceneId, productCode))
    return fail('404', {}, ['no-scene-id', { id: SceneId, product: productCode }]);
  const now = clock.now();
  if (CertNo !== undefined && isUnder14(CertNo, now)) return fail('405');
  const { CertifyId: other } = input;
  const source = other === undefined ? undefined : await store.verifications.byId(other);
  if (other !== undefined && !(source?.kind === financialGrade.name && source.status === 'passed'))
    return fail('423', {}, ['not-passed', { id: wordOf(other) }]);
  if (CertNo !== undefined && (await store.verifications.failuresSince(CertNo, NO_SOURCE, 0)) > 0)
    return fail('417', {}, 'poisoned');
  const { dailyFailureLimit: limit } = behaviour;
  const failures = () => store.verifications.failuresSince(CertNo ?? '', Object.keys(subCodes), startOfDay(now));
  if (CertNo !== undefined && limit > 0 && (await failures()) >= limit)
    return fail('418', {}, ['daily-failure-limit', { limit }]);
  const callback = await callbackOf(input, context, (hint) => fail('401', {}, hint));
  if (platform === 'app' && ReturnUrl !== undefined) note('no-certify-url');
  const data: FaceData = {
    productCode,
    userId: UserId,
    returnUrl: platform === 'web' ? ReturnUrl : undefined,
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
  return { CertifyId: id, CertifyUrl: platform === 'web' ? urls.certify(id) : undefined };
});

const PHOTOS = ['FaceContrastPicture', 'FaceContrastPictureUrl', 'CertifyId', 'OssObjectName'] as const;

const photosIn = (input: { readonly [Name in (typeof PHOTOS)[number]]?: string }): string[] =>
  PHOTOS.filter((name) => input[name] !== undefined);

/** @param declared undefined: any is one */
const isScene = (declared: readonly DeclaredSceneId[] | undefined, id: number, code: string): boolean =>
  declared?.some((one) => one.id === id && (one.productCode ?? code) === code) ?? true;
