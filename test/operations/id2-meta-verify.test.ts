import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { identities } from '../../src/products/magic.js';
import { testIdNumber } from '../../src/verification/id-number.js';
import { type CallOptions, call, cloudauth2019 } from '../support/call.js';
import { saying } from '../support/hints.js';
import { withRules } from '../support/scenario.js';

const NUMBER = '330103199001011233';
const PERSON = { ParamType: 'normal', IdentifyNum: NUMBER, UserName: '张三' };
/** md5 of 张 and of 19900101. */
const HASHED = {
  ParamType: 'md5',
  IdentifyNum: '330103c82c1cd77fbd144003b1e476718f66ce1233',
  UserName: '6499fc7409049355527ef6a2ba5706b8三',
};

async function check(params: Record<string, string>, mock = createCloudauthMock(), options: CallOptions = {}) {
  const { status, json, headers } = await call(mock, cloudauth2019('Id2MetaVerify', params), options);
  return { status, json, hint: headers.get('x-cloudauth-mock-hint') };
}
const bizCode = async (params: Record<string, string>, mock = createCloudauthMock()) =>
  (await check(params, mock)).json.ResultObject?.BizCode;
const numberOf = (code: string): string =>
  identities.find(({ magic }) => 'fail' in magic && magic.fail === code)!.number;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

test('name and number of anybody belong together', async () => {
  const { status, json } = await check(PERSON);
  expect([status, json]).toEqual([
    200,
    { RequestId: json.RequestId, Code: '200', Message: 'success', ResultObject: { BizCode: '1' } },
  ]);
});

test.each([
  ['the name 测试通过', { UserName: '测试通过' }, '1'],
  ['the name 测试不通过', { UserName: '测试不通过' }, '2'],
  ['the name 测试退出: there is nothing to quit', { UserName: '测试退出' }, '1'],
  ['the number of 测试不通过', { IdentifyNum: testIdNumber(1) }, '2'],
  ['a number that fails a face verification', { IdentifyNum: testIdNumber(4) }, '2'],
  ['the number of Error.RealNameCheckFail', { IdentifyNum: numberOf('Error.RealNameCheckFail') }, '2'],
  ['the number of 520, an identity that is invalid', { IdentifyNum: numberOf('520') }, '3'],
  ['the number of 530, nothing to compare with', { IdentifyNum: numberOf('530') }, '3'],
  ['a number that only says what init answers', { IdentifyNum: numberOf('540') }, '1'],
  ['a suffix of the name', { UserName: '张三~status:2' }, '2'],
])('%s answers its BizCode', async (_who, params, expected) => {
  expect(await bizCode({ ...PERSON, ...params })).toBe(expected);
});

test('a number of another family’s code orders no error here', async () => {
  expect((await check({ ...PERSON, IdentifyNum: numberOf('402') })).json.Code).toBe('200');
});

test('a suffix of the name orders an error of the page', async () => {
  const { status, json, hint } = await check({ ...PERSON, UserName: '张三~fail:402' });
  expect([status, json.Code, json.Message, hint]).toEqual([200, '402', '权威源服务异常', await saying('magic-value')]);
});

test('a scenario’s outcome comes before the person’s', async () => {
  const mock = await withRules([{ on: 'Id2MetaVerify', then: { outcome: 'pass' } }]);
  expect(await bizCode({ ...PERSON, UserName: '测试不通过' }, mock)).toBe('1');
});

test('a scenario can make them differ', async () => {
  const mock = await withRules([{ on: 'Id2MetaVerify', times: 1, then: { outcome: 'fail' } }]);
  expect([await bizCode(PERSON, mock), await bizCode(PERSON, mock)]).toEqual(['2', '1']);
});

test('a missing parameter is told in the body, without a result', async () => {
  const { status, json } = await check({ ParamType: 'normal', IdentifyNum: NUMBER });
  expect([status, json]).toEqual([200, { RequestId: json.RequestId, Code: '400', Message: '参数不能为空' }]);
});

test.each([
  ['another ParamType', { ParamType: 'sha256' }, 'ParamType is one of normal, md5'],
  ['a number of 17 digits', { IdentifyNum: NUMBER.slice(1) }, 'IdentifyNum has 18 or 15 characters'],
  ['a digit in the name', { UserName: '张3' }, 'UserName has no digits'],
  ['a hashed number with normal', { IdentifyNum: HASHED.IdentifyNum }, 'IdentifyNum has 18 or 15 characters'],
  ['a plain number with md5', { ...HASHED, IdentifyNum: NUMBER }, /^IdentifyNum is 6 digits, md5 of the birthday/],
  ['a number hashed as a whole', { ...HASHED, IdentifyNum: md5(NUMBER) }, /^IdentifyNum is 6 digits/],
  ['upper-case hex', { ...HASHED, UserName: HASHED.UserName.toUpperCase() }, /^UserName is md5 of its first character/],
  ['a plain name with md5', { ...HASHED, UserName: '张三' }, /^UserName is md5 of its first character/],
])('%s is 401 in the body', async (_what, params, hint) => {
  const answer = await check({ ...PERSON, ...params });
  expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([200, '401', '参数非法']);
  expect(answer.hint).toMatch(hint);
});

test.each([
  ['an old number of 15 digits', { IdentifyNum: '330103900101123' }],
  ['X as the check digit', { IdentifyNum: '33010319900101123X' }],
  ['a name from abroad', { UserName: 'Zoë O’Neill·阿' }],
])('%s is taken', async (_what, params) => {
  expect(await bizCode({ ...PERSON, ...params })).toBe('1');
});

test('md5 takes the first character of the name and the birthday of the number hashed', async () => {
  expect(await bizCode(HASHED)).toBe('1');
});

test.each([
  ['a name', { UserName: `${md5('测')}试不通过` }, '2'],
  ['a number', { IdentifyNum: `990000${md5('19900307')}${numberOf('520').slice(14)}` }, '3'],
])('test people are known by %s that is hashed', async (_what, params, expected) => {
  expect(await bizCode({ ...HASHED, ...params })).toBe(expected);
});

test('GET works as POST does', async () => {
  expect((await check(PERSON, undefined, { method: 'GET' })).json.ResultObject).toEqual({ BizCode: '1' });
});

test('the number is masked in the journal', async () => {
  const mock = createCloudauthMock();
  await bizCode({ ...PERSON, IdentifyNum: NUMBER.slice(0, 15) }, mock);
  expect(JSON.stringify(await mock.requests())).not.toContain(NUMBER.slice(0, 15));
});
