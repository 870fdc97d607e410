import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { type Sts, stsOf } from '../support/oss.js';

let mock: CloudauthMock;
let sts: Sts;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0 }).listen();
  sts = await stsOf(mock);
});
afterAll(() => mock.close());

type Options = Partial<OSS.Options> & { sldEnable?: boolean; authorizationV4?: boolean };

const clientOf = (url: string, { accessKeyId, secret, token, bucket }: Sts, options: Options = {}) =>
  new OSS({
    accessKeyId,
    accessKeySecret: secret,
    stsToken: token,
    bucket,
    region: 'oss-cn-shanghai',
    endpoint: url,
    // without it the client warns on stderr
    refreshSTSToken: async () => ({ accessKeyId, accessKeySecret: secret, stsToken: token }),
    refreshSTSTokenInterval: 3_600_000,
    ...options,
  } as OSS.Options);

/** Types of the package lack some of its verbs. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Client = any;

const localhost = () => mock.url.replace('127.0.0.1', 'localhost');
const WAYS: [string, () => string, Options][] = [
  ['V1, an IP', () => mock.url, {}],
  ['V4, an IP', () => mock.url, { authorizationV4: true }],
  ['V1, bucket in the path', localhost, { sldEnable: true }],
  ['V4, bucket in the path', localhost, { sldEnable: true, authorizationV4: true }],
];
const KEYS = ['face.jpg', '身份证 正面.jpg', "a b+c%2F~*'()!&=?#.png", '..a', 'healthz', '_mock/x', 'a//b', 'ｆ🙂'];

describe.each(WAYS)('%s', (way, url, options) => {
  const client = (): Client => clientOf(url(), sts, options);
  const key = (name: string) => `${sts.path}${way}/${name}`;

  test.each(KEYS)('%j: what was put is got, described, and deleted', async (name) => {
    const oss = client();
    const content = Buffer.from(`content of ${name}`);
    await oss.put(key(name), content, { meta: { who: 'tester' } });
    const got = await oss.get(key(name));
    const head = await oss.head(key(name));
    await oss.delete(key(name));
    const after = await oss.head(key(name)).catch((error: { code: string }) => error.code);
    expect([got.content.toString(), head.meta, head.res.headers['content-length'], after]).toEqual([
      String(content),
      { who: 'tester' },
      String(content.length),
      'NoSuchKey',
    ]);
  });

  test('a stream is put in chunks and got as a stream', async () => {
    const oss = client();
    await oss.putStream(key('stream'), Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')]));
    const { stream } = await oss.getStream(key('stream'));
    const chunks: Buffer[] = await Readable.from(stream).toArray();
    expect(Buffer.concat(chunks).equals(Buffer.from('a'.repeat(70_000) + 'b'.repeat(70_000)))).toBe(true);
  });

  test('a range is got', async () => {
    const oss = client();
    await oss.put(key('range'), Buffer.from('0123456789'));
    const { content, res } = await oss.get(key('range'), { headers: { Range: 'bytes=2-4' } });
    expect([content.toString(), res.status]).toEqual(['234', 206]);
  });

  test('more than a megabyte goes up in parts', async () => {
    const oss = client();
    const content = Buffer.alloc(1_200_000, '0123456789abc');
    const { etag } = await oss.multipartUpload(key('large'), content, { partSize: 102_400, parallel: 3 });
    const got = await oss.get(key('large'));
    expect([got.content.equals(content), etag]).toEqual([true, expect.stringMatching(/^"[0-9A-F]{32}-12"$/)]);
  });

  test('an upload tells its parts until it is aborted', async () => {
    const oss = client();
    const { uploadId } = await oss.initMultipartUpload(key('aborted'));
    await oss.uploadPart(key('aborted'), uploadId, 1, Buffer.alloc(102_400), 0, 102_400);
    const { parts } = await oss.listParts(key('aborted'), uploadId);
    await oss.abortMultipartUpload(key('aborted'), uploadId);
    const after = await oss.listParts(key('aborted'), uploadId).catch((error: { code: string }) => error.code);
    expect([[parts].flat().map(({ PartNumber, Size }) => [PartNumber, Size]), after]).toEqual([
      [['1', '102400']],
      'NoSuchUpload',
    ]);
  });

  test.each(['list', 'listV2'])('%s tells the objects below a prefix', async (verb) => {
    const oss = client();
    const names = ['list/一', 'list/a b', 'list/sub/1', 'list/sub/2'].map(key);
    for (const name of names) await oss.put(name, Buffer.from('x'));
    const all = await oss[verb]({ prefix: key('list/') });
    const level = await oss[verb]({ prefix: key('list/'), delimiter: '/' });
    const name = ({ name }: { name: string }) => name;
    expect([all.objects.map(name).sort(), level.objects.map(name).sort(), level.prefixes]).toEqual([
      [...names].sort(),
      names.slice(0, 2).sort(),
      [key('list/sub/')],
    ]);
  });

  test('a list goes on where a page ended', async () => {
    const oss = client();
    for (const name of ['pages/1', 'pages/2', 'pages/3']) await oss.put(key(name), Buffer.from('x'));
    const query = { prefix: key('pages/'), 'max-keys': 2 };
    const first = await oss.list(query);
    const second = await oss.list({ ...query, marker: first.nextMarker });
    expect([first.isTruncated, second.isTruncated, second.objects.map(({ name }: { name: string }) => name)]).toEqual([
      true,
      false,
      [key('pages/3')],
    ]);
  });

  test.each([
    ['an object that is not there', 'NoSuchKey', 404, (oss: Client) => oss.get(key('missing'))],
    ['a key outside of the path', 'AccessDenied', 403, (oss: Client) => oss.put('elsewhere/a', Buffer.from('x'))],
    ['a list outside of the path', 'AccessDenied', 403, (oss: Client) => oss.list({ prefix: 'elsewhere/' })],
    ['an operation it does not have', 'NotImplemented', 501, (oss: Client) => oss.getACL(key('missing'))],
  ])('%s is %s', async (_what, code, status, run) => {
    await expect(run(client())).rejects.toMatchObject({ code, status });
  });

  test.each([
    ['a wrong secret', 'SignatureDoesNotMatch', () => ({ ...sts, secret: 'wrong' })],
    ['a wrong token', 'InvalidSecurityToken', () => ({ ...sts, token: 'CAISwrong' })],
    ['an unknown key', 'InvalidAccessKeyId', () => ({ ...sts, accessKeyId: 'STS.unknown' })],
  ])('%s is %s', async (_what, code, wrong) => {
    const oss: Client = clientOf(url(), wrong(), options);
    await expect(oss.put(key('a'), Buffer.from('x'))).rejects.toMatchObject({ code, status: 403 });
  });

  test('a token older than half an hour is SecurityTokenExpired', async () => {
    await using later = await createCloudauthMock({ port: 0 }).listen();
    const old = await stsOf(later);
    await later.clock.advance('31m');
    const oss: Client = clientOf(url().replace(/\d+$/, new URL(later.url).port), old, options);
    await expect(oss.put(`${old.path}a`, Buffer.from('x'))).rejects.toMatchObject({ code: 'SecurityTokenExpired' });
  });
});

const endPointOf = async (url: string): Promise<Sts & { endPoint: string }> => {
  const { json } = await call({ fetch }, cloudauth2019('DescribeOssUploadToken'), { url: `${url}/` });
  const { EndPoint, Key, Secret, Token, Bucket, Path } = json.OssUploadToken;
  return { endPoint: EndPoint, accessKeyId: Key, secret: Secret, token: Token, bucket: Bucket, path: `${Path}/` };
};

test('the EndPoint handed out over http://localhost takes an upload without a further option', async () => {
  const { endPoint, ...credential } = await endPointOf(localhost());
  const oss: Client = clientOf(endPoint, credential);
  await oss.put(`${credential.path}by localhost`, Buffer.from('here'));
  expect((await oss.get(`${credential.path}by localhost`)).content.toString()).toBe('here');
});

test.each<[way: string, options: object]>([
  ['cname', { cname: true }],
  ['sldEnable', { sldEnable: true }],
])('an endpoint of one’s own on localhost works with %s', async (_way, options) => {
  const { endPoint: _, ...credential } = await endPointOf(localhost());
  const oss: Client = clientOf(localhost(), credential, options);
  await oss.put(`${credential.path}own`, Buffer.from('own'));
  expect((await oss.get(`${credential.path}own`)).content.toString()).toBe('own');
});

test('a key with a dot segment is signed as it is and sent without: it is SignatureDoesNotMatch', async () => {
  const put = (clientOf(mock.url, sts) as Client).put(`${sts.path}a/../b`, Buffer.from('x'));
  await expect(put).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test('a V1 URL is fetched by anybody', async () => {
  const oss: Client = clientOf(localhost(), sts, { sldEnable: true } as Options);
  await oss.put(`${sts.path}shared 脸.txt`, Buffer.from('shared'));
  const url = oss.signatureUrl(`${sts.path}shared 脸.txt`, {
    response: { 'content-disposition': 'attachment; filename="脸"' },
  });
  const response = await fetch(url);
  expect([
    await response.text(),
    Buffer.from(response.headers.get('content-disposition')!, 'latin1').toString(),
  ]).toEqual(['shared', 'attachment; filename="脸"']);
});

test.each([
  ['an IP', () => mock.url, {}],
  ['the bucket in its path', localhost, { sldEnable: true }],
])('a V4 URL with %s is fetched by anybody', async (_how, url, options) => {
  const oss: Client = clientOf(url(), sts, { ...options, authorizationV4: true } as Options);
  await oss.put(`${sts.path}shared`, Buffer.from('shared'));
  const response = await fetch(await oss.signatureUrlV4('GET', 60, undefined, `${sts.path}shared`));
  expect(await response.text()).toBe('shared');
});

test('a V4 URL takes an upload', async () => {
  const oss: Client = clientOf(mock.url, sts, { authorizationV4: true } as Options);
  const url = await oss.signatureUrlV4('PUT', 60, undefined, `${sts.path}by url`);
  const { status } = await fetch(url, { method: 'PUT', body: new Uint8Array([1, 2]) });
  expect([status, (await oss.get(`${sts.path}by url`)).content.toString('hex')]).toEqual([200, '0102']);
});

test('the credential of DescribeOssUploadToken opens its own bucket', async () => {
  const { json } = await call(mock, cloudauth2019('DescribeOssUploadToken'));
  const { Key, Secret, Token, Bucket, Path } = json.OssUploadToken;
  const oss: Client = clientOf(mock.url, {
    accessKeyId: Key,
    secret: Secret,
    token: Token,
    bucket: Bucket,
    path: Path,
  });
  await oss.put(`${Path}/app.apk`, Buffer.from('apk'));
  expect((await oss.get(`${Path}/app.apk`)).content.toString()).toBe('apk');
});

test('with --db objects are there after a restart', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'ali-oss-'));
  const db = join(scratch, 'state.db');
  try {
    const first = await createCloudauthMock({ port: 0, db }).listen();
    const credential = await stsOf(first);
    await (clientOf(first.url, credential) as Client).put(`${credential.path}a`, Buffer.from('kept'));
    await first.close();
    await using second = await createCloudauthMock({ port: 0, db }).listen();
    const { content } = await (clientOf(second.url, credential) as Client).get(`${credential.path}a`);
    expect(content.toString()).toBe('kept');
  } finally {
    await rm(scratch, { recursive: true });
  }
});
