import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { presign, v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js';
import {
  additionalNames,
  canonicalRequest,
  parseV4Authorization,
  parseV4Credential,
  v4Signature,
  v4StringToSign,
} from '../../src/oss/signature-v4.js';

/** Computed by ali-oss's own functions and by hand with node:crypto; both agree. */
const SECRET = 'testsecret';
const TOKEN = 'CAIS+token/abc==';
const DATE = 'Fri, 20 Sep 2019 09:44:16 GMT';
const TARGET = { bucket: 'verify-external-image', key: 'c3fef70f36ca4b0d8203a499beaa9f80/face.jpg' };
const MD5_OF_HELLO = 'XUFAKrxLKna5cZ2REBfFkg==';
const none = new Map<string, string>();

const v1 = (headers: Record<string, string>, params: ReadonlyMap<string, string> = none, method = 'PUT') =>
  v1StringToSign({ method, headers, params, date: DATE }, TARGET);

test('V1: x-oss-date stands in the Date line and among the headers', () => {
  const headers = {
    'x-oss-date': DATE,
    'x-oss-security-token': TOKEN,
    'content-type': 'image/jpeg',
    'content-md5': MD5_OF_HELLO,
  };
  expect(v1Signature(v1(headers), SECRET)).toBe('duAYZdKXyhM9XKcU5IyVgmo1ixk=');
});

test('V1: the Date header alone', () => {
  const headers = { date: DATE, 'x-oss-security-token': TOKEN, 'content-type': 'image/jpeg' };
  expect(v1Signature(v1(headers), SECRET)).toBe('c5c8HA25ActG3AeQ1aUiiTGLDX0=');
});

test('V1: x-oss headers are sorted and trimmed', () => {
  expect(v1({ 'x-oss-meta-b': ' 2 ', 'x-oss-acl': 'private', 'X-Other': '3' })).toContain(
    `${DATE}\nx-oss-acl:private\nx-oss-meta-b:2\n/verify-external-image/`,
  );
});

test('V1: a header sent as UTF-8 is signed as UTF-8', () => {
  expect(v1({ 'x-oss-meta-name': Buffer.from('证').toString('latin1') })).toContain('x-oss-meta-name:证\n');
});

test('V1: of the query only sub-resources are signed, sorted, bare when they have no value', () => {
  const params = new Map(Object.entries({ uploads: '', prefix: 'x', partNumber: '1', acl: '' }));
  expect(v1({}, params)).toMatch(/face\.jpg\?acl&partNumber=1&uploads$/);
});

test('V1: a call without a bucket signs a slash', () => {
  expect(v1StringToSign({ method: 'GET', headers: {}, params: none, date: DATE }, { bucket: '', key: '' })).toBe(
    `GET\n\n\n${DATE}\n/`,
  );
});

const PRESIGNED = { method: 'GET', bucket: 'verify-external-image', key: 'p/a.jpg', expiresS: 1_568_975_056 } as const;

test('a presigned address carries the security token and signs it', () => {
  expect(presign({ access_key_id: 'STS.testid', secret: SECRET, security_token: TOKEN }, PRESIGNED)).toBe(
    'OSSAccessKeyId=STS.testid&Expires=1568975056&Signature=JUlwN6c3AqrqFfQZC5Bc4spNxAI%3D&security-token=CAIS%2Btoken%2Fabc%3D%3D',
  );
});

test('a presigned address of a long-term key has no security token', () => {
  expect(presign({ access_key_id: 'LTAItestid', secret: SECRET, security_token: '' }, PRESIGNED)).toBe(
    'OSSAccessKeyId=LTAItestid&Expires=1568975056&Signature=STdJunS%2F93U4B7yuX3pQZ2ZTqHg%3D',
  );
});

test('a form signs its policy as it is sent', () => {
  const policy =
    'eyJleHBpcmF0aW9uIjoiMjAzMC0wMS0wMVQwMDowMDowMC4wMDBaIiwiY29uZGl0aW9ucyI6W3siYnVja2V0IjoidmVyaWZ5LWV4dGVybmFsLWltYWdlIn0sWyJzdGFydHMtd2l0aCIsIiRrZXkiLCJwLyJdXX0=';
  expect(v1Signature(policy, SECRET)).toBe('rMwVR7rVjMH0wK2EC2HkPSSCSKE=');
});

const PARTS = {
  method: 'PUT',
  host: '127.0.0.1:9080',
  headers: {
    host: 'localhost',
    'x-oss-date': '20190920T094416Z',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-security-token': TOKEN,
    'content-type': 'image/jpeg',
    'content-md5': MD5_OF_HELLO,
  } as Record<string, string>,
  params: none,
  additionalHeaders: [] as string[],
};
const SCOPE = { accessKeyId: 'STS.testid', day: '20190920', region: 'cn-shanghai' };

test('V4: the canonical request has the expected hash', () => {
  expect(createHash('sha256').update(canonicalRequest(PARTS, TARGET)).digest('hex')).toBe(
    '33537ef9b110640b460a65f512935e256d9a18b3c6666979cbfebd1533ec6269',
  );
});

test('V4: the signature is the expected one', () => {
  const stringToSign = v4StringToSign('20190920T094416Z', SCOPE, canonicalRequest(PARTS, TARGET));
  expect(v4Signature(stringToSign, SECRET, SCOPE)).toBe(
    '0844a1a884e96aa8cc3e21ee18f834ccdd75d78488d443ed7a8acd515ad76fdb',
  );
});

test('V4: the key is encoded but for its slashes', () => {
  const [, path] = canonicalRequest(PARTS, { bucket: 'b', key: 'a b/证+(1)*.jpg' }).split('\n');
  expect(path).toBe('/b/a%20b/%E8%AF%81%2B%281%29%2A.jpg');
});

test('V4: the whole query but the signature is signed, sorted, bare where it has no value', () => {
  const params = new Map(Object.entries({ uploads: '', prefix: 'a/b c', 'x-oss-signature': 'x' }));
  const [, , query] = canonicalRequest({ ...PARTS, params }, TARGET).split('\n');
  expect(query).toBe('prefix=a%2Fb%20c&uploads');
});

test('V4: an additional host is the one that was sent', () => {
  const canonical = canonicalRequest({ ...PARTS, additionalHeaders: ['host'] }, TARGET);
  expect(canonical).toMatch(/\nhost:127\.0\.0\.1:9080\n(x-oss-.*\n){3}\nhost\nUNSIGNED-PAYLOAD$/);
});

test('V4: an additional header that was not sent is named but has no line', () => {
  const canonical = canonicalRequest({ ...PARTS, additionalHeaders: ['range'] }, TARGET);
  expect(canonical.match(/range.*/g)).toEqual(['range']);
});

test('V4: the header is read with and without spaces after its commas', () => {
  const read = (separator: string) =>
    parseV4Authorization(
      ['OSS4-HMAC-SHA256 Credential=a/b', 'AdditionalHeaders=Range;host', 'Signature=f0'].join(separator),
    );
  const expected = { credential: 'a/b', additionalHeaders: ['host', 'range'], signature: 'f0' };
  expect([read(','), read(', ')]).toEqual([expected, expected]);
});

test.each([
  'OSS4-HMAC-SHA256 Signature=f0',
  'OSS4-HMAC-SHA256 Credential=a/b',
  'OSS4-HMAC-SHA256 ',
  'OSS4-HMAC-SHA256 ,=,',
])('V4: %s is no authorization', (header) => {
  expect(parseV4Authorization(header)).toBeUndefined();
});

test.each([
  'id/20190920/cn-shanghai/oss/abc',
  'id/2019-09-20/cn-shanghai/oss/aliyun_v4_request',
  'id/20190920/cn-shanghai/s3/aliyun_v4_request',
  '/20190920/cn-shanghai/oss/aliyun_v4_request',
  'id/20190920/oss/aliyun_v4_request',
])('V4: %s is no credential', (text) => {
  expect(parseV4Credential(text)).toBeUndefined();
});

test('V4: names of additional headers are lower case, sorted and told once', () => {
  expect(additionalNames('Range;host;;range')).toEqual(['host', 'range']);
});
