import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { getStatus, openTask } from '../support/tasks.js';

const A: CallOptions = { accessKeyId: 'LTAImockA' };
const B: CallOptions = { accessKeyId: 'LTAImockB' };
const token = cloudauth2019('DescribeOssUploadToken');

test('two accounts never see each other’s tickets', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {}, A);
  const mine = await getStatus(mock, 'RPBasic', 'ticket', A);
  const theirs = await getStatus(mock, 'RPBasic', 'ticket', B);
  expect([mine.json.Data.StatusCode, theirs.json.Data.StatusCode]).toEqual([1, -1]);
});

test('two accounts never see each other’s scenes', async () => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('CreateVerifySetting', { BizType: 'Mine', BizName: '我的', Solution: 'RPBasic' }), A);
  const theirs = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'Mine', TicketId: 't' }), B);
  expect(theirs.json.Code).toBe('InvalidParam.InvalidBiz');
});

test('two accounts never see each other’s sessions and builds', async () => {
  await using mock = createCloudauthMock({ sdkBuild: 'immediate' });
  const { json } = await call(mock, faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: 'c' }), A);
  const query = await call(mock, faceVerify({ method: 'query', ...json.Data }), B);
  const build = await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://e.com/a' }), A);
  const sdk = await call(mock, cloudauth2019('DescribeRPSDK', { TaskId: build.json.TaskId }), B);
  expect([query.json.Message.includes('Z8301'), sdk.json.SdkUrl]).toEqual([true, '']);
});

test('one account’s clock, ordered failures and reset leave the others alone', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {}, A);
  await openTask(mock, 'RPBasic', 'ticket', {}, B);
  await mock.clock.advance('31m', { account: 'LTAImockA' });
  mock.failNext('GetStatus', 'Throttling.User', { account: 'LTAImockA' });
  const failing = await getStatus(mock, 'RPBasic', 'ticket', A);
  const late = await getStatus(mock, 'RPBasic', 'ticket', A);
  await mock.reset({ account: 'LTAImockA' });
  const theirs = await getStatus(mock, 'RPBasic', 'ticket', B);
  expect([failing.json.Code, late.json.Data.StatusCode, theirs.json.Data.StatusCode]).toEqual([
    'Throttling.User',
    -1,
    1,
  ]);
});

test('reset forgets state, ordered failures and clock, but not nonces', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  await call(mock, token, { common: { SignatureNonce: 'n' } });
  await mock.clock.advance('1h');
  mock.failNext('GetStatus', 'InternalError');
  await mock.reset();
  const status = await getStatus(mock, 'RPBasic');
  const replay = await call(mock, token, { common: { SignatureNonce: 'n' } });
  expect([status.json.Data.StatusCode, replay.json.Code]).toEqual([-1, 'SignatureNonceUsed']);
  expect(Math.abs((await mock.clock.now()) - Date.now())).toBeLessThan(60_000);
});

test('keys given without @ACCOUNT share account default, those with one share that', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAI1:s1', 'LTAI2:s2@team', 'LTAI3:s3@team'] });
  await openTask(mock, 'RPBasic', 'd', {}, { accessKeyId: 'LTAI1', secret: 's1' });
  await openTask(mock, 'RPBasic', 't', {}, { accessKeyId: 'LTAI2', secret: 's2' });
  const shared = await getStatus(mock, 'RPBasic', 'd');
  const team = await getStatus(mock, 'RPBasic', 't', { accessKeyId: 'LTAI3', secret: 's3' });
  expect([shared.json.Data.StatusCode, team.json.Data.StatusCode]).toEqual([1, 1]);
});

test('any other id is InvalidAccessKeyId.NotFound', async () => {
  await using mock = createCloudauthMock();
  const { status, json } = await call(mock, token, { accessKeyId: 'LTAI4Real' });
  expect([status, json.Code]).toEqual([404, 'InvalidAccessKeyId.NotFound']);
});

const sts = { accessKeyId: 'STS.x', secret: 's' };

test.each<[string, Record<string, string | undefined>, string | undefined]>([
  ['its token', { SecurityToken: 'tok:en+/==' }, undefined],
  ['no token', {}, 'MissingSecurityToken'],
  ['another token', { SecurityToken: 'other' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
])('an STS key with %s', async (_title, common, code) => {
  await using mock = createCloudauthMock({ accessKeys: ['STS.x:s:tok:en+/=='] });
  const { json } = await call(mock, token, { ...sts, common });
  expect(json.Code).toBe(code);
});

test.each(['id', 'id:', ':secret', 'id:secret@'])(
  '“%s” is no access key, and the message holds no part of it',
  (accessKeys) => {
    expect(() => createCloudauthMock({ accessKeys })).toThrow(
      '--access-key: an access key is written ID:SECRET[:TOKEN][@ACCOUNT]',
    );
  },
);
