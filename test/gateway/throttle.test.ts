/** `--qps`: what is refused once a second has had its calls, and what is not. */
import { expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions, manualClock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2017, cloudauth2019 } from '../support/call.js';
import { saying } from '../support/hints.js';
import { SAF_PERSON, saf } from '../support/scenario.js';

const START = Date.parse('2026-01-01T00:00:00Z');

function house(options: MockOptions = {}) {
  const clock = manualClock(START);
  const mock = createCloudauthMock({ clock, ...options });
  const send = (params: Record<string, string>, more: CallOptions = {}) =>
    call(mock, params, { at: clock.now(), ...more });
  /** @returns what the last of so many was answered */
  async function times(n: number, params: Record<string, string>, more: CallOptions = {}) {
    for (let made = 1; made < n; made++) await send(params, more);
    return send(params, more);
  }
  return { mock, clock, send, times, [Symbol.asyncDispose]: () => mock.close() };
}

const CHECK = cloudauth2019('Id2MetaVerify', {
  ParamType: 'normal',
  UserName: '张三',
  IdentifyNum: '330103199001011233',
});
const DELETE = cloudauth2019('DeleteFaceVerifyResult', { CertifyId: 'sha1' });
const TOKEN = cloudauth2019('DescribeOssUploadToken');

test('one more than a second may have is refused in the words of the platform, and the hint says what to do', async () => {
  await using one = house({ qps: 2 });
  expect((await one.times(2, TOKEN)).status).toBe(200);
  const { status, json, headers } = await one.send(TOKEN);
  expect([status, json.Code, json.Message]).toEqual([
    400,
    'Throttling.User',
    'Request was denied due to user flow control.',
  ]);
  expect(headers.get('x-cloudauth-mock-hint')).toBe(
    await saying(['throttled', { operation: 'DescribeOssUploadToken', limit: 2 }]),
  );
});

test('the next second begins anew', async () => {
  await using one = house({ qps: 1 });
  await one.times(2, TOKEN);
  one.clock.advance('1s');
  expect((await one.send(TOKEN)).status).toBe(200);
});

test('each operation and each account has its own', async () => {
  await using one = house({ qps: 1 });
  await one.send(TOKEN);
  expect((await one.send(CHECK)).status).toBe(200);
  expect((await one.send(TOKEN, { accessKeyId: 'LTAImockOther' })).status).toBe(200);
});

test('keys of one account share it', async () => {
  await using one = house({ qps: 1, accessKeys: ['second:secret'] });
  await one.send(TOKEN);
  const { json } = await one.send(TOKEN, { accessKeyId: 'second', secret: 'secret' });
  expect(json.Code).toBe('Throttling.User');
});

test.each([
  ['Id2MetaVerify', CHECK, 50],
  ['DeleteFaceVerifyResult', DELETE, 10],
])('--qps documented: %s', async (_name, params, limit) => {
  await using one = house({ qps: 'documented' });
  expect((await one.times(limit, params)).json.Code).not.toBe('Throttling.User');
  expect((await one.send(params)).json.Code).toBe('Throttling.User');
});

test('--qps documented leaves alone what no page names', async () => {
  await using one = house({ qps: 'documented' });
  expect((await one.times(60, TOKEN)).status).toBe(200);
});

test.each([
  ['cloudauth-intl.ap-southeast-1.aliyuncs.com', 10],
  ['cloudauth-intl.ap-southeast-5.aliyuncs.com', 3],
])('the international product by region: %s, %i a second, then 403', async (host, limit) => {
  await using one = house({ qps: 'documented' });
  const check = { Version: '2022-08-09', Action: 'CheckResult', MerchantBizId: 'b', TransactionId: 't' };
  const more = { url: `https://${host}/` };
  expect((await one.times(limit, check, more)).status).toBe(200);
  const { status, json } = await one.send(check, more);
  expect([status, json.Code, json.Message]).toEqual([
    403,
    'Throttling.Api',
    'Request was denied due to api flow control.',
  ]);
});

test('SAF says it as its own page does, in a body with HTTP 200', async () => {
  await using one = house({ qps: 1 });
  const at = { at: one.clock.now() };
  await saf(one.mock, { method: 'init', ...SAF_PERSON, metainfo: '{}' }, at);
  const said = await saf(one.mock, { method: 'init', ...SAF_PERSON, metainfo: '{}' }, at);
  expect(said).toMatchObject({ Code: 402, Message: '日QPS超过已购规格，限流。' });
});

test('unless it is asked for, nobody is throttled', async () => {
  await using one = house();
  expect((await one.times(80, TOKEN)).status).toBe(200);
});

test('a refused call changes nothing', async () => {
  await using one = house({ qps: 1 });
  await one.send(cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'a' }));
  await one.send(cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'b' }));
  expect((await one.mock.verifications.list()).map(({ id }) => id)).toEqual(['a']);
});

test.each<[string, string, Record<string, string>, CallOptions]>([
  ['signature before throttling', 'SignatureDoesNotMatch', TOKEN, { secret: 'wrong' }],
  ['method before throttling', 'UnsupportedHTTPMethod', cloudauth2019('DescribeRPSDK'), { method: 'GET' }],
  ['throttling before business parameters', 'Throttling.User', cloudauth2019('DescribeRPSDK'), {}],
])('%s', async (_title, code, params, options) => {
  await using one = house({ qps: 1 });
  await one.send(params);
  expect((await one.send(params, options)).json.Code).toBe(code);
});

test.each(['0', '-1', 'some', '1000000'])('%s is no number of calls a second', (qps) => {
  expect(() => createCloudauthMock({ qps })).toThrow(
    `--qps: '${qps}' is not off, documented, or a whole number from 1 to 999999`,
  );
});

test('a clock that goes back begins anew', async () => {
  await using one = house({ qps: 1, signature: 'off' });
  await one.send(TOKEN);
  one.clock.advance('-1s');
  expect((await one.send(TOKEN)).status).toBe(200);
});
