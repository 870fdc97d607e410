import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { handlers } from '../../src/msw.js';
import { init, WEB } from '../support/face.js';
import { type Call, openApi, operations, popCore, run } from '../support/sdk.js';

const mock = createCloudauthMock({ sdkBuild: 'immediate' });
const server = setupServer(...handlers(mock));
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
beforeEach(() => mock.reset());
afterAll(async () => {
  server.close();
  await mock.close();
});

const CLIENTS: readonly [name: string, client: (url: string) => Call][] = [
  ['pop-core by POST', (url) => popCore(url)],
  ['openapi-client by ACS3', (url) => openApi(url)],
  ['openapi-client by v2, in a form', (url) => openApi(url, { signatureAlgorithm: 'v2', place: 'body' })],
];

const onVendorHost = operations.map((each) => [each.path, `https://${each.version.host}`, each] as const);

describe.each(CLIENTS)('%s', (_name, client) => {
  test.each(onVendorHost)('%s answers at %s', async (_path, url, operation) => {
    expect(await run(operation, client(url))).toMatchObject(operation.answer);
  });

  test('EndPoint is the vendor’s own host', async () => {
    const answer = await client('https://cloudauth.aliyuncs.com')('2019-03-07', 'DescribeOssUploadToken');
    expect(answer.OssUploadToken.EndPoint).toBe('https://oss-cn-zhangjiakou.aliyuncs.com');
  });

  test('a failure surfaces as over a socket', async () => {
    const call = client('https://cloudauth.aliyuncs.com')('2019-03-07', 'NoSuchAction');
    await expect(call).rejects.toMatchObject({ code: 'UnsupportedOperation' });
  });
});

test.each<[host: string, version: string, action: string]>([
  ['cloudauth-intl.ap-southeast-1.aliyuncs.com', '2022-08-09', 'KeepaliveIntl'],
  ['cloudauth-vpc.cn-shanghai.aliyuncs.com', '2019-03-07', 'DescribeOssUploadToken'],
  ['cloudauth-dualstack.aliyuncs.com', '2019-03-07', 'DescribeOssUploadToken'],
  ['openplatform.aliyuncs.com', '2019-12-19', 'AuthorizeFileUpload'],
])('%s is one of the vendor’s hosts', async (host, version, action) => {
  const { RequestId } = await popCore(`https://${host}`)(version, action);
  expect(RequestId).toMatch(/^[0-9A-F-]{36}$/);
});

test('pop-core by GET is intercepted too', async () => {
  const call = popCore('https://cloudauth.aliyuncs.com', 'GET')('2019-03-07', 'DescribeOssUploadToken');
  expect((await call).OssUploadToken.EndPoint).toBe('https://oss-cn-zhangjiakou.aliyuncs.com');
});

test.each(['S', 'L'])('CertifyUrl of style %s leads to the page in process', async (CertifyUrlStyle) => {
  const { ResultObject } = (await init(mock, { MetaInfo: WEB, ReturnUrl: 'http://localhost/done', CertifyUrlStyle }))
    .json;
  const { host } = new URL(ResultObject.CertifyUrl);
  const page = await fetch(ResultObject.CertifyUrl);
  expect([host, page.status, (await page.text()).includes('name="agree"')]).toEqual(['t.aliyun.com', 200, true]);
});

test('no port is open: the mock names the vendor’s host', () => {
  expect(mock.url).toBe('https://cloudauth.aliyuncs.com');
});

test.each([
  'https://cloudauth.aliyuncs.com/',
  'http://cloudauth.aliyuncs.com/',
  'https://cloudauth.cn-hangzhou.aliyuncs.com/?Action=GetStatus',
  'https://saf.cn-shanghai.aliyuncs.com/',
  'https://saf.ap-southeast-1.aliyuncs.com/',
])('%s is answered', async (url) => {
  const response = await getResponse(handlers(mock), new Request(url));
  expect(response?.headers.get('x-cloudauth-mock')).toBeTruthy();
});

test.each([
  'https://ecs.aliyuncs.com/',
  'https://aliyuncs.com/',
  'https://cloudauth.aliyuncs.com.example.org/',
  'https://example.org/cloudauth.aliyuncs.com/',
  'https://notcloudauth.aliyuncs.com/',
])('%s is left alone', async (url) => {
  expect(await getResponse(handlers(mock), new Request(url))).toBeUndefined();
});

test('a request to another host goes where it was sent', async () => {
  const other = createServer((_request, response) => void response.end('its own')).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const response = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  expect(await response.text()).toBe('its own');
  other.close();
});
