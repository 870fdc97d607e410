import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOss, isPolicyForm } from '../../src/oss/classify.js';

const HERE = '127.0.0.1:9080';
const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
const acs3 = { authorization: 'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c' };

type Row = [method: string, target: string, host?: string, headers?: Record<string, string>];

test.each<Row>([
  ['GET', '/healthz', HERE, { authorization: 'OSS id:x' }],
  ['GET', '/_mock/x', HERE, { authorization: 'OSS4-HMAC-SHA256 Credential=x' }],
  ['GET', '/', HERE, { authorization: 'OSS' }],
  ['GET', '/healthz?OSSAccessKeyId=x&Expires=1&Signature=y'],
  ['GET', '/_mock/x?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-signature=y'],
  ['GET', '/a.jpg?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=y'],
  ['GET', '/healthz', 'verify-external-image.oss-cn-shanghai.aliyuncs.com'],
  ['GET', '/_mock/x', 'verify-external-image.localhost:9080'],
  ['GET', '/user_verify/cloudauth.html', 'cloudauth-zhangjiakou-external.mock.example.com'],
  ['GET', '/', 'nobody-has.oss-cn-shanghai.aliyuncs.com:9080'],
  ['POST', '/', 'verify-external-image.oss-cn-shanghai-internal.aliyuncs.com', multipart],
  ['GET', '/verify-external-image'],
  ['GET', '/verify-external-image/a.jpg'],
  ['GET', '/verify-external-image%2Fa.jpg'],
  ['OPTIONS', '/cloudauth-zhangjiakou-external/a.jpg'],
  ['GET', '/verify-external-image?uploads'],
  ['POST', '/verify-external-image/', HERE, multipart],
])('%s %s on %s %j is OSS’s', (_method, target, host = HERE, headers = {}) => {
  expect(isOss(target, host, headers, 'mock.example.com')).toBe(true);
});

test.each<Row>([
  ['GET', '/healthz'],
  ['GET', '/readyz'],
  ['POST', '/_mock/reset', HERE, multipart],
  ['GET', '/_mock/x?Signature=y&Expires=1'],
  ['GET', '/user_verify/cloudauth.html?token=x'],
  ['POST', '/user_verify/pass', HERE, multipart],
  ['POST', '/demo', HERE, multipart],
  ['POST', '/', HERE, multipart],
  ['GET', '/sdk/1.zip'],
  ['GET', '/'],
  ['POST', '/'],
  ['POST', '/', 'cloudauth.aliyuncs.com'],
  ['POST', '/', 'saf.cn-shanghai.aliyuncs.com', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['GET', '/?Action=GetStatus&Signature=x&Expires=1'],
  ['GET', '/?OSSAccessKeyId=x&Action=GetStatus'],
  ['POST', '/?Version=2017-11-17&Action=GetVerifyToken', HERE, multipart],
  ['POST', '/', HERE, { ...multipart, ...acs3 }],
  ['GET', '/verify-external-image/a.jpg', HERE, acs3],
  ['GET', '/?OSSAccessKeyId=x', HERE, acs3],
  ['GET', '/', 'images.localhost:9080'],
  ['GET', '/healthz', 'www.mock.example.com'],
  ['GET', '/verify-external-images/a.jpg'],
  ['GET', '/', ''],
  ['GET', '/', '.localhost'],
  ['GET', '/', 'oss-cn-shanghai.aliyuncs.com.evil.example'],
  ['PUT', '/a.jpg', HERE, { authorization: 'Bearer x' }],
  ['PUT', '/a.jpg', HERE, { authorization: '' }],
])('%s %s on %s %j is not OSS’s', (_method, target, host = HERE, headers = {}) => {
  expect(isOss(target, host, headers, 'mock.example.com')).toBe(false);
});

const form = (...names: string[]): Buffer =>
  Buffer.from(
    `${names.map((name) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nvalue\r\n`).join('')}--x--`,
  );

test.each([
  ['a form with a policy', {}, true],
  ['one with a query of its own', { query: 'x=1' }, true],
  ['one without a policy', { body: form('Action', 'key') }, false],
  ['one whose query names an Action', { query: 'Action=GetStatus' }, false],
  ['one posted elsewhere', { path: '/demo' }, false],
  ['one that is put', { method: 'PUT' }, false],
  ['another kind of body', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, false],
  ['a body without a type', { headers: {} }, false],
])('%s on /: is it posted to OSS?', (_what, members, expected) => {
  const call = { method: 'POST', path: '/', query: '', headers: multipart, body: form('key', 'policy', 'file') };
  expect(isPolicyForm({ ...call, ...members })).toBe(expected);
});

test('without a public host no subdomain of another host is taken', () => {
  expect(isOss('/', 'verify-external-image.mock.example.com', {})).toBe(false);
});

interface GatewayCapture {
  readonly scheme: string;
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
}
const gatewayCaptures = readdirSync('fixtures/wire').flatMap((file) =>
  (JSON.parse(readFileSync(`fixtures/wire/${file}`, 'utf8')) as GatewayCapture[])
    .filter(({ scheme }) => !scheme.startsWith('OSS'))
    .map((capture) => [`${file.replace('.json', '')} ${capture.operation}`, capture] as const),
);

test.each(gatewayCaptures)('%s is not OSS’s', (_title, { target, headers }) => {
  expect(isOss(target, headers.host!, headers, 'mock.example.com')).toBe(false);
});
