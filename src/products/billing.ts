/**
 * What the vendor would bill: a verification once a person has come to an end of it, a check by what it found. Prices are
 * nobody's business here. Looked at by every call: the words of each rule stand in control/billing.ts.
 */
import type { Verification } from '../verification/verification.js';

/**
 * `check`: by BizCode. `numbers`: by ChargeCount. `ended`: when a verification of it has passed or failed. `answer`: each
 * success. What has none is not billed.
 */
export type Billing = 'check' | 'numbers' | 'ended' | 'answer';

const of = (path: string, billing: Billing, ...names: readonly string[]) =>
  names.map((name) => [`${path}/${name}`, billing] as const);

const CURRENT = 'cloudauth/2019-03-07';

export const billings: ReadonlyMap<string, Billing> = new Map([
  ...of(
    CURRENT,
    'check',
    ...['Id2MetaVerify', 'Id2MetaStandardVerify', 'Id2MetaPeriodVerify', 'Id2MetaVerifyWithOCR', 'Id3MetaVerify'],
    ...['Id3MetaVerifyWithOCR', 'Mobile2MetaVerify', 'Mobile3MetaSimpleVerify', 'Mobile3MetaSimpleStandardVerify'],
    ...['Mobile3MetaDetailVerify', 'Mobile3MetaDetailStandardVerify', 'MobileOnlineStatus', 'MobileOnlineTime'],
    ...['MobileRecycledMetaVerify', 'BankMetaVerify', 'VehicleMetaVerify', 'VehicleMetaVerifyV2', 'VehicleQuery'],
    ...['Vehicle5ItemQuery', 'VehicleInsureQuery'],
  ),
  ...of(CURRENT, 'numbers', 'MobileDetect'),
  ...of(CURRENT, 'ended', 'InitFaceVerify', 'ContrastFaceVerify', 'DescribeVerifyToken', 'VerifyMaterial'),
  ...of(CURRENT, 'answer', 'CompareFaceVerify', 'LivenessFaceVerify', 'AIGCFaceVerify', 'CompareFaces'),
  ...of(CURRENT, 'answer', 'DetectFaceAttributes', 'CredentialVerify', 'CredentialVerifyV2', 'DeepfakeDetect'),
  ...of('cloudauth/2017-11-17', 'ended', 'GetVerifyToken'),
  ...of('saf/2017-03-31', 'ended', 'face_verify.init', 'face_verify.initH5'),
  ...of('saf/2017-03-31', 'answer', 'face_verify.match'),
  ...of('saf/2019-05-21', 'answer', 'intl_face_verify'),
  ...of('saf/2018-09-19', 'answer', 'face_verify.match', 'intl_face_verify'),
  ...of('cloudauth-intl/2022-08-09', 'check', 'Id2MetaVerifyIntl', 'Mobile2MetaVerifyIntl', 'Mobile3MetaVerifyIntl'),
  ...of('cloudauth-intl/2022-08-09', 'check', 'BankMetaVerifyIntl'),
]);

/** How many things a successful answer has billed. */
export function billedIn(operation: string, result: object): number {
  const { BizCode, ChargeCount } = result as Readonly<Record<'BizCode' | 'ChargeCount', unknown>>;
  switch (billings.get(operation)) {
    case 'check':
      return BizCode === '1' || BizCode === '2' ? 1 : 0;
    case 'numbers':
      return Number(ChargeCount);
    case 'answer':
      return 1;
    default:
      return 0;
  }
}

/** The operation that has begun a verification, by its kind. */
const BEGUN_BY: Readonly<Record<string, (one: Pick<Verification, 'scope' | 'data'>) => string>> = {
  cloudauth: () => 'cloudauth/2017-11-17/GetVerifyToken',
  saf: ({ scope }) => `saf/2017-03-31/face_verify.${scope === 'h5' ? 'initH5' : 'init'}`,
  // ID_MIN is ContrastFaceVerify's, and no other's
  'financial-grade': ({ data }) =>
    `${CURRENT}/${JSON.parse(data).productCode === 'ID_MIN' ? 'ContrastFaceVerify' : 'InitFaceVerify'}`,
  classic: ({ data }) => `${CURRENT}/${JSON.parse(data).submitted ? 'VerifyMaterial' : 'DescribeVerifyToken'}`,
};

/** What an end is billed as; undefined where nothing came of it. */
export const billedAs = (one: Pick<Verification, 'kind' | 'scope' | 'data' | 'status'>): string | undefined =>
  one.status === 'passed' || one.status === 'failed' ? BEGUN_BY[one.kind]?.(one) : undefined;
