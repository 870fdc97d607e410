/** The vendor's SDKs as they speak to production: https, and nothing told but whom to trust. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FACE_JPEG } from '../../src/verification/face.js';
import { type Project, project } from '../support/project.js';
import { type SecureMock, secureMock } from '../support/secure.js';

let secure: SecureMock;
let user: Project;
beforeAll(async () => {
  secure = await secureMock({ sdkBuild: 'immediate' });
  user = await project();
});
afterAll(async () => {
  await user[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
});

const KEY = `accessKeyId: 'LTAImockDefault', accessKeySecret: 'cloudauth-mock-secret'`;

const run = async (code: string, trusts = true): Promise<string> => {
  user.write('client.mjs', code.replaceAll('HOST', `127.0.0.1:${secure.port}`));
  return user.run('bash', `${trusts ? `NODE_EXTRA_CA_CERTS='${secure.caFile}' ` : ''}node client.mjs`);
};

const POP_CORE = `
import PopCore from '@alicloud/pop-core';
const client = new PopCore({ endpoint: 'https://HOST', apiVersion: '2019-03-07', ${KEY} });
const ask = client.request('DescribeOssUploadToken', {}, { method: 'POST', timeout: 10_000 });
console.log(await ask.then(({ OssUploadToken }) => OssUploadToken.EndPoint, ({ message }) => message));
`;

test('pop-core', async () => {
  expect(await run(POP_CORE)).toBe(`https://127.0.0.1:${secure.port}\n`);
});

test('none of them gets an answer where the CA is not trusted', async () => {
  expect(await run(POP_CORE, false)).toMatch(/certificate/);
});

test('@alicloud/cloudauth20190307, which speaks https unless it is told otherwise', async () => {
  const code = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { default: Client } = require('@alicloud/cloudauth20190307');
const { Config } = require('@alicloud/openapi-client');
const client = new Client(new Config({ endpoint: 'HOST', ${KEY} }));
const { body } = await client.describeOssUploadToken();
console.log(body.ossUploadToken.endPoint);
`;
  expect(await run(code)).toBe(`https://127.0.0.1:${secure.port}\n`);
});

test('a file that contrastFaceVerifyAdvance uploads goes to the https port, and is found by its http address', async () => {
  const code = `
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
const require = createRequire(import.meta.url);
const Cloudauth = require('@alicloud/cloudauth20190307');
const { RuntimeOptions } = require('@alicloud/tea-util');
const client = new Cloudauth.default({ endpoint: 'HOST', protocol: 'HTTPS', regionId: 'cn-shanghai', ${KEY} });
client._openPlatformEndpoint = 'HOST';
const request = new Cloudauth.ContrastFaceVerifyAdvanceRequest({
  sceneId: 1, outerOrderNo: 'order-1', productCode: 'ID_MIN', certType: 'IDENTITY_CARD',
  certName: '张三', certNo: '990000199003070013',
  faceContrastFileObject: Readable.from([Buffer.from('${FACE_JPEG.toString('base64')}', 'base64')]),
});
const { body } = await client.contrastFaceVerifyAdvance(request, new RuntimeOptions({}));
console.log(body.code, body.resultObject.passed);
`;
  expect(await run(code)).toBe('200 T\n');
});

test('ali-oss, with the credential and the EndPoint it is handed', async () => {
  const code = `
import PopCore from '@alicloud/pop-core';
import OSS from 'ali-oss';
const client = new PopCore({ endpoint: 'https://HOST', apiVersion: '2019-03-07', ${KEY} });
const { OssUploadToken: token } = await client.request('DescribeOssUploadToken', {}, { method: 'POST', timeout: 10_000 });
const store = new OSS({
  endpoint: token.EndPoint, region: 'oss-cn-shanghai', bucket: token.Bucket,
  accessKeyId: token.Key, accessKeySecret: token.Secret, stsToken: token.Token,
});
const put = await store.put(token.Path + '/face.jpg', Buffer.from('a face'));
const got = await store.get(token.Path + '/face.jpg');
console.log(put.res.status, got.content.toString());
`;
  expect(await run(code)).toBe('200 a face\n');
});
