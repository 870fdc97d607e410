import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { codeOf, oss, type Sts, stsOf } from '../support/oss.js';

let mock: CloudauthMock;
let sts: Sts;
beforeAll(async () => {
  mock = createCloudauthMock();
  sts = await stsOf(mock);
});
afterAll(() => mock.close());

const key = (name: string) => `${sts.path}${name}`;
const put = (name: string, body: string, headers: Record<string, string> = {}) =>
  oss(mock, sts, 'PUT', key(name), { body, headers });
const get = (name: string, headers: Record<string, string> = {}, query = '') =>
  oss(mock, sts, 'GET', key(name), { headers, query });

describe('PutObject', () => {
  test('answers with the headers of the recorded one, but the CRC-64 clients do without', async () => {
    const { status, headers } = await put('hello', 'hello');
    expect([status, Object.fromEntries(headers)]).toEqual([
      200,
      {
        server: 'AliyunOSS',
        date: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
        'content-length': '0',
        'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
        etag: '"5D41402ABC4B2A76B9719D911017C592"',
        'x-oss-request-id': expect.stringMatching(/^[0-9A-F]{24}$/),
        'x-oss-server-time': expect.stringMatching(/^\d+$/),
        'x-cloudauth-mock': expect.any(String),
      },
    ]);
  });

  test('with a Content-MD5 of other bytes keeps nothing', async () => {
    const answer = await put('digest', 'other', { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' });
    expect([await codeOf(answer), await codeOf(await get('digest'))]).toEqual(['400 InvalidDigest', '404 NoSuchKey']);
  });

  test.each([
    ['longer than 8 KB together', { 'x-oss-meta-a': 'a'.repeat(4096), 'x-oss-meta-b': 'b'.repeat(4096) }],
    ['of another name', { 'x-oss-meta-my_key': '1' }],
  ])('with user metadata %s is InvalidArgument', async (_what, headers) => {
    expect(await codeOf(await put('meta', 'hello', headers))).toBe('400 InvalidArgument');
  });

  test('with somebody to call back is NotImplemented, and keeps nothing', async () => {
    const answer = await put('called-back', 'hello', { 'x-oss-callback': 'eyJ9' });
    expect([await codeOf(answer), await codeOf(await get('called-back'))]).toEqual([
      '501 NotImplemented',
      '404 NoSuchKey',
    ]);
  });

  test('with a query longer than any is InvalidArgument, whoever signed it', async () => {
    const query = Array.from({ length: 20_000 }, (_, index) => `n${index}`).join('&');
    expect(await codeOf(await oss(mock, sts, 'PUT', key('long'), { query, secret: 'no' }))).toBe('400 InvalidArgument');
  });

  test('with a Content-MD5 that is none is InvalidDigest', async () => {
    expect(await codeOf(await put('digest', 'hello', { 'content-md5': 'abc' }))).toBe('400 InvalidDigest');
  });

  test('shorter than its Content-Length keeps nothing', async () => {
    const answer = await put('short', 'hello', { 'content-length': '6' });
    expect([await codeOf(answer), await codeOf(await get('short'))]).toEqual(['400 IncompleteBody', '404 NoSuchKey']);
  });

  test('forbidden to overwrite leaves the object that is there', async () => {
    await put('once', 'first');
    const again = await put('once', 'second', { 'x-oss-forbid-overwrite': 'true' });
    expect([await codeOf(again), await (await get('once')).text()]).toEqual(['409 FileAlreadyExists', 'first']);
  });

  test('of two that may not overwrite, at once, one is kept', async () => {
    const headers = { 'x-oss-forbid-overwrite': 'true' };
    const answers = await Promise.all([put('race', 'first', headers), put('race', 'second', headers)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('replaces an object', async () => {
    await put('twice', 'first');
    await put('twice', 'second');
    expect(await (await get('twice')).text()).toBe('second');
  });

  test('beyond --max-object-bytes is EntityTooLarge, with a hint', async () => {
    await using small = createCloudauthMock({ maxObjectBytes: 3 });
    const own = await stsOf(small);
    const answer = await oss(small, own, 'PUT', `${own.path}a`, { body: 'four' });
    expect([answer.headers.get('x-cloudauth-mock-hint'), await codeOf(answer)]).toEqual([
      expect.stringContaining('--max-object-bytes'),
      '400 EntityTooLarge',
    ]);
  });
});

test('an answer nobody reads holds no room', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'oss-'));
  {
    await using small = createCloudauthMock({ db: join(scratch, 'state.db'), maxObjectBytes: 1_000_000 });
    const own = await stsOf(small);
    const body = new Uint8Array(1_000_000);
    await oss(small, own, 'PUT', `${own.path}a`, { body });
    const unread = await oss(small, own, 'GET', `${own.path}a`);
    await new Promise(setImmediate);
    await oss(small, own, 'DELETE', `${own.path}a`);
    expect([unread.status, (await oss(small, own, 'PUT', `${own.path}b`, { body })).status]).toEqual([200, 200]);
  }
  await rm(scratch, { recursive: true });
});

describe('GetObject', () => {
  test('gives back the properties of the upload', async () => {
    const properties = {
      'content-type': 'image/x-photo',
      'cache-control': 'no-cache',
      'content-disposition': 'attachment',
      'x-oss-meta-who': 'tester',
    };
    await put('properties', 'hello', properties);
    const { headers } = await get('properties');
    expect(Object.fromEntries(headers)).toMatchObject({
      ...properties,
      'accept-ranges': 'bytes',
      'x-oss-object-type': 'Normal',
      'content-length': '5',
    });
  });

  test('tells Last-Modified by the business clock', async () => {
    await using later = createCloudauthMock();
    await later.clock.set('2019-09-20T09:44:16Z');
    const own = await stsOf(later);
    await oss(later, own, 'PUT', `${own.path}a`, { body: 'x' });
    const { headers } = await oss(later, own, 'GET', `${own.path}a`);
    expect(headers.get('last-modified')).toMatch(/^Fri, 20 Sep 2019 09:44:1\d GMT$/);
  });

  test.each([
    ['photo.JPG', 'image/jpeg'],
    ['photo.constructor', 'application/octet-stream'],
    ['photo.__proto__', 'application/octet-stream'],
  ])('goes by the extension of %s when there was no Content-Type', async (name, type) => {
    await put(name, 'x');
    expect((await get(name)).headers.get('content-type')).toBe(type);
  });

  test.each([
    ['bytes=1-3', 206, 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 206, 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 206, 'lo', 'bytes 3-4/5'],
    ['bytes=0-4', 206, 'hello', 'bytes 0-4/5'],
    ['bytes=3-99', 200, 'hello', null],
    ['bytes=5-9', 200, 'hello', null],
    ['bytes=3-1', 200, 'hello', null],
    ['bytes=-9', 200, 'hello', null],
    ['bytes=0-1,3-4', 200, 'hello', null],
    ['bytes=-', 200, 'hello', null],
    ['lines=1-2', 200, 'hello', null],
  ])('of %s is %i', async (range, status, text, contentRange) => {
    await put('range', 'hello');
    const answer = await get('range', { range });
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test('with the standard behaviour cuts a range at the end', async () => {
    await put('range', 'hello');
    const answer = await get('range', { range: 'bytes=3-99', 'x-oss-range-behavior': 'standard' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 3-4/5']);
  });

  test('with the standard behaviour refuses a range behind the end', async () => {
    await put('range', 'hello');
    const answer = await get('range', { range: 'bytes=5-9', 'x-oss-range-behavior': 'standard' });
    expect(await codeOf(answer)).toBe('416 InvalidRange');
  });

  test('lets the query say another type', async () => {
    await put('override', 'hello');
    const { headers } = await get('override', {}, 'response-content-type=text%2Fcss');
    expect(headers.get('content-type')).toBe('text/css');
  });

  test('takes no line break from the query into a header', async () => {
    await put('override', 'hello');
    const answer = await get('override', {}, 'response-content-type=a%0D%0Ab');
    expect(await codeOf(answer)).toBe('400 InvalidArgument');
  });

  test.each([
    ['if-none-match', '"5D41402ABC4B2A76B9719D911017C592"', 304],
    ['if-none-match', '"00000000000000000000000000000000"', 200],
    ['if-match', '"00000000000000000000000000000000"', 412],
    ['if-match', '"5D41402ABC4B2A76B9719D911017C592"', 200],
    ['if-match', '*', 200],
    ['if-none-match', '*', 304],
    ['if-modified-since', 'Tue, 01 Jan 2069 00:00:00 GMT', 304],
    ['if-modified-since', 'Thu, 01 Jan 1970 00:00:00 GMT', 200],
    ['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT', 412],
  ])('with %s: %s is %i', async (name, value, status) => {
    await put('conditional', 'hello');
    expect((await get('conditional', { [name]: value })).status).toBe(status);
  });
});

test('If-None-Match goes before If-Modified-Since', async () => {
  await put('both', 'hello');
  const other = { 'if-none-match': '"00"', 'if-modified-since': 'Tue, 01 Jan 2069 00:00:00 GMT' };
  expect((await get('both', other)).status).toBe(200);
});

describe('HeadObject', () => {
  test('tells the length and sends nothing', async () => {
    await put('head', 'hello');
    const answer = await oss(mock, sts, 'HEAD', key('head'));
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '5', '']);
  });

  test('of nothing tells the error in a header', async () => {
    const answer = await oss(mock, sts, 'HEAD', key('nothing'));
    const error = Buffer.from(answer.headers.get('x-oss-err') ?? '', 'base64').toString();
    expect([answer.status, error]).toEqual([404, expect.stringContaining('<Code>NoSuchKey</Code>')]);
  });
});

test.each([
  ['GET', '0'],
  ['HEAD', '5'],
])('GetObjectMeta by %s tells ETag and Last-Modified, length %s, and no properties', async (method, length) => {
  await put('meta', 'hello', { 'x-oss-meta-who': 'tester' });
  const { status, headers } = await oss(mock, sts, method, key('meta'), { query: 'objectMeta' });
  expect([status, Object.fromEntries(headers)]).toMatchObject([
    200,
    { etag: '"5D41402ABC4B2A76B9719D911017C592"', 'content-length': length, 'last-modified': expect.any(String) },
  ]);
  expect(headers.get('x-oss-meta-who')).toBeNull();
});

test.each(['there', 'not there'])('DeleteObject of what is %s is 204', async (name) => {
  if (name === 'there') await put(name, 'x');
  expect((await oss(mock, sts, 'DELETE', key(name))).status).toBe(204);
});

describe('ListObjects', () => {
  const list = async (query: string) => (await oss(mock, sts, 'GET', '', { query })).text();
  const keys = (xml: string) =>
    [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name]) => name!.replace(sts.path, ''));
  const prefixes = (xml: string) =>
    [...xml.matchAll(/<CommonPrefixes><Prefix>([^<]*)<\/Prefix>/g)].map(([, name]) => name!.replace(sts.path, ''));
  const below = (name: string) => `prefix=${encodeURIComponent(key(name))}`;

  test('tells them in the order of their bytes', async () => {
    for (const name of ['o/é', 'o/b', 'o/B', 'o/ｆ', 'o/🙂']) await put(name, 'x');
    expect(keys(await list(below('o/')))).toEqual(['o/B', 'o/b', 'o/é', 'o/ｆ', 'o/🙂']);
  });

  test('pages by objects and common prefixes together', async () => {
    for (const name of ['g/a', 'g/b/1', 'g/b/2', 'g/c', 'g/d/1']) await put(name, 'x');
    const pages: unknown[] = [];
    let marker: string | undefined = '';
    while (marker !== undefined && pages.length < 9) {
      const xml = await list(`${below('g/')}&delimiter=%2F&max-keys=2&marker=${encodeURIComponent(marker)}`);
      pages.push([keys(xml), prefixes(xml)]);
      marker = /<NextMarker>([^<]*)</.exec(xml)?.[1];
    }
    expect(pages).toEqual([
      [['g/a'], ['g/b/']],
      [['g/c'], ['g/d/']],
    ]);
  });

  test('a page has a hundred unless it is told otherwise', async () => {
    await Promise.all(Array.from({ length: 101 }, (_, index) => put(`h/${index}`, 'x')));
    expect([keys(await list(below('h/'))).length, keys(await list(`${below('h/')}&max-keys=1000`)).length]).toEqual([
      100, 101,
    ]);
  });

  test.each([
    ['', true],
    ['list-type=2&', false],
    ['list-type=2&fetch-owner=true&', true],
  ])('with ?%s the owner is told: %s', async (query, told) => {
    await put('w/1', 'x');
    expect((await list(`${query}${below('w/')}`)).includes('<Owner>')).toBe(told);
  });

  test('writes names as in URLs when asked to', async () => {
    await put('e/a b/脸', 'x');
    expect(await list(`${below('e/')}&encoding-type=url`)).toContain(
      `<Key>${encodeURIComponent(key('e/a b/脸'))}</Key>`,
    );
  });

  test('goes on from a continuation token', async () => {
    for (const name of ['t/1', 't/2', 't/3']) await put(name, 'x');
    const first = await list(`list-type=2&${below('t/')}&max-keys=2`);
    const token = /<NextContinuationToken>([^<]*)</.exec(first)![1]!;
    const second = await list(`list-type=2&${below('t/')}&continuation-token=${encodeURIComponent(token)}`);
    expect([keys(first), keys(second)]).toEqual([['t/1', 't/2'], ['t/3']]);
  });

  test.each(['max-keys=0', 'max-keys=1001', 'max-keys=x', 'encoding-type=gzip'])('refuses %s', async (query) => {
    const answer = await oss(mock, sts, 'GET', '', { query: `${below('')}&${query}` });
    expect(await codeOf(answer)).toBe('400 InvalidArgument');
  });

  test('without a prefix is AccessDenied: others may have uploaded as well', async () => {
    expect(await codeOf(await oss(mock, sts, 'GET', ''))).toBe('403 AccessDenied');
  });
});

test.each([
  ['GET', 'a', 'acl', '501 NotImplemented'],
  ['PUT', 'a', 'tagging', '501 NotImplemented'],
  ['POST', 'a', 'append', '501 NotImplemented'],
  ['PUT', '', '', '501 NotImplemented'],
  ['POST', '', '', '400 RequestIsNotMultiPartContent'],
  ['PATCH', 'a', '', '405 MethodNotAllowed'],
])('%s on %j with ?%s is %s', async (method, name, query, code) => {
  const answer = await oss(mock, sts, method, name && key(name), { query });
  expect(await codeOf(answer)).toBe(code);
});

test('copying is NotImplemented', async () => {
  const answer = await put('copy', '', { 'x-oss-copy-source': '/other/object' });
  expect(await codeOf(answer)).toBe('501 NotImplemented');
});

test('what fails in the emulator itself is InternalError, its cause in the log', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'oss-'));
  const db = join(scratch, 'state.db');
  // a file where the folder of the bytes should be
  await writeFile(`${db}.objects`, '');
  const lines: string[] = [];
  await using broken = createLoggingMock(readOptions({ db: [db] }, {}), (text) => lines.push(text));
  const own = await stsOf(broken);
  const answer = await oss(broken, own, 'PUT', `${own.path}a`, { body: 'x' });
  expect([await codeOf(answer), await isLogged(lines)]).toEqual(['500 InternalError', true]);
  await rm(scratch, { recursive: true });
});

/** The log gathers lines for one turn of the event loop. */
async function isLogged(lines: readonly string[]): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  return /error: Error: ENOTDIR/.test(lines.join(''));
}

test.each([
  ['the bucket’s host', () => `http://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/a`],
  ['the bucket in the path', () => `http://127.0.0.1:4999/${sts.bucket}/a%20b.jpg`],
])('a browser may upload from any page to %s', async (_how, url) => {
  const headers = {
    origin: 'http://example.com',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,x-oss-date',
  };
  const answer = await mock.fetch(new Request(url(), { method: 'OPTIONS', headers }));
  const names = ['origin', 'methods', 'headers'].map((name) => answer.headers.get(`access-control-allow-${name}`));
  expect([answer.status, ...names]).toEqual([
    200,
    '*',
    expect.stringMatching(/\bPOST, PUT\b/),
    'authorization,x-oss-date',
  ]);
});
