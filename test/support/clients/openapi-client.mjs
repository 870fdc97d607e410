// The client every SDK of today is built on, asked for an operation by its name.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');

const config = new Config({
  accessKeyId: 'LTAI5tSomeonesOwnKey01',
  accessKeySecret: 'their own secret',
  endpoint: 'cloudauth.cn-shanghai.aliyuncs.com',
});
const params = new Params({
  ...{ action: 'DescribeOssUploadToken', version: '2019-03-07', protocol: 'HTTPS', method: 'POST', pathname: '/' },
  ...{ authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' },
});
const { statusCode, body } = await new Client(config).callApi(params, new OpenApiRequest({}), new RuntimeOptions({}));
console.log(statusCode, body.OssUploadToken.Bucket);
