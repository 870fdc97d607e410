/** Uploads by the vendor's own SDK: AuthorizeFileUpload, the form, and the call that names what was uploaded. */
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { listening } from '../support/sdk.js';

const require = createRequire(import.meta.url);
const Cloudauth = require('@alicloud/cloudauth20190307') as typeof import('@alicloud/cloudauth20190307');
const { RuntimeOptions } = require('@alicloud/tea-util') as typeof import('@alicloud/tea-util');

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const PERSON = {
  sceneId: 1000000006,
  outerOrderNo: 'e0c34a77f5ac40a5aa5e6ed20c353001',
  productCode: 'ID_MIN',
  certType: 'IDENTITY_CARD',
  certName: '张三',
  certNo: '990000199003070013',
};
const MP4 = Buffer.concat([Buffer.from('00000018667479706d703432', 'hex'), Buffer.alloc(10_000_000, 1)]);

/** @param endpoint what its program has in the place of cloudauth.aliyuncs.com */
function clientOf(endpoint = new URL(mock.url).host) {
  const client = new Cloudauth.default({
    ...{ accessKeyId: 'LTAImockDefault', accessKeySecret: 'cloudauth-mock-secret' },
    ...{ endpoint, protocol: 'HTTP', regionId: 'cn-shanghai' },
  } as never);
  // no Config reaches it
  (client as unknown as { _openPlatformEndpoint: string })._openPlatformEndpoint = endpoint;
  return client;
}

async function contrast(file: Uint8Array, members: object = {}, endpoint?: string) {
  const request = new Cloudauth.ContrastFaceVerifyAdvanceRequest({
    ...PERSON,
    ...members,
    faceContrastFileObject: Readable.from([file]),
  });
  const { body } = await clientOf(endpoint).contrastFaceVerifyAdvance(request, new RuntimeOptions({}) as never);
  return body!;
}

test.each([
  ['张三', 'T', '200'],
  ['测试不通过', 'F', '204'],
])('contrastFaceVerifyAdvance uploads a photo: %s is Passed %s', async (certName, passed, subCode) => {
  const body = await contrast(FACE_JPEG, { certName });
  expect(body).toMatchObject({ code: '200', message: 'success', resultObject: { passed, subCode } });
});

test('contrastFaceVerifyAdvance uploads a video of 10 MB', async () => {
  expect((await contrast(MP4)).resultObject?.passed).toBe('T');
});

test('an endpoint that is a name of this machine needs no DNS either', async () => {
  const { port } = new URL(mock.url);
  expect((await contrast(FACE_JPEG, {}, `localhost:${port}`)).resultObject?.passed).toBe('T');
});

test('a file that is neither photo nor video is refused in the body', async () => {
  expect((await contrast(Buffer.from('GIF89a'))).code).toBe('419');
});

test('a photo of over 1 MB is refused in the body', async () => {
  expect((await contrast(Buffer.concat([FACE_JPEG, Buffer.alloc(1024 * 1024)]))).code).toBe('421');
});

test('a file and a photo together are refused in the body', async () => {
  const both = { faceContrastPicture: FACE_JPEG.toString('base64') };
  expect((await contrast(FACE_JPEG, both)).code).toBe('420');
});

test('a file of over 50 MB is refused in OSS’s words', async () => {
  await expect(contrast(Buffer.alloc(50 * 1024 * 1024 + 1))).rejects.toMatchObject({ code: 'EntityTooLarge' });
});

test.each([
  ['a picture', FACE_JPEG, '200'],
  ['what is no picture', Buffer.from('GIF89a'), '405'],
  ['a picture of over 5 MB', Buffer.concat([FACE_JPEG, Buffer.alloc(5 * 1024 * 1024)]), '421'],
])('credentialVerifyV2Advance uploads %s', async (_what, file, code) => {
  const request = new Cloudauth.CredentialVerifyV2AdvanceRequest({
    ...{ credType: '01', credName: '0104' },
    imageFileObject: Readable.from([file]),
  });
  const { body } = await clientOf().credentialVerifyV2Advance(request, new RuntimeOptions({}) as never);
  expect(body?.code).toBe(code);
});
