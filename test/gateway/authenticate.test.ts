import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseTimestamp } from '../../src/gateway/common-params.js';
import { createCloudauthMock, manualClock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2017, cloudauth2019, read, signedRequest } from '../support/call.js';
import { saying } from '../support/hints.js';

const NOW = Date.parse('2026-03-04T05:06:07Z');
const token = cloudauth2019('DescribeOssUploadToken');
const codeOf = async (options: CallOptions, mock = createCloudauthMock({ clock: manualClock(NOW) })) =>
  (await call(mock, token, { at: NOW, ...options })).json.Code;

test.each([
  [-15 * 60, undefined],
  [15 * 60, undefined],
  [-15 * 60 - 1, 'InvalidTimeStamp.Expired'],
  [15 * 60 + 1, 'InvalidTimeStamp.Expired'],
])('a timestamp %i s off', async (seconds, code) => {
  expect(await codeOf({ at: NOW + seconds * 1000 })).toBe(code);
});

test('local time sent as UTC is named in the hint', async () => {
  const reply = await call(createCloudauthMock({ clock: manualClock(NOW) }), token, { at: NOW + 8 * 3_600_000 });
  expect(reply.headers.get('x-cloudauth-mock-hint')).toBe(await saying(['local-time', { seconds: 28_800 }]));
});

test.each([
  ['2014-7-29T12:00:00Z', '2014-07-29T12:00:00Z'],
  ['2014-7-9T12:00:00Z', '2014-07-09T12:00:00Z'],
  ['2018-07-05T08:24:38.312Z', '2018-07-05T08:24:38Z'],
  ['2017-11-11T12:00:00Z', '2017-11-11T12:00:00Z'],
])('the timestamp %s is read', (text, same) => {
  expect(parseTimestamp(text)).toBe(Date.parse(same));
});

test.each([
  '2014-13-01T12:00:00Z',
  '2014-02-30T12:00:00Z',
  '2014-02-03 12:00:00',
  '2014-02-03T25:00:00Z',
  '2014-02-03T12:00:00+08:00',
  '1393675200',
  '',
])('the timestamp “%s” is not', (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});

const fileFor = (where: string) =>
  where === 'file' ? join(mkdtempSync(join(tmpdir(), 'cloudauth-mock-')), 'state.db') : where;

test.each([
  [':memory:', 'writes', cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' })],
  ['file', 'writes', cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' })],
  [':memory:', 'fails', cloudauth2019('DescribeRPSDK')],
  ['file', 'fails', cloudauth2019('DescribeRPSDK')],
])('of ten identical calls at once one is answered (%s, one that %s)', async (where, _what, params) => {
  await using mock = createCloudauthMock({ db: fileFor(where) });
  const request = signedRequest(params);
  const replies = await Promise.all(Array.from({ length: 10 }, async () => read(await mock.fetch(request.clone()))));
  expect(replies.filter(({ json }) => json.Code !== 'SignatureNonceUsed')).toHaveLength(1);
});

test.each([
  ['succeeded', cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' }), {}],
  ['asked only', cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 't' }), {}],
  ['lacked a parameter', cloudauth2019('DescribeRPSDK'), {}],
  ['had the wrong method', cloudauth2019('DescribeRPSDK'), { method: 'GET' }],
  ['failed', cloudauth2017('GetStatus', { Biz: 'Nope', TicketId: 't' }), {}],
])('the nonce of a call that %s is still used after a restart', async (_how, params, options) => {
  const db = fileFor('file');
  const common = { SignatureNonce: 'once' };
  const codes = [];
  for (const _start of [1, 2]) {
    await using mock = createCloudauthMock({ db });
    codes.push((await call(mock, params, { ...options, common })).json.Code);
  }
  expect(codes.map((code) => code === 'SignatureNonceUsed')).toEqual([false, true]);
});

test.each([':memory:', 'file'])('a nonce may come back after 15 minutes, not before (%s)', async (where) => {
  const clock = manualClock(NOW);
  await using mock = createCloudauthMock({ clock, db: fileFor(where) });
  const use = () => codeOf({ at: clock.now(), common: { SignatureNonce: 'same' } }, mock);
  const codes = [await use()];
  for (const wait of ['14m', '61s', '1s', '16m', '31m']) {
    clock.advance(wait);
    codes.push(await use());
  }
  expect(codes).toEqual([undefined, 'SignatureNonceUsed', undefined, 'SignatureNonceUsed', undefined, undefined]);
});

test('a nonce belongs to its AccessKeyId', async () => {
  const mock = createCloudauthMock({ clock: manualClock(NOW) });
  const common = { SignatureNonce: 'same' };
  expect([await codeOf({ common }, mock), await codeOf({ common, accessKeyId: 'LTAImockB' }, mock)]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a wrong signature does not use up the nonce', async () => {
  const mock = createCloudauthMock({ clock: manualClock(NOW) });
  const common = { SignatureNonce: 'same' };
  expect([await codeOf({ common, secret: 'x' }, mock), await codeOf({ common }, mock)]).toEqual([
    'SignatureDoesNotMatch',
    undefined,
  ]);
});

test('moving the business clock leaves signatures alone', async () => {
  const mock = createCloudauthMock({ clock: manualClock(NOW) });
  await mock.clock.advance('30d');
  expect(await codeOf({}, mock)).toBeUndefined();
});

test('a mismatch echoes our string to sign, byte-exact and last', async () => {
  const { status, json } = await call(
    createCloudauthMock({ clock: manualClock(NOW) }),
    { ...token, Note: '中*~' },
    { at: NOW, secret: 'x', common: { SignatureNonce: 'n' } },
  );
  expect(status).toBe(400);
  expect(json.Message).toBe(
    'Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DLTAImockDefault%26Action%3DDescribeOssUploadToken%26Format%3DJSON%26Note%3D%25E4%25B8%25AD%252A~%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn%26SignatureVersion%3D1.0%26Timestamp%3D2026-03-04T05%253A06%253A07Z%26Version%3D2019-03-07',
  );
});

test('--signature warn lets a wrong signature through and says so', async () => {
  const reply = await call(createCloudauthMock({ signature: 'warn' }), token, { secret: 'x' });
  expect([reply.status, reply.headers.get('x-cloudauth-mock-hint')]).toEqual([
    200,
    `cause=unknown; journal=1; ${await saying(['let-through', { code: 'SignatureDoesNotMatch' }])}`,
  ]);
});

test('--signature off needs no signature, timestamp or nonce, and an unknown key means account default', async () => {
  const mock = createCloudauthMock({ signature: 'off' });
  const ask = (query: string) =>
    mock.fetch(
      new Request(`https://cloudauth.aliyuncs.com/?Version=2017-11-17&Format=JSON&Biz=RPBasic&TicketId=t&${query}`),
    );
  await ask('Action=GetVerifyToken&AccessKeyId=whoever');
  const status = await (await ask('Action=GetStatus')).json();
  expect(status.Data.StatusCode).toBe(1);
});
