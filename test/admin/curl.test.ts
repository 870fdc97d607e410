/** `GET requests/:id/curl`: a script that runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { signedCurl } from '../../src/control/curl.js';
import { assemble } from '../../src/gateway/request.js';
import { createCloudauthMock, DEFAULT_SECRET, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { type CallOptions, call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { FACE, getMaterials, materialParams, openTask, PERSON } from '../support/tasks.js';

const NUMBER = PERSON.IdentificationNumber;
const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();

async function run(script: string, variables: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEFAULT_SECRET, ...variables };
  return promisify(execFile)('bash', ['--norc', '-c', script], { env });
}

/** Calls, asks for the script of that call, runs it, and returns the journal's last entry. */
async function again(params: Record<string, string>, options: CallOptions = {}, variables = {}) {
  await using mock = await listening();
  await call(mock, params, options);
  const script = (await admin(mock, '/requests/1/curl')).text;
  const { stdout: output, stderr: noise } = await run(script, variables);
  const entries = (await admin(mock, '/requests')).json;
  return { script, output, noise, entry: entries.at(-1), count: entries.length };
}

test.each<[string, Record<string, string>, CallOptions]>([
  ['a POST', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'ticket' }), {}],
  ['a GET', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'ticket' }), { method: 'GET' }],
  ['a POST with a query', cloudauth2019('DescribeOssUploadToken'), { place: 'query' }],
  [
    'Chinese, quotes and a plus',
    cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: `测试's "1+1" $(id) \`id\` *~%&=` }),
    {},
  ],
  ['a line break', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'a\nb\tc\\' }), {}],
  ['an emoji', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: '😀' }), {}],
  [
    'names that begin alike',
    cloudauth2017('GetStatus', { Biz: 'RPBasic', Biz1: 'x', 'Biz.1': 'y', TicketId: 't', Biz_: '' }),
    {},
  ],
])('%s runs and answers 200', async (_title, params, options) => {
  const { output, entry, count } = await again(params, options);
  expect([count, entry.id, entry.status, entry.code]).toEqual([2, 2, 200, undefined]);
  expect(output).toContain('RequestId');
});

test('a SAF call runs, its number masked', async () => {
  const init = faceVerify({ method: 'init', name: '张三', certNumber: NUMBER, metainfo: '{"a":"b"}' });
  const { script, output } = await again(init);
  expect(JSON.parse(output)).toMatchObject({ Code: 200, Data: { queryId: expect.any(String) } });
  expect(script).not.toContain(NUMBER);
  expect(script).toContain('990*************13');
});

test('what was sent is sent again', async () => {
  const sent = { Biz: 'RPBasic', TicketId: `测试's "1+1" $HOME`, Binding: '{"Name":"张三"}' };
  const { entry } = await again(cloudauth2017('GetVerifyToken', sent));
  expect(entry.params).toMatchObject(sent);
});

test('a VerifyToken comes from the environment, a number is masked, a picture is another one', async () => {
  await using mock = await listening();
  const token = await openTask(mock, 'RPMin');
  const materials = { ...PERSON, FacePic: `base64://${'QUJD'.repeat(500)}` };
  await call(mock, cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(materials) }), {
    secret: 'wrong',
  });
  const script = (await admin(mock, '/requests/2/curl')).text;
  const { stdout: output } = await run(script, { VERIFY_TOKEN: token });
  expect(JSON.parse(output).Data.VerifyStatus.StatusCode).toBe(1);
  for (const secret of [token, NUMBER, 'QUJD']) expect(script).not.toContain(secret);
  expect((await getMaterials(mock, 'RPMin')).json.Data.IdentificationNumber).toBe('990*************13');
});

test('the STS token of a call comes from the environment', async () => {
  await using mock = await listening({ accessKeys: ['STS.x:s:token+/='] });
  await call(mock, cloudauth2019('DescribeOssUploadToken'), {
    accessKeyId: 'STS.x',
    secret: 's',
    common: { SecurityToken: 'token+/=' },
  });
  const script = (await admin(mock, '/requests/1/curl')).text;
  const { stdout: output } = await run(script, {
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 's',
    ALIBABA_CLOUD_SECURITY_TOKEN: 'token+/=',
  });
  expect([JSON.parse(output).Code, script.includes('token+/=')]).toEqual([undefined, false]);
});

test('with the printed key it runs as it is', async () => {
  await using mock = await listening();
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  const script = (await admin(mock, '/requests/1/curl')).text;
  expect((await run(script, { ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' })).stdout).toContain('OssUploadToken');
});

test('any other secret is left to the environment, and where it is missing that is said', async () => {
  await using mock = await listening({ accessKeys: ['LTAIother:kept-secret'] });
  await call(mock, cloudauth2019('DescribeOssUploadToken'), { accessKeyId: 'LTAIother', secret: 'kept-secret' });
  const script = (await admin(mock, '/requests/1/curl')).text;
  expect(script).not.toContain('kept-secret');
  await expect(run(script, { ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' })).rejects.toThrow(
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET: export it first',
  );
});

test('a call with an unknown key says so', async () => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('DescribeOssUploadToken'), { accessKeyId: 'LTAI4Real' });
  expect((await admin(mock, '/requests/1/curl')).text).toContain(
    '# POST DescribeOssUploadToken, signed anew. The AccessKeyId is unknown here.',
  );
});

test.each([
  'x\necho BROKEN',
  'x\r\necho BROKEN',
  "x'; echo BROKEN; '",
  '$(echo BROKEN)',
  '`echo BROKEN`',
  'x\u2028echo BROKEN',
])('an Action %j cannot slip a command into the script', async (Action) => {
  const { output, noise } = await again({ Version: '2019-03-07', Action, "a'$(echo BROKEN >&2)": '1' });
  expect([output[0], noise]).toEqual(['{', '']);
});

test('a call signed with ACS3 is signed anew with RPC 1.0', async () => {
  await using mock = await listening();
  const headers = {
    'x-acs-action': 'GetStatus',
    'x-acs-version': '2017-11-17',
    authorization: 'ACS3-HMAC-SHA256 Credential=LTAImockDefault,SignedHeaders=host,Signature=00',
    'content-type': 'application/json',
  };
  const request = assemble(
    'POST',
    '/',
    'localhost',
    headers,
    Buffer.from('{"Biz":"RPBasic","TicketId":"t"}'),
    false,
    true,
  );
  const { stdout: output } = await run(signedCurl(request, mock.url, () => DEFAULT_SECRET));
  expect(output).toContain('<StatusCode>-1</StatusCode>');
});

test(`the script's picture is one`, () => {
  expect(FACE).toContain('/9j/4AAQSkZJRg==');
});
