/** What the information checks answer, and who decides it: rules, failNext, test values, test people. */
import '../../src/products/eager.js';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import { hashed } from '../../src/products/cloudauth/2019-03-07/checks/forms.js';
import { CODES } from '../../src/products/cloudauth/2019-03-07/checks/test-values.js';
import { versions } from '../../src/products/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { CHECKS, type CheckCase } from '../support/checks.js';
import { saying } from '../support/hints.js';
import { withRules } from '../support/scenario.js';

type Mock = ReturnType<typeof createCloudauthMock>;
type Texts = Readonly<Record<string, string>>;

async function ask(name: string, params: Texts = {}, mock: Mock = createCloudauthMock()) {
  const { status, json, headers } = await call(mock, cloudauth2019(name, { ...CHECKS[name]!.params, ...params }));
  return { status, json, result: json.ResultObject, hint: headers.get('x-cloudauth-mock-hint') };
}
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const numberOf = (code: string) => identities.find(({ magic }) => 'fail' in magic && magic.fail === code)!.number;

const checks = Object.entries(CHECKS);
const answers = checks.flatMap(([name, one]) =>
  Object.entries(one.answers).map(([code, said]): [string, string, CheckCase, Texts] => [
    name,
    code,
    one,
    said as Texts,
  ]),
);

test.each(checks)('%s: anybody’s data are right', async (name, { right }) => {
  const { status, json, result } = await ask(name);
  expect([status, json.Code, json.Message]).toEqual([200, '200', 'success']);
  expect(result).toMatchObject(right);
});

test.each(answers)('%s answers %s by a rule', async (name, code, _one, said) => {
  const mock = await withRules([{ on: name, times: 1, then: { outcome: `fail:${code}` } }]);
  expect((await ask(name, {}, mock)).result).toMatchObject(said);
  expect((await ask(name, {}, mock)).result).toMatchObject(CHECKS[name]!.right);
});

test.each(answers)('%s answers %s once by failNext', async (name, code, _one, said) => {
  const mock = createCloudauthMock();
  mock.failNext(name, code as never);
  expect((await ask(name, {}, mock)).result).toMatchObject(said);
  expect((await ask(name, {}, mock)).result).toMatchObject(CHECKS[name]!.right);
});

test.each(answers)('%s answers %s by a test value', async (name, code, { orders: [param, value] }, said) => {
  expect((await ask(name, { [param]: value(code) })).result).toMatchObject(said);
});

const version = versions.find((one) => one.version === '2019-03-07')!;

test('the table has every answer that rules can order', () => {
  const documented = checks.map(([name]) => {
    const reasons = version.find(name)!.honours!.outcome!.reasons.map(({ reason }) => reason);
    return [name, reasons.sort()];
  });
  expect(documented).toEqual(checks.map(([name, one]) => [name, Object.keys(one.answers).sort()]));
});

test('every code of three digits that some check answers is known by its hash', () => {
  const codes = checks.flatMap(([name]) => {
    const { honours, errors } = version.find(name)!;
    return [...Object.keys(errors), ...honours!.outcome!.reasons.map(({ reason }) => reason)];
  });
  expect(codes.filter((code) => /^\d{3}$/.test(code) && !CODES.includes(code))).toEqual([]);
});

test.each([
  ['UserName', '张三', '6499fc7409049355527ef6a2ba5706b8三'],
  ['IdentifyNum', '330103199001011233', '330103c82c1cd77fbd144003b1e476718f66ce1233'],
  ['BankCard', '6200000000123456', '6200000000e10adc3949ba59abbe56e057f20f883e'],
  ['VehicleNum', '浙A00012', `浙A000${md5('12')}`],
  ['Vin', 'LSV00000000001234', 'LSV000000000081dc9bdb52d04dc20036dbd8313ed055'],
] as const)('%s %s is hashed in part', (name, value, expected) => {
  expect(hashed(name, value)).toBe(expected);
});

test.each(['UserName', 'IdentifyNum', 'Mobile'] as const)('%s is hashed as a whole by the checks of phones', (name) => {
  expect(hashed(name, '123456', 'whole')).toBe('e10adc3949ba59abbe56e057f20f883e');
});

const PART = { UserName: hashed('UserName', '张三'), IdentifyNum: hashed('IdentifyNum', '330103199001011233') };
const WHOLE = { UserName: md5('张三'), IdentifyNum: md5('330103199001011233'), Mobile: md5('13900000000') };

test.each([
  ['a name', 'Id2MetaVerify', { ...PART, UserName: hashed('UserName', '测试不通过') }, { BizCode: '2' }],
  [
    'a number',
    'Id2MetaPeriodVerify',
    { ...PART, IdentifyNum: hashed('IdentifyNum', numberOf('520')) },
    { BizCode: '3' },
  ],
  ['a suffix', 'Id2MetaStandardVerify', { ...PART, UserName: `${PART.UserName}~fail:3` }, { BizCode: '3' }],
  ['all of a name', 'Mobile3MetaDetailVerify', { ...WHOLE, UserName: md5('测试不通过') }, { SubCode: '201' }],
  ['all of a number', 'Mobile3MetaDetailVerify', { ...WHOLE, IdentifyNum: md5(numberOf('530')) }, { SubCode: '301' }],
  [
    'a phone number',
    'Mobile3MetaDetailVerify',
    { ...WHOLE, Mobile: md5('18600000203') },
    { SubCode: '203', IspName: 'CUCC' },
  ],
  ['its time', 'MobileOnlineTime', { Mobile: md5('13300000002') }, { TimeCode: '2', IspName: 'CTCC' }],
  [
    'a card',
    'BankMetaVerify',
    { ...PART, Mobile: WHOLE.Mobile, BankCard: hashed('BankCard', '6217000000000210') },
    { SubCode: '210' },
  ],
  ['a plate', 'VehicleQuery', { VehicleNum: hashed('VehicleNum', '京B00301') }, { BizCode: '3' }],
  ['a VIN', 'VehicleInsureQuery', { Vin: hashed('Vin', 'LSV00000000000301') }, { BizCode: '3' }],
])('what %s orders is known by its hash too', async (_what, name, params, said) => {
  expect((await ask(name, { ParamType: 'md5', ...params })).result).toMatchObject(said);
});

test.each([
  ['Id2MetaVerify', PART],
  ['Mobile2MetaVerify', WHOLE],
  ['Mobile3MetaSimpleVerify', WHOLE],
  ['BankMetaVerify', { ...PART, Mobile: WHOLE.Mobile, BankCard: hashed('BankCard', '6217001234567890') }],
  ['VehicleMetaVerifyV2', { ...PART, VehicleNum: hashed('VehicleNum', '粤BD12345') }],
  ['VehicleInsureQuery', { Vin: hashed('Vin', 'LSVAA4182E2184847') }],
])('%s takes hashes of anybody', async (name, params) => {
  expect((await ask(name, { ParamType: 'md5', ...params })).result).toMatchObject({ BizCode: '1' });
});

test.each([
  [
    'a name that is hashed in part',
    'Mobile3MetaDetailVerify',
    { ...WHOLE, UserName: PART.UserName },
    /^UserName is md5 of all of it/,
  ],
  [
    'a phone number in the clear',
    'MobileOnlineStatus',
    { Mobile: '13900000000' },
    /^Mobile is md5 of all of it, .*849169|^Mobile is md5 of all of it/,
  ],
  [
    'a card in the clear',
    'BankMetaVerify',
    { ...PART, Mobile: WHOLE.Mobile },
    /^BankCard is all but its last 6 digits, then md5 of these/,
  ],
  [
    'a plate hashed as a whole',
    'VehicleQuery',
    { VehicleNum: md5('浙A00000') },
    /^VehicleNum is all but its last 2 characters/,
  ],
  ['a VIN in the clear', 'VehicleInsureQuery', {}, /^Vin is all but its last 4 characters/],
])('with md5 %s is 401', async (_what, name, params, hint) => {
  const answer = await ask(name, { ParamType: 'md5', ...params });
  expect([answer.status, answer.json.Code, answer.json.Message, answer.result]).toEqual([
    200,
    '401',
    '参数非法',
    undefined,
  ]);
  expect(answer.hint).toMatch(hint);
});

test.each([
  ['Mobile3MetaDetailVerify', { Mobile: '23900000000' }, 'Mobile is written like 19900000001.'],
  ['Mobile3MetaDetailVerify', { UserName: '张3' }, 'UserName has no digits.'],
  ['MobileOnlineTime', { Mobile: '1390000000' }, 'Mobile is written like 19900000001.'],
  ['BankMetaVerify', { BankCard: '62000000' }, 'BankCard is written like 6200000000000000.'],
  ['VehicleQuery', { VehicleNum: 'A00001' }, /^VehicleNum is written like .*A00001/],
  ['VehicleInsureQuery', { Vin: 'LSV0000000000000O' }, 'Vin is written like LSV00000000000001.'],
  ['MobileRecycledMetaVerify', { RegisterDate: '20210229' }, 'RegisterDate is a day, written like 20300131.'],
  ['Id2MetaPeriodVerify', { ValidityEndDate: '2040-01-01' }, 'ValidityEndDate is a day, written like 20300131.'],
  ['Id2MetaPeriodVerify', { ValidityEndDate: '20200228' }, 'ValidityEndDate is before ValidityStartDate.'],
  ['MobileDetect', { Mobiles: '13900000000,139' }, 'Mobile is written like 19900000001.'],
  ['MobileDetect', { Mobiles: Array(51).fill('13900000000').join() }, 'Mobiles has at most 50 values.'],
  ['CredentialVerify', { MerchantDetail: '{"Key":"a"}' }, /^MerchantDetail is the text of a JSON list/],
  ['DeepfakeDetect', { FaceUrl: 'face.jpg' }, 'FaceUrl is written like https://example.com/picture.jpg.'],
])('%s: a form that is wrong is 401 (%j)', async (name, params, hint) => {
  const answer = await ask(name, params as unknown as Texts);
  expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([200, '401', '参数非法']);
  expect(answer.hint).toMatch(hint);
});

test.each([
  ['BankMetaVerify', { ProductType: 'BANK_CARD_3_META', IdentifyNum: '' }, 'IdentifyNum'],
  ['BankMetaVerify', { Mobile: '' }, 'Mobile'],
  ['VehicleMetaVerify', { IdentifyNum: '' }, 'IdentifyNum'],
  ['CredentialVerify', { CredType: '02' }, 'MerchantId'],
])('%s lacks what another parameter requires (%j): 400', async (name, params, lacking) => {
  const { json, hint } = await ask(name, params as unknown as Texts);
  expect([json.Code, json.Message, hint]).toEqual(['400', '参数不能为空', `${lacking} is missing.`]);
});

test.each([
  ['BankMetaVerify', { ProductType: 'BANK_CARD_2_META', IdentifyNum: '', Mobile: '' }],
  ['VehicleMetaVerify', { VerifyMetaType: 'VEHICLE_2_META', IdentifyNum: '' }],
  ['Id2MetaPeriodVerify', { ValidityEndDate: '长期' }],
])('%s needs no more than its product does (%j)', async (name, params) => {
  expect((await ask(name, params as unknown as Texts)).result).toMatchObject({ BizCode: '1' });
});

test.each(['Id2MetaVerify', 'Mobile3MetaDetailVerify', 'BankMetaVerify', 'VehicleMetaVerify'])(
  '%s takes SM2 ciphertexts of anybody',
  async (name) => {
    const { Mobile, BankCard, VehicleNum, IdentifyNum } = CHECKS[name]!.params;
    const secret = (plain?: string) => (plain === undefined ? {} : '04b2c6f0a1'.repeat(25));
    const sent = Object.entries({ Mobile, BankCard, VehicleNum, IdentifyNum, UserName: '' })
      .filter(([, plain]) => plain !== undefined)
      .map(([param, plain]) => [param, secret(plain)]);
    expect((await ask(name, { ParamType: 'sm2', ...Object.fromEntries(sent) })).result).toMatchObject({ BizCode: '1' });
  },
);

test('a suffix orders an answer behind a ciphertext', async () => {
  const { result } = await ask('Mobile3MetaDetailVerify', { ParamType: 'sm2', UserName: '04b2c6f0a1~fail:204' });
  expect(result.SubCode).toBe('204');
});

test.each([
  ['the name 测试不通过', { UserName: '测试不通过' }, '201'],
  [
    'a number that fails a face verification for a reason of its own',
    { IdentifyNum: identities.find(({ meaning }) => meaning.includes('SubCode 202'))!.number },
    '201',
  ],
  ['a number that is in no record', { IdentifyNum: numberOf('520') }, '301'],
  ['a name before a phone number', { UserName: '张三~fail:204', Mobile: '13900000203' }, '204'],
  ['a phone number before a number', { Mobile: '13900000203', IdentifyNum: numberOf('520') }, '203'],
])('%s decides', async (_who, params, SubCode) => {
  expect((await ask('Mobile3MetaDetailVerify', params as unknown as Texts)).result.SubCode).toBe(SubCode);
});

test.each([
  ['Mobile3MetaDetailVerify', { Mobile: '13900000405' }, '405', '手机号不可查询'],
  ['MobileDetect', { Mobiles: '13900000101,13900000405' }, '405', '手机号不可查询'],
  ['VehicleQuery', { VehicleNum: '浙A00402' }, '402', '权威源服务异常'],
  ['DeepfakeDetect', { FaceUrl: 'https://img.local/me-406.jpg' }, '406', '检测不到人脸'],
  ['CredentialVerify', { ImageUrl: 'oss://bucket-1:cards/440.png' }, '440', 'OCR识别失败'],
])('%s answers an error that a test value orders (%j)', async (name, params, code, message) => {
  const { json, hint } = await ask(name, params as unknown as Texts);
  expect([json.Code, json.Message, hint]).toEqual([code, message, await saying('magic-value')]);
});

test.each([
  ['a test value', { Mobile: '13900000216' }],
  ['a suffix', { UserName: '张三~fail:216' }],
])('%s of a code that is another check’s orders nothing, and a hint says what there is', async (_what, params) => {
  const { result, hint } = await ask('Mobile3MetaDetailVerify', params as unknown as Texts);
  expect(result.SubCode).toBe('101');
  expect(hint).toMatch(/^Mobile3MetaDetailVerify documents no 216, .*there are 400, .*201, /);
});

test.each([
  ['13400000000', 'CMCC'],
  ['19800000000', 'CMCC'],
  ['13000000000', 'CUCC'],
  ['18600000000', 'CUCC'],
  ['13300000000', 'CTCC'],
  ['19900000000', 'CTCC'],
  ['19200000000', 'CBCC'],
  ['12300000000', 'CMCC'],
])('the operator of %s is %s', async (Mobile, IspName) => {
  expect((await ask('MobileOnlineStatus', { Mobile })).result.IspName).toBe(IspName);
});

test.each([md5('13912345678'), '133ec0f9e1eb7e9d8c0a2a0d2a5b1c3d'])(
  'the operator of the hash %s is CMCC',
  async (Mobile) => {
    expect((await ask('MobileOnlineStatus', { ParamType: 'md5', Mobile })).result.IspName).toBe('CMCC');
  },
);

test.each([
  [{ Mobile: '13900000203' }, 'value'],
  [{ UserName: '张三~fail:203' }, 'suffix'],
])('a hint says what decided (%j)', async (params, why) => {
  const { hint } = await ask('Mobile3MetaDetailVerify', params as unknown as Texts);
  expect(hint).toBe(await saying(['magic-decides', { why }]));
});

test('MobileDetect tells each number apart, and counts those there is an answer for', async () => {
  const { result } = await ask('MobileDetect', { Mobiles: '13900000000,18600000103,13300000301' });
  expect([result.ChargeCount, result.Items.map((item: { SubCode: string }) => item.SubCode)]).toEqual([
    '2',
    ['101', '103', '301'],
  ]);
});

test('MobileDetect knows hashes of test values, and no area of a hash', async () => {
  const Mobiles = `${md5('13900000104')},${md5('13912345678')}`;
  const { result } = await ask('MobileDetect', { ParamType: 'md5', Mobiles });
  expect(result.Items).toEqual([
    { Mobile: md5('13900000104'), BizCode: '2', SubCode: '104', IspName: 'CMCC' },
    { Mobile: md5('13912345678'), BizCode: '1', SubCode: '101', IspName: 'CMCC' },
  ]);
});

test('a face that is another’s scores below 90, and one nobody has a record of has no score', async () => {
  const score = async (UserName: string) => (await ask('Id3MetaVerify', { UserName })).result.FaceDetail;
  expect(JSON.parse(await score('张三')).verifyScore).toBeGreaterThanOrEqual(90);
  expect(JSON.parse(await score('张三~fail:2')).verifyScore).toBeLessThan(90);
  expect(await score('张三~fail:3')).toBeUndefined();
});

test('CredentialVerify reads and checks a document when it is asked to', async () => {
  const { result } = await ask('CredentialVerify', { IsOCR: '1', IsCheck: '1', UserName: '李四', CertNum: '46010' });
  expect([JSON.parse(result.OcrInfo), result.VerifyResult]).toEqual([{ name: '李四', certNo: '46010' }, '1']);
});

test('the texts of CredentialVerify’s merchant are taken as the SDK writes them', async () => {
  const MerchantDetail = JSON.stringify([{ Key: 'name', Value: '测试店' }]);
  expect((await ask('CredentialVerify', { MerchantDetail })).result.Result).toBe('0');
});

test('failNext names the codes there are for one that is none', () => {
  expect(() => createCloudauthMock().failNext('BankMetaVerify', '999' as never)).toThrow(
    "BankMetaVerify documents no error '999'",
  );
});

test('a rule names the answers there are for one that is none', async () => {
  const rules = withRules([{ on: 'VehicleQuery', then: { outcome: 'fail:216' } }]);
  await expect(rules).rejects.toThrow("VehicleQuery documents no error '216'");
});

test('the numbers of cards, phones and people are masked in the journal', async () => {
  const mock = createCloudauthMock();
  await ask('BankMetaVerify', { BankCard: '6217001234567890' }, mock);
  expect(JSON.stringify(await mock.requests())).not.toMatch(/6217001234567890|990000199003070013/);
});
