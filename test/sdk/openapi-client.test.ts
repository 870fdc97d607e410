import OSS from 'ali-oss';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CloudauthMock, manualClock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { listening, ODD, type OpenApiOptions, openApi, operations, run, STS, typedCloudauth } from '../support/sdk.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const VERSION = '2019-03-07';
const ACTION = 'DescribeOssUploadToken';

const WAYS: readonly [way: string, options: OpenApiOptions][] = [
  ['ACS3, parameters in the query', { place: 'query' }],
  ['ACS3, parameters in a form', { place: 'body' }],
  ['ACS3, parameters in a JSON body', { place: 'body', reqBodyType: 'json' }],
  ['RPC (v2), parameters in the query', { signatureAlgorithm: 'v2', place: 'query' }],
  ['RPC (v2), parameters in a form', { signatureAlgorithm: 'v2', place: 'body' }],
];

describe.each(WAYS)('%s', (way, options) => {
  test.each(operations.map((each) => [each.path, each] as const))('%s answers', async (_path, operation) => {
    expect(await run(operation, openApi(mock.url, options))).toMatchObject(operation.answer);
  });

  test('an STS credential is accepted with its token', async () => {
    const answer = await openApi(mock.url, { ...options, ...STS })(VERSION, ACTION);
    expect(answer.OssUploadToken.Bucket).toBe('cloudauth-zhangjiakou-external');
  });

  test('an STS credential with another token is refused', async () => {
    const call = openApi(mock.url, { ...options, ...STS, securityToken: 'another' })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject({ code: 'InvalidSecurityToken.MismatchWithAccessKey' });
  });

  test('a wrong secret is SignatureDoesNotMatch', async () => {
    const call = openApi(mock.url, { ...options, accessKeySecret: 'wrong' })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject({ code: 'SignatureDoesNotMatch', data: { statusCode: 400 } });
  });

  test('an unknown key is InvalidAccessKeyId.NotFound', async () => {
    const call = openApi(mock.url, { ...options, accessKeyId: 'LTAIunknown' })(VERSION, ACTION);
    await expect(call).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound', data: { statusCode: 404 } });
  });

  test('a clock 16 minutes off is InvalidTimeStamp.Expired', async () => {
    await using ahead = await listening({ clock: manualClock(Date.now() + 16 * 60_000) });
    const call = openApi(ahead.url, options)(VERSION, ACTION);
    await expect(call).rejects.toMatchObject({ code: 'InvalidTimeStamp.Expired', data: { statusCode: 400 } });
  });

  test('a nonce sent twice is SignatureNonceUsed', async () => {
    const call = openApi(mock.url, { ...options, nonce: `replayed: ${way}` });
    await call(VERSION, ACTION);
    await expect(call(VERSION, ACTION)).rejects.toMatchObject({
      code: 'SignatureNonceUsed',
      data: { statusCode: 400 },
    });
  });
});

test('an array in a JSON body is read as Material.1, Material.2 …', async () => {
  const call = openApi(mock.url, { place: 'body', reqBodyType: 'json' });
  const { Data } = await call('2017-11-17', 'GetVerifyToken', { Biz: 'RPMin', TicketId: ODD, Binding: { Name: ODD } });
  const Material = [
    { MaterialType: 'IdentificationNumber', Value: '330103xxxxxxxxxxxx' },
    { MaterialType: 'FacePic', Value: 'base64:///9j/4AAQ+Sk=' },
  ];
  const answer = await call('2017-11-17', 'SubmitMaterials', { VerifyToken: Data.VerifyToken.Token, Material });
  expect(answer.Data.VerifyStatus.StatusCode).toBe(1);
});

test('ACS3 names both strings of the server in its own mismatch wording', async () => {
  const call = openApi(mock.url, { accessKeySecret: 'wrong' })(VERSION, ACTION);
  await expect(call).rejects.toMatchObject({
    data: {
      Message: expect.stringMatching(
        /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n\/\n/,
      ),
    },
  });
});

test('RPC echoes the string to sign last in its mismatch wording', async () => {
  const call = openApi(mock.url, { accessKeySecret: 'wrong', signatureAlgorithm: 'v2' })(VERSION, ACTION);
  await expect(call).rejects.toMatchObject({
    data: {
      Message: expect.stringMatching(
        /^Specified signature is not matched with our calculation\. server string to sign is:POST&%2F&\S+$/,
      ),
    },
  });
});

interface OssUploadToken {
  readonly bucket?: string;
  readonly endPoint?: string;
  readonly key?: string;
  readonly secret?: string;
  readonly token?: string;
  readonly path?: string;
}

/** As the vendor's uploader does it. @returns the address it makes of it */
async function uploaded({ bucket, endPoint, key, secret, token, path }: Required<OssUploadToken>): Promise<string> {
  const keys = { accessKeyId: key, accessKeySecret: secret, stsToken: token };
  const oss = new OSS({ endpoint: endPoint, region: 'oss-cn-zhangjiakou', bucket, ...keys });
  const { name } = await oss.put(`${path}/face.jpg`, Buffer.from(FACE_JPEG));
  return `oss://${bucket}:${name}`;
}

describe.each(['ACS3', 'v2'] as const)('the typed client by %s', (algorithm) => {
  const client = () => typedCloudauth(mock.url, algorithm === 'v2' ? 'v2' : undefined);

  test('createVerifySetting gives a typed list of steps', async () => {
    const { body } = await client().createVerifySetting({
      bizName: '用户注册',
      bizType: 'U-1',
      solution: 'RPBasic',
      guideStep: false,
    });
    expect(body).toMatchObject({
      bizName: '用户注册',
      stepList: ['PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT'],
    });
  });

  test('describeOssUploadToken gives a numeric expiry', async () => {
    const { body } = await client().describeOssUploadToken();
    expect(body?.ossUploadToken).toMatchObject({ endPoint: mock.url, expired: expect.any(Number) });
  });

  test('id2MetaVerify gives a BizCode', async () => {
    const person = { paramType: 'normal', identifyNum: '990000199003070013', userName: '测试不通过' };
    const { body } = await client().id2MetaVerify(person);
    expect(body).toMatchObject({ code: '200', message: 'success', resultObject: { bizCode: '2' } });
    expect(body?.requestId).toMatch(/^[0-9A-F-]{36}$/);
  });

  test('a failure of id2MetaVerify is a Code in the body, without a result', async () => {
    const { body, statusCode } = await client().id2MetaVerify({
      paramType: 'normal',
      identifyNum: '1',
      userName: '张三',
    });
    expect([statusCode, body?.code, body?.message, body?.resultObject]).toEqual([200, '401', '参数非法', undefined]);
  });

  const FACE = {
    sceneId: 1000000006,
    outerOrderNo: 'e0c34a77f5ac40a5aa5e6ed20c353001',
    productCode: 'ID_PRO',
    certType: 'IDENTITY_CARD',
    certNo: '990000199003070013',
    metaInfo: JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web', ua: 'Mozilla/5.0 (X11; Linux)' }),
    returnUrl: 'http://localhost/done',
  };

  test.each([
    ['测试通过', 'T', '200'],
    ['测试不通过', 'F', '204'],
  ])('initFaceVerify and describeFaceVerify: %s is Passed %s', async (certName, passed, subCode) => {
    const { body: started } = await client().initFaceVerify({ ...FACE, certName });
    const { certifyId, certifyUrl } = started!.resultObject!;
    expect((await fetch(certifyUrl!)).status).toBe(200);
    const { body } = await client().describeFaceVerify({ sceneId: FACE.sceneId, certifyId });
    expect(body).toMatchObject({ code: '200', message: 'success', resultObject: { passed, subCode } });
  });

  test('a failure of describeFaceVerify is a Code in the body, without a result', async () => {
    const { body, statusCode } = await client().describeFaceVerify({ sceneId: 1, certifyId: 'sha0' });
    expect([statusCode, body?.code, body?.resultObject]).toEqual([200, '406', undefined]);
  });

  const PERSON = { name: '测试甲', idCardNumber: '990000199003070013' };

  test('describeVerifyToken and describeVerifyResult: the page opens, and the model has every member', async () => {
    const bizId = `${algorithm} 1`;
    const { body: started } = await client().describeVerifyToken({ bizType: 'RPBasic', bizId, ...PERSON });
    expect((await fetch(`${started!.verifyPageUrl}&auto=pass`)).status).toBe(200);
    const { body } = await client().describeVerifyResult({ bizType: 'RPBasic', bizId });
    expect(body).toMatchObject({
      ...{ verifyStatus: 1, authorityComparisionScore: 97.5, idCardFaceComparisonScore: 96.1 },
      material: { idCardName: '测试甲', faceMask: false, idCardInfo: { number: '990000199003070013' } },
    });
  });

  test('verifyMaterial: a picture uploaded with the OssUploadToken of describeVerifyToken is taken, and answered as an address', async () => {
    const bizId = `${algorithm} 2`;
    const { body: started } = await client().describeVerifyToken({ bizType: 'RPMin', bizId });
    const faceImageUrl = await uploaded(started!.ossUploadToken as Required<OssUploadToken>);
    const { body } = await client().verifyMaterial({ bizType: 'RPMin', bizId, ...PERSON, faceImageUrl });
    expect(body).toMatchObject({ verifyStatus: 1, material: { idCardName: '测试甲', faceMask: 'false' } });
    expect((await fetch(body!.material!.faceImageUrl!)).status).toBe(200);
  });

  test('compareFaces and detectFaceAttributes: forms are read, and an error is thrown with its code', async () => {
    const value = 'http://example.com/face.jpg';
    const pair = { sourceImageType: 'FacePic', sourceImageValue: value, targetImageType: 'IDPic' };
    const { body } = await client().compareFaces({ ...pair, targetImageValue: value });
    const { body: found } = await client().detectFaceAttributes({ materialValue: value });
    expect([body?.data?.similarityScore, found?.data?.imgWidth]).toEqual([98.79, 1080]);
    await expect(client().compareFaces({ ...pair, targetImageValue: 'x' })).rejects.toMatchObject({
      code: 'InvalidParam.ImageValuePatternError',
      statusCode: 400,
    });
  });

  test('an operation without behaviour answers its printed example, and says so', async () => {
    const { headers } = await client().createAuthKey({ bizType: 'RPBasic', test: true });
    expect(headers?.['x-cloudauth-mock-answer']).toBe('printed-example');
  });
});
