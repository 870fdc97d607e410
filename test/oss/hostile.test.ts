import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { ossErrors } from '../../src/oss/errors.js';
import { seededRandom } from '../../src/platform/ids.js';
import { encodeKey, oss, type Sts, signedHeaders, stsOf } from '../support/oss.js';
import { connectRaw } from '../support/raw.js';

const CALLS = 10_000;
const RAW_CALLS = 300;
const SEED = 'hostile';

let scratch: string;
let mock: CloudauthMock;
let sts: Sts;
let written = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hostile-'));
  const options = readOptions({ db: [join(scratch, 'deep', 'er', 'state.db')], port: ['0'] }, {});
  await mkdir(join(scratch, 'deep', 'er'), { recursive: true });
  mock = await createLoggingMock(options, (text) => {
    written += text;
  }).listen();
  sts = await stsOf(mock);
});
afterAll(async () => {
  await mock.close();
  await rm(scratch, { recursive: true });
});

const random = seededRandom(SEED);
const upTo = (n: number) => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
const maybe = (share: number) => random() < share;
const noise = (length: number) => Buffer.from(Uint8Array.from({ length }, () => upTo(256)));

const KEYS = [
  ...[
    '..',
    '../../../../tmp/owned',
    '....//....//x',
    '%2e%2e%2f',
    '..%2f..%2fetc%2fpasswd',
    '..\\..\\x',
    '/etc/passwd',
    '\\x',
  ],
  ...[
    '\0',
    'a\0b',
    '%00',
    '\x01\x02',
    '\r\nx: y',
    'con',
    '.',
    '',
    ' ',
    '?',
    '#',
    '&',
    '+',
    "' OR 1=1 --",
    '<a>&b;',
    '🙂',
    'é',
    '\ufffe',
  ],
  ...[
    'x'.repeat(900),
    'x'.repeat(1023),
    'x'.repeat(5000),
    '脸'.repeat(400),
    '/'.repeat(500),
    'a',
    'b',
    'c',
    'state.db',
    '../state.db',
  ],
];
const METHODS = ['PUT', 'GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'GET', 'PATCH', 'OPTIONS'];
const QUERIES = [
  ...[
    '',
    '',
    '',
    'uploads',
    'objectMeta',
    'acl',
    'delete',
    'append&position=0',
    'tagging',
    'x-oss-process=image',
    'location',
  ],
  ...['uploadId=', 'uploadId=%00', 'uploadId=UPLOAD', 'partNumber=1&uploadId=UPLOAD', 'partNumber=1&uploadId=UPLOAD'],
  ...[
    'partNumber=-1&uploadId=UPLOAD',
    'partNumber=1e9&uploadId=UPLOAD',
    'partNumber=99999999999&uploadId=UPLOAD',
    'partNumber=1',
  ],
  ...[
    'list-type=2&prefix=PATH',
    'prefix=PATH&delimiter=%00&max-keys=5',
    'prefix=PATH&max-keys=-1',
    'prefix=PATH&marker=%F0%9F',
  ],
  ...[
    'list-type=2&prefix=PATH&continuation-token=%%%',
    'list-type=2&prefix=PATH&delimiter=x&max-keys=1&encoding-type=url',
  ],
  ...[
    'response-content-type=a%0D%0Ab',
    'response-content-type=%E8%84%B8',
    'response-expires=%00',
    '%',
    '%zz=%zz',
    '&&&=&',
    'uploadId=UPLOAD&max-parts=0',
  ],
];
const HEADERS: readonly [string, readonly string[]][] = [
  ['range', ['bytes=0-', 'bytes=5-1', 'bytes=-0', 'bytes=99999999999999999999-', 'bytes=a-b', 'bytes=0-0,1-1', '\x7f']],
  ['x-oss-range-behavior', ['standard', 'x']],
  ['content-md5', ['', 'x', 'AAAAAAAAAAAAAAAAAAAAAA==', '\xff']],
  [
    'content-type',
    ['', 'image/jpeg', 'text/html; charset=\xff', 'multipart/form-data', 'application/xml', 'x'.repeat(4000)],
  ],
  ['x-oss-meta-a', ['\xe8\x84', '', 'x'.repeat(9000)]],
  ['x-oss-forbid-overwrite', ['true', 'false', '\x80']],
  ['x-oss-complete-all', ['yes', 'no']],
  ['x-oss-copy-source', ['/a/b']],
  ['if-none-match', ['*', '"', 'x']],
  ['if-match', ['*', 'x']],
  ['if-modified-since', ['never', 'Thu, 01 Jan 1970 00:00:00 GMT', '99999999999999']],
  ['if-unmodified-since', ['never', 'Fri, 99 Foo 9999 99:99:99 GMT']],
  ['origin', ['null', 'http://evil.example']],
  ['x-oss-date', ['', 'yesterday', '20190920T094416Z', 'Fri, 20 Sep 2019 09:44:16 GMT']],
  ['x-oss-security-token', ['', 'CAIS', '\xff']],
  ['expect', ['x']],
];
const BODIES = [
  () => '',
  () => noise(upTo(3000)),
  () => '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"A"</ETag></Part></CompleteMultipartUpload>',
  () => `<CompleteMultipartUpload>${'<Part>'.repeat(upTo(3000))}`,
  () => `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><CompleteMultipartUpload>&b;</CompleteMultipartUpload>`,
  () =>
    `<CompleteMultipartUpload>${'<Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>'.repeat(upTo(50))}</CompleteMultipartUpload>`,
  () =>
    `--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n${pick(KEYS)}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="${pick(KEYS)}"\r\n\r\nx\r\n--b--\r\n`,
  () => `--b\r\n${noise(200).toString('latin1')}`,
];

interface Hostile {
  readonly method: string;
  readonly key: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly secret: string | undefined;
}

function hostile(uploadId: string): Hostile {
  const method = pick(METHODS);
  const inside = maybe(0.8) ? sts.path : '';
  const headers = Object.fromEntries(
    HEADERS.filter(([name]) => maybe(name === 'x-oss-date' || name === 'x-oss-security-token' ? 0.04 : 0.1)).map(
      ([name, values]) => [name, pick(values)],
    ),
  );
  if (method === 'POST' && maybe(0.3)) headers['content-type'] = 'multipart/form-data; boundary=b';
  const asked = pick(QUERIES);
  const query = asked.replace('UPLOAD', uploadId).replace('PATH', encodeURIComponent(sts.path));
  return {
    method,
    key: query.includes('prefix=') ? '' : asked.includes('UPLOAD') && maybe(0.7) ? `${sts.path}a` : inside + pick(KEYS),
    query,
    headers,
    body: method === 'GET' || method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(pick(BODIES)()),
    secret: maybe(0.75) ? undefined : 'wrong',
  };
}

async function newUpload(): Promise<string> {
  const answer = await oss(mock, sts, 'POST', `${sts.path}a`, { query: 'uploads' });
  return /<UploadId>(\w+)</.exec(await answer.text())![1]!;
}

const outside = async () =>
  (await readdir(scratch, { recursive: true, encoding: 'utf8' }))
    .filter((name) => !/^deep\/er\/state\.db(\.objects(\/[0-9a-f]{32})?|-wal|-shm)$/.test(name))
    .sort();

/** What is wrong with an answer; undefined: nothing. */
function wrongWith(status: number, text: string): string | undefined {
  if (status < 400) return undefined;
  if (status >= 500 && status !== 501) return `${status} ${text}`;
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  if (text !== '' && (!code || ossErrors[code as keyof typeof ossErrors]?.status !== status))
    return `${status} ${text}`;
  return undefined;
}

test(`${CALLS} hostile calls get documented answers, crash nothing and write nowhere else`, async () => {
  const before = await outside();
  const wrong: string[] = [];
  let accepted = 0;
  let uploadId = '';
  for (let n = 0; n < CALLS; n++) {
    if (n % 100 === 0) uploadId = await newUpload();
    const { method, key, query, headers, body, secret } = hostile(uploadId);
    // what cannot be sent at all is left to the raw calls
    const request = requestOf(method, key, query, headers, body, secret);
    if (!request) continue;
    const answer = await mock.fetch(request);
    const text = await answer.text();
    if (answer.status < 400) accepted++;
    const problem = wrongWith(answer.status, text);
    if (problem) wrong.push(`${method} ${request.url} ${JSON.stringify(headers)}: ${problem}`);
  }
  expect([wrong.slice(0, 5), written.match(/error: .*/)?.[0], await outside()]).toEqual([[], undefined, before]);
  expect(accepted).toBeGreaterThan(CALLS / 10);
}, 120_000);

function requestOf(
  method: string,
  key: string,
  query: string,
  headers: Record<string, string>,
  body: Buffer,
  secret: string | undefined,
): Request | undefined {
  const url = `http://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/${encodeKey(key)}${query && `?${query}`}`;
  const signed = signedHeaders(sts, method, key, { headers, query, ...(secret && { secret }) });
  try {
    return new Request(url, {
      method,
      headers: signed,
      ...(method !== 'GET' && method !== 'HEAD' && { body: new Uint8Array(body) }),
    });
  } catch {
    return undefined;
  }
}

test(`${RAW_CALLS} calls cut short, too long or ill-formed on the wire leave nothing behind`, async () => {
  const before = await outside();
  const kept = () => readdir(join(scratch, 'deep', 'er', 'state.db.objects'));
  const files = (await kept()).length;
  for (let n = 0; n < RAW_CALLS; n++) {
    const key = `${sts.path}raw/${pick(['..', '../..', 'a', '../../../x'])}/${n}`;
    const body = noise(1000);
    const length = pick([1001, 5000, 99_999_999]);
    const headers: Record<string, string> = signedHeaders(sts, 'PUT', key);
    const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    const chunked = maybe(0.3);
    const framing = chunked ? 'transfer-encoding: chunked\r\n' : `content-length: ${length}\r\n`;
    const content = chunked
      ? Buffer.concat([Buffer.from('3e8\r\n'), body, Buffer.from(pick(['\r\n', '\r\nzz\r\n', 'x']))])
      : body;
    await using connection = await connectRaw(mock.url);
    const target = `/${sts.bucket}/${maybe(0.5) ? key : encodeKey(key)}`;
    connection.send(Buffer.concat([Buffer.from(`PUT ${target} HTTP/1.1\r\n${lines.join('')}${framing}\r\n`), content]));
    // the upload has begun: its file is there
    if (!chunked) await expect.poll(async () => (await kept()).length, { interval: 1 }).toBeGreaterThan(files);
  }
  // one more call, which is answered after all of those have been given up
  const after = await oss(mock, sts, 'PUT', `${sts.path}after`, { body: 'x' });
  await expect.poll(async () => (await kept()).length).toBe(files + 1);
  expect([after.status, written.match(/error: .*/)?.[0], await outside()]).toEqual([200, undefined, before]);
}, 60_000);

test.each(['..', '../../x', './a', 'a//../b'])('on the wire %j is a key like any other', async (name) => {
  const key = `${sts.path}${name}`;
  const headers = Object.entries(signedHeaders(sts, 'PUT', key)).map(([header, value]) => `${header}: ${value}\r\n`);
  await using connection = await connectRaw(mock.url);
  connection.send(
    `PUT /${sts.bucket}/${key} HTTP/1.1\r\nhost: localhost\r\n${headers.join('')}content-length: 1\r\n\r\nx`,
  );
  const [answer] = await connection.replies(1);
  const list = await oss(mock, sts, 'GET', '', { query: `prefix=${encodeURIComponent(key)}` });
  expect([answer!.status, await list.text()]).toEqual([200, expect.stringContaining(`<Key>${key}</Key>`)]);
});
