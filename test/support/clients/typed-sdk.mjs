// The SDK of Cloudauth; its Advance calls upload a file by AuthorizeFileUpload of OpenPlatform, whose host is its own.
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

const require = createRequire(import.meta.url);
const Cloudauth = require('@alicloud/cloudauth20190307');
const { Config } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');

const config = new Config({
  accessKeyId: 'LTAI5tSomeonesOwnKey01',
  accessKeySecret: 'their own secret',
  endpoint: 'cloudauth.cn-shanghai.aliyuncs.com',
  regionId: 'cn-shanghai',
});
const photo = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64');
const request = new Cloudauth.ContrastFaceVerifyAdvanceRequest({
  sceneId: 4242,
  outerOrderNo: 'order-1',
  productCode: 'ID_MIN',
  certType: 'IDENTITY_CARD',
  certName: '张三',
  certNo: '990000199003070013',
  faceContrastFileObject: Readable.from([photo]),
});
const { body } = await new Cloudauth.default(config).contrastFaceVerifyAdvance(request, new RuntimeOptions({}));
console.log(body.code, body.resultObject.passed);
