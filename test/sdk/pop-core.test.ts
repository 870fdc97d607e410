import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CloudauthMock, manualClock } from '../../src/index.js';
import { listening, ODD, operations, popCore, run, STS } from '../support/sdk.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const VERSION = '2019-03-07';
const ACTION = 'DescribeOssUploadToken';
const METHODS = ['GET', 'POST'] as const;

const byMethod = operations.flatMap((each) => METHODS.map((method) => [each.path, method, each] as const));
const allowed = byMethod.filter(([, method, { operation }]) => operation.methods.includes(method));
const refused = byMethod.filter(([, method, { operation }]) => !operation.methods.includes(method));

test.each(allowed)('%s answers a %s', async (_path, method, operation) => {
  const answer = await run(operation, popCore(mock.url), popCore(mock.url, method));
  expect(answer).toMatchObject(operation.answer);
});

test.each(refused)('%s refuses a %s', async (_path, method, operation) => {
  const call = run(operation, popCore(mock.url), popCore(mock.url, method));
  await expect(call).rejects.toMatchObject({ code: 'UnsupportedHTTPMethod', entry: { response: { statusCode: 400 } } });
});

test('the ten operations documented as POST only are the ones that refuse GET', () => {
  const names = refused.map(([, method, { operation }]) => `${method} ${operation.name}`);
  const documented = [
    'SubmitMaterials',
    'CreateRPSDK',
    'DescribeRPSDK',
    'CreateVerifySetting',
    'Id3MetaVerify',
    'Mobile2MetaVerify',
    'CredentialVerifyV2',
    'Id2MetaVerifyWithOCR',
    'Id3MetaVerifyWithOCR',
    'CompareFaces',
  ];
  expect(names).toEqual(documented.map((name) => `GET ${name}`));
});

test('with --methods any, GET is taken everywhere', async () => {
  await using lenient = await listening({ methods: 'any' });
  const answer = await popCore(lenient.url, 'GET')(VERSION, 'CreateRPSDK', { AppUrl: 'https://example.com/a.apk' });
  expect(answer.TaskId).toMatch(/^\w{22}$/);
});

test('arrays, which the client flattens to Material.1.Value, are read', async () => {
  const post = popCore(mock.url);
  const { Data } = await post('2017-11-17', 'GetVerifyToken', { Biz: 'RPMin', TicketId: ODD });
  const Material = [
    { MaterialType: 'Name', Value: ODD },
    { MaterialType: 'IdentificationNumber', Value: '330103xxxxxxxxxxxx' },
    { MaterialType: 'FacePic', Value: 'https://example.com/dir/脸 1.jpg' },
  ];
  const answer = await post('2017-11-17', 'SubmitMaterials', { VerifyToken: Data.VerifyToken.Token, Material });
  expect(answer.Data.VerifyStatus.StatusCode).toBe(1);
});

test('a camelCase action and parameter, which the client capitalises, are read', async () => {
  const answer = await popCore(mock.url)(VERSION, 'createRPSDK', { appUrl: 'https://example.com/a.apk' });
  expect(answer.TaskId).toMatch(/^\w{22}$/);
});

test('an STS credential is accepted with its token', async () => {
  const answer = await popCore(mock.url, 'GET', STS)(VERSION, ACTION);
  expect(answer.OssUploadToken.Bucket).toBe('cloudauth-zhangjiakou-external');
});

test('a failure of an information check, which comes with HTTP 200, is thrown by its Code', async () => {
  const call = popCore(mock.url)(VERSION, 'Id2MetaVerify', { ParamType: 'normal', UserName: '张三' });
  await expect(call).rejects.toMatchObject({ code: '400', data: { Message: '参数不能为空' } });
});

test('a SAF failure, which comes with HTTP 200, is thrown by its numeric Code', async () => {
  const members = JSON.stringify({ method: 'query', bizId: 'b', queryId: 'q' });
  const call = popCore(mock.url)('2017-03-31', 'ExecuteRequest', {
    Service: 'face_verify',
    ServiceParameters: members,
  });
  await expect(call).rejects.toMatchObject({ code: 500, data: { Message: expect.stringContaining('Z8301') } });
});

describe.each(METHODS)('authentication by %s', (method) => {
  const failure = (code: string, statusCode: number) => ({ code, entry: { response: { statusCode } } });

  test('a wrong secret is SignatureDoesNotMatch', async () => {
    const call = popCore(mock.url, method, { accessKeySecret: 'wrong' })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject(failure('SignatureDoesNotMatch', 400));
  });

  test('an unknown key is InvalidAccessKeyId.NotFound', async () => {
    const call = popCore(mock.url, method, { accessKeyId: 'LTAIunknown' })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject(failure('InvalidAccessKeyId.NotFound', 404));
  });

  test('a clock 16 minutes off is InvalidTimeStamp.Expired', async () => {
    await using ahead = await listening({ clock: manualClock(Date.now() + 16 * 60_000) });
    const call = popCore(ahead.url, method)(VERSION, ACTION);
    await expect(call).rejects.toMatchObject(failure('InvalidTimeStamp.Expired', 400));
  });

  test('a nonce sent twice is SignatureNonceUsed', async () => {
    const again = { SignatureNonce: `replayed-by-${method}` };
    await popCore(mock.url, method)(VERSION, ACTION, again);
    const call = popCore(mock.url, method)(VERSION, ACTION, again);
    await expect(call).rejects.toMatchObject(failure('SignatureNonceUsed', 400));
  });

  test('an STS credential without its token is MissingSecurityToken', async () => {
    const call = popCore(mock.url, method, { ...STS, securityToken: undefined })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject(failure('MissingSecurityToken', 400));
  });
});
