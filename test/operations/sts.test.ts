/** STS: credentials of AssumeRole open gateway and OSS as the account that asked, until the business clock says that they are over. */
import { createRequire } from 'node:module';
import OSS from 'ali-oss';
import { setupServer } from 'msw/node';
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { handlers } from '../../src/msw.js';
import { type CallOptions, call, cloudauth2019 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { oss, type Sts } from '../support/oss.js';
import { listening, openApi, popCore } from '../support/sdk.js';
import { getStatus, openTask } from '../support/tasks.js';

const ROLE = 'acs:ram::1000000000000007:role/AdminRole';
const sts = (Action: string, params: Record<string, string> = {}) => ({ Version: '2015-04-01', Action, ...params });
const assume = (mock: Pick<CloudauthMock, 'fetch'>, params: Record<string, string> = {}, options?: CallOptions) =>
  call(mock, sts('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'alice', ...params }), options);
const upload = cloudauth2019('DescribeOssUploadToken');

/** How the credentials of a role sign a call. */
async function roleOf(mock: CloudauthMock, params?: Record<string, string>, options?: CallOptions) {
  const { AccessKeyId, AccessKeySecret, SecurityToken } = (await assume(mock, params, options)).json.Credentials;
  const by: CallOptions = { accessKeyId: AccessKeyId, secret: AccessKeySecret, common: { SecurityToken } };
  return { AccessKeyId, AccessKeySecret, SecurityToken, by };
}

test('credentials of a role call the gateway as the account that asked for them', async () => {
  await using mock = createCloudauthMock();
  const { by } = await roleOf(mock, {}, { accessKeyId: 'LTAImockA' });
  await openTask(mock, 'RPBasic', 'ticket', {}, by);
  const own = await getStatus(mock, 'RPBasic', 'ticket', { accessKeyId: 'LTAImockA' });
  const other = await getStatus(mock, 'RPBasic', 'ticket');
  expect([own.json.Data.StatusCode, other.json.Data.StatusCode]).toEqual([1, -1]);
});

test.each<[string, Record<string, string | undefined>, string]>([
  ['no token', { SecurityToken: undefined }, 'MissingSecurityToken'],
  ['another token', { SecurityToken: 'CAISother' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
  ['a wrong signature', { Signature: 'bm90IHRoZSBzaWduYXR1cmU=' }, 'SignatureDoesNotMatch'],
])('with %s they are refused', async (_what, common, code) => {
  await using mock = createCloudauthMock();
  const { by } = await roleOf(mock);
  const { json } = await call(mock, upload, { ...by, common: { ...by.common, ...common } });
  expect(json.Code).toBe(code);
});

test('they expire on the business clock of the account, to the second they say', async () => {
  await using mock = createCloudauthMock();
  await mock.clock.set('2026-01-01T00:00:00Z');
  await mock.clock.freeze();
  const { json } = await assume(mock, { DurationSeconds: '900' });
  const { AccessKeyId: accessKeyId, AccessKeySecret: secret, SecurityToken, Expiration } = json.Credentials;
  const by = { accessKeyId, secret, common: { SecurityToken } };
  await mock.clock.set('2026-01-01T00:14:59Z');
  const before = await call(mock, upload, by);
  await mock.clock.set('2026-01-01T00:15:00Z');
  const after = await call(mock, upload, by);
  expect([Expiration, before.status, after.json.Code]).toEqual([
    '2026-01-01T00:15:00Z',
    200,
    'InvalidSecurityToken.Expired',
  ]);
});

const BUCKET = 'verify-external-image';
const atOss = ({ AccessKeyId, AccessKeySecret, SecurityToken }: Awaited<ReturnType<typeof roleOf>>): Sts => ({
  ...{ accessKeyId: AccessKeyId, secret: AccessKeySecret, token: SecurityToken, bucket: BUCKET, path: '' },
});
const code = async (reply: Response) => /<Code>(\w+)/.exec(await reply.text())?.[1];

test('they put and get an object of OSS, anywhere in the bucket', async () => {
  await using mock = createCloudauthMock();
  const role = atOss(await roleOf(mock));
  await oss(mock, role, 'PUT', 'any/face.jpg', { body: 'bytes' });
  expect(await (await oss(mock, role, 'GET', 'any/face.jpg')).text()).toBe('bytes');
});

test('OSS refuses them when they are over', async () => {
  await using mock = createCloudauthMock();
  const role = atOss(await roleOf(mock));
  await mock.clock.advance('1h');
  expect(await code(await oss(mock, role, 'PUT', 'face.jpg', { body: 'x' }))).toBe('SecurityTokenExpired');
});

test.each<[string, Partial<Sts>, string]>([
  ['without their token', { token: '' }, 'InvalidAccessKeyId'],
  ['with a token nobody was given', { token: 'CAISother' }, 'InvalidSecurityToken'],
  ['with another secret', { secret: 'other' }, 'SignatureDoesNotMatch'],
])('OSS refuses them %s', async (_what, wrong, expected) => {
  await using mock = createCloudauthMock();
  const reply = await oss(mock, { ...atOss(await roleOf(mock)), ...wrong }, 'PUT', 'face.jpg', { body: 'x' });
  expect(await code(reply)).toBe(expected);
});

test('credentials for uploads are no key of the gateway', async () => {
  await using mock = createCloudauthMock();
  const { Key, Secret, Token } = (await call(mock, upload)).json.OssUploadToken;
  const { json } = await call(mock, upload, { accessKeyId: Key, secret: Secret, common: { SecurityToken: Token } });
  expect(json.Code).toBe('InvalidAccessKeyId.NotFound');
});

test('a reset of the account takes them away, a snapshot brings them back', async () => {
  await using mock = createCloudauthMock();
  const { by } = await roleOf(mock);
  await mock.snapshots.save('role');
  await mock.reset();
  const gone = await call(mock, upload, by);
  await mock.snapshots.restore('role');
  const back = await call(mock, upload, by);
  expect([gone.json.Code, back.status]).toEqual(['InvalidAccessKeyId.NotFound', 200]);
});

test('they outlive a restart', async () => {
  await using folder = await scratch();
  const db = `${folder.path}/state.db`;
  const first = createCloudauthMock({ db });
  const { by } = await roleOf(first);
  await first.close();
  await using second = createCloudauthMock({ db });
  expect((await call(second, upload, by)).status).toBe(200);
});

const wrong = (name: string) => `The parameter ${name} is wrongly formed.`;
const policy = (size: number) => `{"Version":"1","Statement":[],"x":"${'x'.repeat(size - 37)}"}`;

test.each<[Record<string, string>, number, string, string]>([
  [{ RoleArn: 'adminrole' }, 400, 'InvalidParameter.RoleArn', wrong('RoleArn')],
  [{ RoleArn: 'acs:ram::1:role/a b' }, 400, 'InvalidParameter.RoleArn', wrong('RoleArn')],
  [{ RoleArn: 'acs:ram::1:user/alice' }, 404, 'EntityNotExist.Role', 'The specified Role not exists .'],
  [{ RoleSessionName: 'a' }, 400, 'InvalidParameter.RoleSessionName', wrong('RoleSessionName')],
  [{ RoleSessionName: '忍者神龟' }, 400, 'InvalidParameter.RoleSessionName', wrong('RoleSessionName')],
  [{ RoleSessionName: 'a'.repeat(65) }, 400, 'InvalidParameter.RoleSessionName', wrong('RoleSessionName')],
  [{ ExternalId: 'a' }, 400, 'InvalidParameter.ExternalId', wrong('ExternalId')],
  ...['899', '3601', '-1', 'x'].map((DurationSeconds): [Record<string, string>, number, string, string] => [
    ...([{ DurationSeconds }, 400] as [Record<string, string>, number]),
    ...(['InvalidParameter.DurationSeconds', 'The Min/Max value of DurationSeconds is 15min/1hr.'] as [string, string]),
  ]),
  [{ Policy: '{}' }, 400, 'InvalidParameter.PolicyGrammar', 'The parameter Policy has not passed grammar check.'],
  [{ Policy: '[' }, 400, 'InvalidParameter.PolicyGrammar', 'The parameter Policy has not passed grammar check.'],
  [{ Policy: policy(2049) }, 400, 'InvalidParameter.PolicySize', 'The size of Policy must be smaller than 2048 bytes.'],
])('AssumeRole with %j is %i %s', async (params, status, Code, Message) => {
  await using mock = createCloudauthMock();
  const reply = await assume(mock, params);
  expect([reply.status, reply.json]).toEqual([status, expect.objectContaining({ Code, Message })]);
});

test.each<[string, Record<string, string>]>([
  ['the shortest time', { DurationSeconds: '900' }],
  ['the longest name of a session', { RoleSessionName: `${'a'.repeat(60)}.@-_` }],
  ['the longest policy', { Policy: policy(2048) }],
])('AssumeRole takes %s', async (_what, params) => {
  await using mock = createCloudauthMock();
  expect((await assume(mock, params)).status).toBe(200);
});

test('SourceIdentity comes back where it was sent', async () => {
  await using mock = createCloudauthMock();
  const { json } = await assume(mock, { SourceIdentity: 'Alice' });
  expect(json.SourceIdentity).toBe('Alice');
});

test('that no permissions are emulated is said of the first Policy', async () => {
  await using mock = createCloudauthMock();
  const hints = [];
  for (let n = 0; n < 2; n++)
    hints.push((await assume(mock, { Policy: policy(40) })).headers.get('x-cloudauth-mock-hint'));
  expect(hints).toEqual([expect.stringContaining('No permissions are emulated'), null]);
});

test('GetCallerIdentity of a key is the RAM user of its account, the same each time', async () => {
  await using mock = createCloudauthMock();
  const [one, again, other] = await Promise.all(
    ['LTAImockA', 'LTAImockA', 'LTAImockB'].map((accessKeyId) => call(mock, sts('GetCallerIdentity'), { accessKeyId })),
  );
  const { RequestId: _id, ...identity } = one!.json;
  expect(identity).toEqual({
    IdentityType: 'RAMUser',
    AccountId: '1000000000000001',
    PrincipalId: expect.stringMatching(/^2\d{17}$/),
    UserId: identity.PrincipalId,
    Arn: 'acs:ram::1000000000000001:user/LTAImockA',
  });
  expect([again!.json.UserId === identity.UserId, other!.json.UserId === identity.UserId]).toEqual([true, false]);
});

test('GetCallerIdentity of credentials of a role is that role’s session', async () => {
  await using mock = createCloudauthMock();
  const assumed = (await assume(mock)).json;
  const { AccessKeyId: accessKeyId, AccessKeySecret: secret, SecurityToken } = assumed.Credentials;
  const { json } = await call(mock, sts('GetCallerIdentity'), { accessKeyId, secret, common: { SecurityToken } });
  const { RequestId: _id, ...identity } = json;
  expect(identity).toEqual({
    IdentityType: 'AssumedRoleUser',
    AccountId: '1000000000000007',
    PrincipalId: assumed.AssumedRoleUser.AssumedRoleId,
    Arn: 'acs:ram::1000000000000007:assumed-role/AdminRole/alice',
    RoleId: assumed.AssumedRoleUser.AssumedRoleId.split(':')[0],
  });
});

test('a key nobody declared assumes a role with --keys any, and the credentials are checked', async () => {
  await using mock = createCloudauthMock({ keys: 'any' });
  const { by } = await roleOf(mock, {}, { accessKeyId: 'LTAI5tRealLookingKey0001', secret: 'unknown' });
  const right = await call(mock, upload, by);
  const wrong = await call(mock, upload, { ...by, secret: 'wrong' });
  expect([right.status, right.headers.get('x-cloudauth-mock-signature'), wrong.json.Code]).toEqual([
    200,
    null,
    'SignatureDoesNotMatch',
  ]);
});

test.each(['pop-core', 'openapi-client by ACS3'])('%s calls with the credentials it was given', async (name) => {
  await using mock = await listening();
  const client = (key = {}) => (name === 'pop-core' ? popCore(mock.url, 'POST', key) : openApi(mock.url, key));
  const { Credentials } = await client()('2015-04-01', 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'alice' });
  const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: securityToken } = Credentials;
  const role = client({ accessKeyId, accessKeySecret, securityToken });
  expect(await role('2015-04-01', 'GetCallerIdentity')).toMatchObject({ IdentityType: 'AssumedRoleUser' });
});

test('ali-oss stores with them', async () => {
  await using mock = await listening();
  const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: stsToken } = await roleOf(mock);
  const client = new OSS({ endpoint: mock.url, bucket: BUCKET, accessKeyId, accessKeySecret, stsToken });
  await client.put('any/face.jpg', Buffer.from('bytes'));
  expect(String((await client.get('any/face.jpg')).content)).toBe('bytes');
});

test('the role provider of @alicloud/credentials gets them from the vendor’s own address, unmodified', async () => {
  await using mock = createCloudauthMock();
  const server = setupServer(...handlers(mock));
  server.listen({ onUnhandledRequest: 'error' });
  try {
    const { default: Credential, Config } = createRequire(import.meta.url)('@alicloud/credentials');
    const key = { accessKeyId: 'LTAImockDefault', accessKeySecret: 'cloudauth-mock-secret' };
    const role = { type: 'ram_role_arn', roleArn: ROLE, roleSessionName: 'alice' };
    const given = await new Credential(new Config({ ...key, ...role })).getCredential();
    const by = { accessKeyId: given.accessKeyId, secret: given.accessKeySecret };
    const reply = await call(mock, upload, { ...by, common: { SecurityToken: given.securityToken } });
    expect(reply.status).toBe(200);
  } finally {
    server.close();
  }
});
