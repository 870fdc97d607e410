/** Values that no client sends: each is answered, none is a failure of the emulator's own. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { DEFAULT_ACCESS_KEY_ID } from '../../src/gateway/accounts.js';
import { type CloudauthMock, manualClock } from '../../src/index.js';
import { nested } from '../hostile/words.js';
import { call, cloudauth2017 } from '../support/call.js';
import { materialParams } from '../support/tasks.js';

const NOW = '2026-01-01T00:00:00Z';

/** A mock that stands still in time and tells what it would have logged as failures of its own. */
const watched = (crashes: unknown[]): CloudauthMock =>
  createCloudauthMock(
    { port: 0, seed: '1', clock: manualClock(NOW) },
    { call() {}, info() {}, warn() {}, crash: (error) => void crashes.push(error) },
  );

const init = (more: string): Record<string, string> => ({
  ...{ Version: '2017-03-31', Action: 'ExecuteRequest', Service: 'face_verify' },
  ServiceParameters: `{"name":"x","certNumber":"x","metainfo":"x",${more}}`,
});

test.each<[string, Record<string, string>]>([
  ['a SAF method that cannot be made text', init('"method":{"toString":1}')],
  ['a SAF member nested 20,000 deep', init(`"method":"init","x":${nested(20_000)}`)],
  [
    'a Binding nested 20,000 deep',
    cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: '1', Binding: `{"x":${nested(20_000)}}` }),
  ],
])('%s is no crash', async (_title, params) => {
  const crashes: unknown[] = [];
  await using mock = watched(crashes);
  await call(mock, params, { at: Date.parse(NOW) });
  expect(crashes).toEqual([]);
});

test.each(['constructor', '__proto__'])('SignedHeaders that name an absent %s is no crash', async (name) => {
  const crashes: unknown[] = [];
  await using mock = watched(crashes);
  const headers = {
    host: 'cloudauth.aliyuncs.com',
    ...{ 'x-acs-action': 'DescribeOssUploadToken', 'x-acs-version': '2019-03-07', 'x-acs-date': NOW },
    ...{ 'x-acs-signature-nonce': '1', 'x-acs-content-sha256': createHash('sha256').digest('hex') },
  };
  const authorization = `ACS3-HMAC-SHA256 Credential=${DEFAULT_ACCESS_KEY_ID},SignedHeaders=${[...Object.keys(headers), name].join(';')},Signature=x`;
  const response = await mock.fetch(
    new Request('https://cloudauth.aliyuncs.com/', { headers: { ...headers, authorization } }),
  );
  expect([((await response.json()) as { Code: string }).Code, ...crashes]).toEqual(['SignatureDoesNotMatch']);
});

test.each(['张Pic', '\nPic', '__proto__'])(
  'a Binding with a member %j, which is no material, is submitted',
  async (name) => {
    await using mock = watched([]);
    expect((await submit(mock, `{${JSON.stringify(name)}:"x"}`)).status).toBe(200);
  },
);

test('a picture address with a lone surrogate in Binding fails the verification, and nothing else', async () => {
  await using mock = watched([]);
  const at = Date.parse(NOW);
  const task = { Biz: 'RPBasic', TicketId: '1' };
  const Binding = '{"IdCardFrontPic":"oss://bucket:\\ud800"}';
  await call(mock, cloudauth2017('GetVerifyToken', { ...task, Binding }), { at });
  const reply = await call(mock, cloudauth2017('GetMaterials', task), { at });
  expect([reply.status, reply.json.Code]).toEqual([404, 'InvalidParam.RecordNotFound']);
});

async function submit(mock: CloudauthMock, Binding: string) {
  const at = Date.parse(NOW);
  const opened = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: '1', Binding }), { at });
  const VerifyToken = opened.json.Data.VerifyToken.Token;
  return call(
    mock,
    cloudauth2017('SubmitMaterials', {
      VerifyToken,
      ...materialParams({ Name: '张三', IdentificationNumber: 'x', FacePic: 'https://x/a' }),
    }),
    { at },
  );
}
