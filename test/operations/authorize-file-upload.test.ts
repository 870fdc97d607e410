import { expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { VENDOR_HOSTS } from '../../src/platform/vendor-hosts.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { signedParams } from '../support/call.js';
import { saying } from '../support/hints.js';
import { codeOf } from '../support/oss.js';
import { request, sendRaw } from '../support/raw.js';
import { ASKED, authorize, post } from '../support/upload.js';

test('in process it names the vendor’s bucket, and a key as its samples have it', async () => {
  await using mock = createCloudauthMock();
  expect(await authorize(mock)).toEqual({
    RequestId: expect.any(String),
    AccessKeyId: expect.stringMatching(/^LTAI5t\w{18}$/),
    Bucket: 'viapi-customer-pop',
    EncodedPolicy: expect.any(String),
    Endpoint: 'oss-cn-shanghai.aliyuncs.com',
    ObjectKey: expect.stringMatching(/^[0-9a-f]{4}_\d+_[0-9a-f]{32}$/),
    Signature: expect.any(String),
    UseAccelerate: false,
  });
});

test.each<[host: string, expected: string, options?: MockOptions]>([
  ['127.0.0.1:PORT', '127 0.0.1:PORT'],
  ['localhost:PORT', '127 0.0.1:PORT'],
  ['a.localhost:PORT', '127 0.0.1:PORT'],
  ['localhost:8080', '127 0.0.1:8080'],
  ['cloudauth-mock:4520', '127 0.0.1:PORT'],
  ['192.168.1.5:4520', '192 168.1.5:4520'],
  ['mock.example.com:8080', 'mock example.com:8080'],
  ['[::1]:PORT', 'viapi-customer-pop localhost:PORT'],
  ['openplatform.aliyuncs.com', 'viapi-customer-pop oss-cn-shanghai.aliyuncs.com'],
  ['openplatform.aliyuncs.com:PORT', 'viapi-customer-pop oss-cn-shanghai.aliyuncs.com:PORT'],
  ['127.0.0.1:PORT', 'mock example.com:8080', { publicUrl: 'http://mock.example.com:8080' }],
  ['openplatform.aliyuncs.com', '127 0.0.1:8080', { publicUrl: 'http://localhost:8080' }],
])('who comes to %s posts to %s', async (host, expected, options = {}) => {
  await using mock = await createCloudauthMock({ port: 0, ...options }).listen();
  const { port } = new URL(mock.url);
  const at = (text: string) => text.replace('PORT', port);
  const line = `GET /?${signedParams(ASKED, { method: 'GET' })}`;
  const { json } = await sendRaw(`http://127.0.0.1:${port}`, request(line, { Host: at(host) }));
  expect(`${json.Bucket} ${json.Endpoint}`).toBe(at(expected));
});

test('who comes by a vendor’s name is told which other name has to lead here', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const line = `GET /?${signedParams(ASKED, { method: 'GET' })}`;
  const { headers } = await sendRaw(mock.url, request(line, { Host: 'openplatform.aliyuncs.com' }));
  const host = 'viapi-customer-pop.oss-cn-shanghai.aliyuncs.com';
  expect(headers['x-cloudauth-mock-hint']).toBe(await saying(['upload-host', { host }]));
});

test('the host of uploads is among those the hosts file leads here', async () => {
  await using mock = createCloudauthMock();
  const { Bucket, Endpoint } = await authorize(mock);
  expect(VENDOR_HOSTS.map(({ name }) => name)).toContain(`${Bucket}.${Endpoint}`);
});

test('each call answers a key of its own, of one account', async () => {
  await using mock = createCloudauthMock();
  const [one, other] = [await authorize(mock), await authorize(mock)];
  expect(one.ObjectKey.slice(0, 22)).toBe(other.ObjectKey.slice(0, 22));
  expect(one.ObjectKey).not.toBe(other.ObjectKey);
});

test.each<[what: string, changes: Record<string, string>, file: Uint8Array, expected: string]>([
  ['another key', { key: '3c1e_1000000000000001_0123456789abcdef0123456789abcdef' }, FACE_JPEG, '403 AccessDenied'],
  ['a key made of the file’s name', { key: `$\{filename}` }, FACE_JPEG, '403 AccessDenied'],
  ['another signature', { Signature: 'AAAA' }, FACE_JPEG, '403 SignatureDoesNotMatch'],
  ['over 50 MB', {}, new Uint8Array(50 * 1024 * 1024 + 1), '400 EntityTooLarge'],
])('%s is refused', async (_what, changes, file, expected) => {
  await using mock = createCloudauthMock();
  expect(await codeOf(await post(mock, await authorize(mock), file, changes))).toBe(expected);
});

test('it is good for half an hour of business time', async () => {
  await using mock = createCloudauthMock();
  const given = await authorize(mock);
  await mock.clock.advance('29m');
  const { status } = await post(mock, given, FACE_JPEG);
  await mock.clock.advance('61s');
  expect([status, await codeOf(await post(mock, given, FACE_JPEG))]).toEqual([204, '403 AccessDenied']);
});

test('an account that nobody has declared can upload as well', async () => {
  await using mock = createCloudauthMock({ keys: 'any' });
  const given = await authorize(mock, { accessKeyId: 'LTAI5tStranger0000000000', secret: 'whatever' });
  expect((await post(mock, given, FACE_JPEG)).status).toBe(204);
});

test('its key opens nothing else', async () => {
  await using mock = createCloudauthMock();
  const [one, other] = [await authorize(mock), await authorize(mock)];
  const foreign = { ...other, AccessKeyId: one.AccessKeyId };
  expect(await codeOf(await post(mock, foreign, FACE_JPEG))).toBe('403 SignatureDoesNotMatch');
});
