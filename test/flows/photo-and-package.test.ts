/** What an application does from end to end, with the clients it really uses: pop-core and ali-oss. */
import PopCore from '@alicloud/pop-core';
import OSS from 'ali-oss';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';

const mock = createCloudauthMock({ port: 0 });
beforeAll(async () => void (await mock.listen()));
afterAll(() => mock.close());

const KEY = { accessKeyId: 'LTAImockDefault', accessKeySecret: 'cloudauth-mock-secret' };
const call =
  (apiVersion: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  (action: string, params: object = {}): Promise<any> =>
    new PopCore({ endpoint: mock.url, apiVersion, ...KEY, codes: ['1'] }).request(action, params, {
      method: 'POST',
      timeout: 10_000,
    });
const verify = call('2017-11-17');
const build = call('2019-03-07');

const bucketOf = (sts: Record<string, string>) =>
  new OSS({
    endpoint: sts.EndPoint,
    region: 'oss-cn-shanghai',
    bucket: sts.BucketName,
    accessKeyId: sts.AccessKeyId!,
    accessKeySecret: sts.AccessKeySecret!,
    stsToken: sts.Token,
  });
const submission = (token: string, FacePic: string) => ({
  VerifyToken: token,
  Material: Object.entries({ Name: '测试甲', IdentificationNumber: '990000199003070013', FacePic }).map(
    ([MaterialType, Value]) => ({ MaterialType, Value }),
  ),
});

test('a photo is uploaded, submitted by its address, and handed out again with the same bytes', async () => {
  const task = { Biz: 'RPMin', TicketId: 'photo' };
  const { StsToken, VerifyToken } = (await verify('GetVerifyToken', task)).Data;
  const key = `${StsToken.Path}人脸 1.jpg`;
  await bucketOf(StsToken).put(key, FACE_JPEG);
  await verify('SubmitMaterials', submission(VerifyToken.Token, `oss://${StsToken.BucketName}:${key}`));
  expect((await verify('GetStatus', task)).Data.StatusCode).toBe(1);
  const picture = await fetch((await verify('GetMaterials', task)).Data.FacePic);
  expect([picture.status, Buffer.from(await picture.arrayBuffer()).equals(FACE_JPEG)]).toEqual([200, true]);
});

test('an address nothing was uploaded to is refused, and the task stays open', async () => {
  const task = { Biz: 'RPMin', TicketId: 'no-photo' };
  const { StsToken, VerifyToken } = (await verify('GetVerifyToken', task)).Data;
  const address = `oss://${StsToken.BucketName}:${StsToken.Path}face.jpg`;
  await expect(verify('SubmitMaterials', submission(VerifyToken.Token, address))).rejects.toMatchObject({
    code: 'Error.MaterialsUploadError',
  });
  expect((await verify('GetStatus', task)).Data.StatusCode).toBe(-1);
});

test('an SDK is built, downloaded and opened', async () => {
  const { TaskId } = await build('CreateRPSDK', { AppUrl: 'https://example.com/app.apk', Platform: 'ANDROID' });
  const urls: string[] = [];
  while (!urls.at(-1)) urls.push((await build('DescribeRPSDK', { TaskId })).SdkUrl);
  const files = unzipSync(new Uint8Array(await (await fetch(urls.at(-1)!)).arrayBuffer()));
  expect(urls.length).toBe(2);
  expect(JSON.parse(Buffer.from(files['manifest.json']!).toString())).toMatchObject({ TaskId, Platform: 'ANDROID' });
  expect(JSON.parse(Buffer.from(files['config.json']!).toString())).toMatchObject({ endpoint: mock.url });
});
