/** The information checks as their pages tell them: a call of each, and every answer it can give. */

export interface CheckCase {
  /** Of somebody whose data are right. */
  readonly params: Readonly<Record<string, string>>;
  readonly right: Readonly<Record<string, unknown>>;
  /** By what a rule or failNext calls it: the members that say it. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The parameter whose test values order these, and what such a value is like. */
  readonly orders: readonly [param: string, value: (code: string) => string];
}

const NUMBER = { IdentifyNum: '990000199003070013' };
const PERSON = { ParamType: 'normal', UserName: '张三', ...NUMBER };
const MOBILE = { Mobile: '13900000000' };
const PICTURE = 'https://img.local/x.jpg';

const biz = { '2': { BizCode: '2' }, '3': { BizCode: '3' } };
const sub = (...codes: readonly (readonly [biz: string, ...subs: string[]])[]) =>
  Object.fromEntries(codes.flatMap(([BizCode, ...subs]) => subs.map((SubCode) => [SubCode, { BizCode, SubCode }])));
const from = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => String(first + at));

const suffix: CheckCase['orders'] = ['UserName', (code) => `张三~fail:${code}`];
/** The answers without a SubCode are ordered as 201 and 301. */
const spelt = (code: string) => (code.length === 1 ? `${code}01` : /^TimeCode/.test(code) ? `00${code.at(-1)}` : code);
const byMobile: CheckCase['orders'] = ['Mobile', (code) => `13900000${spelt(code)}`];

const ID2 = { params: PERSON, right: { BizCode: '1' }, answers: biz, orders: suffix };
const owned = { params: { ...PERSON, ...MOBILE }, orders: byMobile };
const SIMPLE = { ...owned, right: { BizCode: '1', IspName: 'CMCC' }, answers: biz };
const OWNER = sub(['2', ...from(201, 204)], ['3', '301']);
const DETAIL = { ...owned, right: { BizCode: '1', IspName: 'CMCC', SubCode: '101' }, answers: OWNER };
const ONE = { ParamType: 'normal', ...MOBILE };
const VEHICLE = { ParamType: 'normal', VehicleNum: '浙A00000', VehicleType: '02' };
const facts = (name: string) => ({ BizCode: '1', VehicleInfo: jsonWith(name) });
const byPlate: CheckCase['orders'] = ['VehicleNum', (code) => `浙A00${spelt(code)}`];

/** A JSON text that has a member. */
function jsonWith(member: string) {
  return {
    asymmetricMatch: (text: unknown) => typeof text === 'string' && member in JSON.parse(text),
    toString: () => `a JSON text with ${member}`,
  };
}

const risks = (tags: readonly string[], usual: string) => ({
  '1': { Result: '1', RiskTag: usual },
  '2': { Result: '2' },
  ...Object.fromEntries(tags.map((tag) => [tag, { Result: '1', RiskTag: tag }])),
});
const DOCUMENT = {
  params: { CredType: '01', CredName: '0104', ImageUrl: PICTURE },
  right: { Result: '0', RiskTag: '', OcrInfo: '' },
  answers: risks(['PS', 'SCREEN_PHOTO', 'WATERMARK'], 'PS,SCREEN_PHOTO'),
  orders: ['ImageUrl', (code: string) => `https://img.local/card-${code}.png?x=1`],
} as const;
const OWNED = { ...VEHICLE, UserName: '张三', VerifyMetaType: 'VEHICLE_3_META', ...NUMBER };

const OCR = {
  params: { CertUrl: PICTURE },
  answers: biz,
  orders: ['CertUrl', (code: string) => `https://img.local/card-${spelt(code)}.png`],
} as const;

export const CHECKS: Readonly<Record<string, CheckCase>> = {
  Id2MetaVerify: ID2,
  Id2MetaStandardVerify: ID2,
  Id2MetaPeriodVerify: {
    ...ID2,
    params: { ...PERSON, ValidityStartDate: '20200229', ValidityEndDate: '20400229' },
  },
  Id3MetaVerify: {
    ...ID2,
    params: { ...PERSON, FaceUrl: PICTURE },
    right: { BizCode: '1', FaceDetail: jsonWith('verifyScore') },
  },
  Mobile2MetaVerify: { ...SIMPLE, params: { ParamType: 'normal', UserName: '张三', ...MOBILE } },
  Mobile3MetaSimpleVerify: SIMPLE,
  Mobile3MetaSimpleStandardVerify: SIMPLE,
  Mobile3MetaDetailVerify: DETAIL,
  Mobile3MetaDetailStandardVerify: DETAIL,
  MobileOnlineStatus: { ...DETAIL, params: ONE },
  MobileOnlineTime: {
    ...SIMPLE,
    params: ONE,
    right: { BizCode: '1', IspName: 'CMCC', TimeCode: '5' },
    answers: {
      ...Object.fromEntries(
        ['1', '2', '3', '4', '5'].map((TimeCode) => [`TimeCode${TimeCode}`, { BizCode: '1', TimeCode }]),
      ),
      '3': { BizCode: '3' },
    },
  },
  MobileRecycledMetaVerify: {
    ...DETAIL,
    params: { ...ONE, RegisterDate: '20200229' },
    answers: sub(['1', '102', '103'], ['3', '301']),
  },
  MobileDetect: {
    params: { ParamType: 'normal', Mobiles: '13900000000' },
    right: {
      ChargeCount: '1',
      Items: [{ Mobile: '13900000000', BizCode: '1', SubCode: '101', IspName: 'CMCC', Area: '浙江-杭州' }],
    },
    answers: Object.fromEntries(
      Object.entries(sub(['2', ...from(102, 105)], ['3', '301'])).map(([code, item]) => [code, { Items: [item] }]),
    ),
    orders: ['Mobiles', byMobile[1]],
  },
  BankMetaVerify: {
    params: {
      ...{ ...PERSON, ...MOBILE, BankCard: '6200000000000000' },
      ...{ ProductType: 'BANK_CARD_4_META', VerifyMode: 'VERIFY_BANK_CARD', IdentityType: '01' },
    },
    right: { BizCode: '1', SubCode: '101' },
    answers: sub(['2', ...from(201, 216)], ['3', ...from(301, 306)]),
    orders: ['BankCard', (code) => `6200000000000${code}`],
  },
  VehicleMetaVerify: { params: OWNED, right: { BizCode: '1' }, answers: biz, orders: byPlate },
  VehicleMetaVerifyV2: { params: OWNED, right: facts('engineNum'), answers: biz, orders: byPlate },
  VehicleQuery: { params: VEHICLE, right: facts('usePropertyDesc'), answers: { '3': biz['3'] }, orders: byPlate },
  Vehicle5ItemQuery: { params: VEHICLE, right: facts('type'), answers: { '3': biz['3'] }, orders: byPlate },
  VehicleInsureQuery: {
    params: { ParamType: 'normal', Vin: 'LSV00000000000000' },
    right: facts('firstInsuranceDate'),
    answers: { '3': biz['3'] },
    orders: ['Vin', (code) => `LSV00000000000${spelt(code)}`],
  },
  CredentialVerify: DOCUMENT,
  CredentialVerifyV2: DOCUMENT,
  DeepfakeDetect: {
    params: { OuterOrderNo: 'order-1', FaceInputType: 'IMAGE', FaceUrl: PICTURE },
    right: { Result: '0', RiskTag: '' },
    answers: risks(
      ['SuspectDeepForgery', 'SuspectPSFace', 'SuspectTemple', 'SuspectRemake'],
      'SuspectDeepForgery,SuspectPSFace',
    ),
    orders: ['OuterOrderNo', (code) => `order-1~fail:${code}`],
  },
  Id2MetaVerifyWithOCR: { ...OCR, right: { BizCode: '1', CardInfo: jsonWith('certNo') } },
  Id3MetaVerifyWithOCR: {
    ...OCR,
    right: { BizCode: '1', CardInfo: jsonWith('certNo'), FaceDetail: jsonWith('verifyScore') },
  },
};
