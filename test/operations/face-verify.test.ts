import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type ErrorCode, type MockOptions } from '../../src/index.js';
import { call, faceVerify } from '../support/call.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const PERSON = { name: '张三', certNumber: '990000199003070013', metainfo: '{"appName":"demo"}' };

const send = async (mock: Mock, members: Record<string, unknown>) => (await call(mock, faceVerify(members))).json;
const init = async (mock: Mock, more = {}) => (await send(mock, { method: 'init', ...PERSON, ...more })).Data;
const query = (mock: Mock, ids: object) => send(mock, { method: 'query', ...ids });

test('init → query: the simulated person passes, and the answer has no Data', async () => {
  await using mock = createCloudauthMock();
  const reply = await query(mock, await init(mock));
  expect(Object.keys(reply)).toEqual(['Message', 'Code', 'RequestId']);
  expect(reply).toMatchObject({ Message: 'OK', Code: 200 });
});

test.each(['1', 1])('returnImage %j gives a JPEG in url-safe base64', async (returnImage) => {
  await using mock = createCloudauthMock();
  const reply = await query(mock, { ...(await init(mock)), returnImage });
  const bytes = Buffer.from(reply.Data.image, 'base64url');
  expect(reply.Data.image).toMatch(/^[\w-]+$/);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
});

test('ids have the documented formats', async () => {
  await using mock = createCloudauthMock();
  const { queryId, bizId } = await init(mock);
  expect(queryId).toMatch(/^[0-9a-f]{32}$/);
  expect(bizId).toMatch(/^ZSTP20\d{6}\d{20}$/);
});

test('an init that brings a bizId gets it back', async () => {
  await using mock = createCloudauthMock();
  expect((await init(mock, { bizId: 'merchant_1' })).bizId).toBe('merchant_1');
});

test('polls:1 shows 300, then 200', async () => {
  await using mock = createCloudauthMock({ device: 'polls:1' });
  const ids = await init(mock);
  const [first, second] = [await query(mock, ids), await query(mock, ids)];
  expect([first.Code, first.Message, second.Code]).toEqual([300, '刷脸认证未完成，请稍后再试。', 200]);
});

test('after the session has ended nobody finishes it any more', async () => {
  await using mock = createCloudauthMock();
  const ids = await init(mock);
  await mock.clock.advance('31m');
  expect((await query(mock, ids)).Code).toBe(300);
});

test('a query is repeatable', async () => {
  await using mock = createCloudauthMock();
  const ids = await init(mock);
  expect([(await query(mock, ids)).Code, (await query(mock, ids)).Code]).toEqual([200, 200]);
});

test.each<[string, (ids: Record<string, string>) => object]>([
  ['an unknown queryId', ({ bizId }) => ({ bizId, queryId: 'nope' })],
  ['another bizId', ({ queryId }) => ({ queryId, bizId: 'nope' })],
  ['a missing bizId', ({ queryId }) => ({ queryId })],
  ['no ids', () => ({})],
])('%s is Z8301', async (_title, change) => {
  await using mock = createCloudauthMock();
  const reply = await query(mock, change(await init(mock)));
  expect([reply.Code, reply.Message]).toEqual([
    500,
    'query接口调用失败，INVALID_PARAMETER：抱歉，系统出错了，请您稍后再试(Z8301)（Z8301）',
  ]);
});

test('a mobile session cannot be asked for through queryH5', async () => {
  await using mock = createCloudauthMock();
  const { queryId, bizId } = await init(mock);
  const reply = await send(mock, { method: 'queryH5', zimId: queryId, bizId });
  expect(reply.Message).toContain('Z8301');
});

test('initH5 → queryH5 goes by zimId', async () => {
  await using mock = createCloudauthMock();
  const { Data } = await send(mock, { method: 'initH5', ...PERSON });
  expect(Object.keys(Data)).toEqual(['zimId', 'bizId']);
  expect((await send(mock, { method: 'queryH5', ...Data, returnImage: '1' })).Data).toHaveProperty('image');
});

test.each(['queryId', 'bizId'])('verifications.fail by %s answers the row it names, and again', async (by) => {
  await using mock = createCloudauthMock();
  const ids = await init(mock);
  await mock.verifications.fail(ids[by], 'Z1146');
  const replies = [await query(mock, ids), await query(mock, ids)];
  expect(replies.map(({ Message }) => Message)).toEqual(
    Array(2).fill('query接口调用失败，NOT_SAME_PERSON：抱歉，没有认出您(Z1146)（Z1146）'),
  );
});

test('verifications.fail refuses a code no query documents, and says which there are', async () => {
  await using mock = createCloudauthMock();
  const { queryId } = await init(mock);
  await expect(mock.verifications.fail(queryId, 'Z9999')).rejects.toThrow('500, Z8301, Z1146, Z8302, Z8399');
});

test('verifications.fail refuses 300, which would mean it has not ended', async () => {
  await using mock = createCloudauthMock();
  const { queryId } = await init(mock);
  await expect(mock.verifications.fail(queryId, '300')).rejects.toThrow("documents no error '300'");
});

const failTimes = async (mock: Mock, times: number) => {
  for (let n = 0; n < times; n++) await mock.verifications.fail((await init(mock)).queryId);
};

test('after five failures within 24 h init answers 540, for that certNumber only', async () => {
  await using mock = createCloudauthMock();
  await failTimes(mock, 5);
  const same = await send(mock, { method: 'init', ...PERSON });
  const other = await send(mock, { method: 'initH5', ...PERSON, certNumber: 'another' });
  expect([same.Code, same.Message, other.Code]).toEqual([540, '刷脸失败次数过多，请您稍后再试', 200]);
});

test('failures that are no person’s do not count', async () => {
  await using mock = createCloudauthMock();
  for (let n = 0; n < 6; n++) await mock.verifications.fail((await init(mock)).queryId, 'Z8302');
  expect((await send(mock, { method: 'init', ...PERSON })).Code).toBe(200);
});

test('24 h later it is forgotten', async () => {
  await using mock = createCloudauthMock();
  await failTimes(mock, 5);
  await mock.clock.advance('25h');
  expect((await send(mock, { method: 'init', ...PERSON })).Code).toBe(200);
});

test.each([
  [0, 200],
  [1, 540],
])('--failure-limit %i', async (failureLimit, code) => {
  await using mock = createCloudauthMock({ failureLimit });
  await failTimes(mock, 1);
  expect((await send(mock, { method: 'init', ...PERSON })).Code).toBe(code);
});

test.each([
  ['metainfo', 510, '初始化时传入参数不正确'],
  ['name', 400, 'init接口失败，name/certNumber不能为空'],
])('detailed: init without %s', async (name, code, message) => {
  await using mock = createCloudauthMock();
  const reply = await send(mock, { method: 'init', ...PERSON, [name]: undefined });
  expect([reply.Code, reply.Message]).toEqual([code, message]);
});

const NO_TEXT = [{}, [], false, true, 5, 1.5, ['a']];
const refusedAs = async (members: Record<string, unknown>) => {
  await using mock = createCloudauthMock();
  const reply = await call(mock, faceVerify(members));
  return [reply.status, reply.json.Code, reply.json.Message, reply.headers.get('x-cloudauth-mock-hint')];
};

describe.each(NO_TEXT.map((value) => ({ value })))('$value, which is no text', ({ value }) => {
  test.each<[string, string, object, number, string]>([
    ['init', 'name', PERSON, 400, 'init接口失败，name/certNumber不能为空'],
    ['init', 'certNumber', PERSON, 400, 'init接口失败，name/certNumber不能为空'],
    ['initH5', 'name', PERSON, 400, 'init接口失败，name/certNumber不能为空'],
    ['init', 'bizId', PERSON, 400, '参数ServiceParameters不合法。'],
    ['match', 'imgbase64', { ...PERSON, metainfo: undefined }, 400, 'imgbase64不能为空'],
    ['query', 'queryId', { bizId: 'x' }, 500, expect.stringContaining('Z8301') as unknown as string],
  ])('is refused by %s as %s', async (method, name, others, code, message) => {
    expect(await refusedAs({ method, ...others, [name]: value })).toEqual([
      ...[200, code, message],
      expect.stringMatching(new RegExp(`^${name} has to be a text, but is (an object|a list|a boolean|a number)\\.$`)),
    ]);
  });
});

test.each([[[]], [false], [5]])('metainfo %j is refused with 510', async (metainfo) => {
  expect((await refusedAs({ method: 'init', ...PERSON, metainfo }))[1]).toBe(510);
});

test('an empty Service is as absent', async () => {
  await using mock = createCloudauthMock();
  const { status, json } = await call(mock, { ...faceVerify({ method: 'init', ...PERSON }), Service: '' });
  expect([status, json.Code]).toEqual([400, 'MissingService']);
});

test('metainfo may be a JSON object', async () => {
  await using mock = createCloudauthMock();
  expect(await init(mock, { metainfo: { appName: 'demo' } })).toHaveProperty('queryId');
});

test('match succeeds without Data', async () => {
  await using mock = createCloudauthMock();
  const reply = await send(mock, { method: 'match', name: 'a', certNumber: 'b', imgbase64: '/9j/' });
  expect(reply).toEqual({ Message: 'OK', Code: 200, RequestId: expect.any(String) });
});

const unified: MockOptions = { safCodes: 'unified' };

test.each<[string, object, number, string]>([
  ['a missing name', { method: 'init', ...PERSON, name: '' }, 400, 'name不能为空'],
  ['a missing metainfo', { method: 'init', ...PERSON, metainfo: '' }, 400, 'metainfo不能为空'],
  ['a missing queryId', { method: 'query', bizId: 'x' }, 400, 'queryId不能为空'],
  ['unknown ids', { method: 'query', bizId: 'x', queryId: 'y' }, 400, '参数ServiceParameters不合法。'],
  ['an unknown method', { method: 'nope' }, 400, '参数ServiceParameters不合法。'],
])('unified: %s', async (_title, members, code, message) => {
  await using mock = createCloudauthMock(unified);
  const reply = await send(mock, { ...members });
  expect([reply.Code, reply.Message]).toEqual([code, message]);
});

test.each([
  ['face_verify.init', 'B110', 500, '服务器内部错误'],
  ['face_verify.init', 'Z1108', 500, '服务器内部错误'],
  ['face_verify.init', '510', 400, '初始化时传入参数不正确'],
  ['face_verify.init', '520', 400, '请求参数中的用户身份信息无效，请填写正确的身份信息'],
  ['face_verify.init', '530', 500, '服务器内部错误'],
  ['face_verify.init', '402', 402, '日QPS超过已购规格，限流。'],
  ['face_verify.init', '403', 403, '权限不足，服务未开通或已到期。'],
  ['face_verify.init', '400', 400, 'name不能为空'],
  ['face_verify.init', 'Z8102', 403, '权限不足，服务未开通或已到期。'],
])('unified: %s failing with %s answers %i %s', async (operation, code, expected, message) => {
  await using mock = createCloudauthMock(unified);
  mock.failNext(operation, code as ErrorCode);
  const reply = await send(mock, { method: 'init', ...PERSON });
  expect([reply.Code, reply.Message]).toEqual([expected, message]);
});

test('unified: a query of a tenant without the product is 403', async () => {
  await using mock = createCloudauthMock(unified);
  mock.failNext('face_verify.query', 'Z8302');
  const reply = await query(mock, await init(mock));
  expect([reply.Code, reply.Message]).toEqual([403, '权限不足，服务未开通或已到期。']);
});

test('unified: a failed verification is 400 with the reason, an unfinished one stays 300', async () => {
  await using mock = createCloudauthMock({ ...unified, device: 'manual' });
  const ids = await init(mock);
  const before = await query(mock, ids);
  await mock.verifications.fail(ids.queryId);
  const after = await query(mock, ids);
  expect([before.Code, after.Code, after.Message]).toEqual([300, 400, '抱歉，没有认出您(Z1146)']);
});

test('the mode is an account’s own', async () => {
  await using mock = createCloudauthMock({ safCodes: ['unified@LTAImockUnified'] });
  const params = faceVerify({ method: 'init', ...PERSON, name: '' });
  const mine = await call(mock, params, { accessKeyId: 'LTAImockUnified' });
  const default_ = await call(mock, params);
  expect([mine.json.Message, default_.json.Message]).toEqual(['name不能为空', 'init接口失败，name/certNumber不能为空']);
});

test.each(['no json', '[]', '""', 'null', '1'])(
  'ServiceParameters %s is Code 400 with HTTP 200',
  async (ServiceParameters) => {
    await using mock = createCloudauthMock();
    const reply = await call(mock, { ...faceVerify({}), ServiceParameters });
    expect([reply.status, reply.json.Code]).toEqual([200, 400]);
  },
);

test.each(['intl_face_verify', 'constructor', ' '])('Service “%s” is Code 404', async (Service) => {
  await using mock = createCloudauthMock();
  const reply = await call(mock, { ...faceVerify({}), Service });
  expect(reply.json).toMatchObject({ Code: 404, Message: '参数Service不合法。' });
});

test('an absent Service is the gateway’s MissingService', async () => {
  await using mock = createCloudauthMock();
  const { status, json } = await call(mock, {
    Version: '2017-03-31',
    Action: 'ExecuteRequest',
    ServiceParameters: '{}',
  });
  expect([status, json.Code]).toEqual([400, 'MissingService']);
});
