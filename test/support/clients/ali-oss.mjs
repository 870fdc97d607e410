// Uploads as the documents print it: a region and no endpoint, with the credential that comes with a token.
import PopCore from '@alicloud/pop-core';
import OSS from 'ali-oss';

const client = new PopCore({
  accessKeyId: 'LTAI5tSomeonesOwnKey01',
  accessKeySecret: 'their own secret',
  endpoint: 'https://cloudauth.aliyuncs.com',
  apiVersion: '2017-11-17',
  codes: ['1'],
});
const task = { Biz: 'their-own-scene', TicketId: 'order-1' };
const { Data } = await client.request('GetVerifyToken', task, { method: 'POST', timeout: 20_000 });
const { AccessKeyId, AccessKeySecret, Token, BucketName, Path } = Data.StsToken;
const store = new OSS({
  region: 'oss-cn-shanghai',
  secure: true,
  bucket: BucketName,
  accessKeyId: AccessKeyId,
  accessKeySecret: AccessKeySecret,
  stsToken: Token,
  refreshSTSToken: async () => ({ accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, stsToken: Token }),
  refreshSTSTokenInterval: 900_000,
});
await store.put(`${Path}face.jpg`, Buffer.from('a face'));
console.log(BucketName, String((await store.get(`${Path}face.jpg`)).content));
