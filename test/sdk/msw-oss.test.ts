/** The uploads of an unmodified application under msw: the vendor's own host names, no port open. */
import PopCore from '@alicloud/pop-core';
import OSS from 'ali-oss';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { handlers } from '../../src/msw.js';
import { FACE_JPEG } from '../../src/verification/face.js';

const mock = createCloudauthMock();
const server = setupServer(...handlers(mock));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(async () => {
  server.close();
  await mock.close();
});

const client = new PopCore({
  endpoint: 'https://cloudauth.aliyuncs.com',
  apiVersion: '2017-11-17',
  accessKeyId: 'LTAImockDefault',
  accessKeySecret: 'cloudauth-mock-secret',
  codes: ['1'],
});
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const call = (action: string, params: object): Promise<any> => client.request(action, params, { method: 'POST' });

test.each([false, true])('a photo is put, read and handed out again (V4: %s)', async (authorizationV4) => {
  const task = { Biz: 'RPMin', TicketId: `photo-${authorizationV4}` };
  const { StsToken, VerifyToken } = (await call('GetVerifyToken', task)).Data;
  const oss = new OSS({
    endpoint: StsToken.EndPoint,
    region: 'oss-cn-shanghai',
    bucket: StsToken.BucketName,
    accessKeyId: StsToken.AccessKeyId,
    accessKeySecret: StsToken.AccessKeySecret,
    stsToken: StsToken.Token,
    authorizationV4,
    refreshSTSToken: async () => StsToken,
    refreshSTSTokenInterval: 3_600_000,
  } as OSS.Options);
  const key = `${StsToken.Path}face.jpg`;
  await oss.put(key, FACE_JPEG);
  const read = await oss.get(key);
  const materials = { Name: '测试甲', IdentificationNumber: '1', FacePic: `oss://${StsToken.BucketName}:${key}` };
  const Material = Object.entries(materials).map(([MaterialType, Value]) => ({ MaterialType, Value }));
  await call('SubmitMaterials', { VerifyToken: VerifyToken.Token, Material });
  const picture = await fetch((await call('GetMaterials', task)).Data.FacePic);
  const bytes = Buffer.from(await picture.arrayBuffer());
  expect([FACE_JPEG.equals(read.content), picture.status, FACE_JPEG.equals(bytes)]).toEqual([true, 200, true]);
});

test('the page and the package are there as well', async () => {
  const { CloudauthPageUrl } = (await call('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'page' })).Data;
  const page = await fetch(CloudauthPageUrl);
  expect([page.status, new URL(CloudauthPageUrl).host]).toEqual([200, 'h5.m.taobao.com']);
});
