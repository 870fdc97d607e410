import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { codeOf, oss, type Sts, stsOf } from '../support/oss.js';

const PART = Buffer.alloc(102_400, 'p');
const LAST = Buffer.from('the last one may be short');

let mock: CloudauthMock;
let sts: Sts;
let key: string;
let uploadId: string;
beforeAll(() => {
  mock = createCloudauthMock();
});
beforeEach(async () => {
  await mock.reset();
  sts = await stsOf(mock);
  key = `${sts.path}large.bin`;
  const answer = await oss(mock, sts, 'POST', key, { query: 'uploads', headers: { 'x-oss-meta-who': 'tester' } });
  uploadId = /<UploadId>(\w+)</.exec(await answer.text())![1]!;
});
afterAll(() => mock.close());

const upload = (number: number | string, body: Uint8Array, id = uploadId, headers = {}) =>
  oss(mock, sts, 'PUT', key, { query: `partNumber=${number}&uploadId=${id}`, body, headers });
const etagOf = async (answer: Promise<Response>) => (await answer).headers.get('etag')!;
const xmlOf = (parts: readonly (readonly [number: number | string, etag: string])[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUpload>\n${parts
    .map(([number, etag]) => `<Part>\n<PartNumber>${number}</PartNumber>\n<ETag>${etag}</ETag>\n</Part>\n`)
    .join('')}</CompleteMultipartUpload>`;
const complete = (body: string, headers = {}) =>
  oss(mock, sts, 'POST', key, { query: `uploadId=${uploadId}`, body, headers });

test('the parts named, in order, become the object', async () => {
  const last = await etagOf(upload(7, LAST));
  const first = await etagOf(upload(3, PART));
  await upload(5, Buffer.from('left out'));
  const answer = await complete(
    xmlOf([
      [3, first],
      [7, last],
    ]),
  );
  const got = await oss(mock, sts, 'GET', key);
  expect([answer.status, Buffer.from(await got.arrayBuffer()).equals(Buffer.concat([PART, LAST]))]).toEqual([
    200,
    true,
  ]);
});

test('the object has the properties of its beginning', async () => {
  const etag = await etagOf(upload(1, LAST));
  await complete(xmlOf([[1, etag]]));
  const { headers } = await oss(mock, sts, 'HEAD', key);
  expect([headers.get('x-oss-meta-who'), headers.get('x-oss-object-type')]).toEqual(['tester', 'Multipart']);
});

test('a part sent again while it is completed leaves a readable object, or another part to be named', async () => {
  const etag = await etagOf(upload(1, LAST));
  const [completed] = await Promise.all([complete(xmlOf([[1, etag]])), upload(1, LAST)]);
  const got = await oss(mock, sts, 'GET', key);
  expect([completed.status, await got.text()]).toEqual([200, String(LAST)]);
});

test('a part sent again replaces the first', async () => {
  await upload(1, PART);
  const etag = await etagOf(upload(1, LAST));
  await complete(xmlOf([[1, etag]]));
  expect(await (await oss(mock, sts, 'GET', key)).text()).toBe(String(LAST));
});

test('an ETag may come escaped, in lower case, or bare', async () => {
  const etag = (await etagOf(upload(1, LAST))).replaceAll('"', '').toLowerCase();
  expect((await complete(xmlOf([[1, `&quot;${etag}&quot;`]]))).status).toBe(200);
});

test('x-oss-complete-all takes whatever there is', async () => {
  await upload(1, PART);
  await upload(2, LAST);
  await complete('', { 'x-oss-complete-all': 'yes' });
  expect((await oss(mock, sts, 'HEAD', key)).headers.get('content-length')).toBe(String(PART.length + LAST.length));
});

describe('is refused', () => {
  let first: string;
  let second: string;
  beforeEach(async () => {
    first = await etagOf(upload(1, LAST));
    second = await etagOf(upload(2, LAST));
  });

  test.each([
    [
      'parts out of order',
      () =>
        xmlOf([
          [2, second],
          [1, first],
        ]),
      '400 InvalidPartOrder',
    ],
    [
      'a part twice',
      () =>
        xmlOf([
          [1, first],
          [1, first],
        ]),
      '400 InvalidPartOrder',
    ],
    [
      'a part that is not there',
      () =>
        xmlOf([
          [1, first],
          [3, second],
        ]),
      '400 InvalidPart',
    ],
    ['another ETag', () => xmlOf([[1, '"00000000000000000000000000000000"']]), '400 InvalidPart'],
    [
      'a short part that is not the last',
      () =>
        xmlOf([
          [1, first],
          [2, second],
        ]),
      '400 EntityTooSmall',
    ],
    ['no part', () => xmlOf([]), '400 MalformedXML'],
    ['no body', () => '', '400 MalformedXML'],
    ['a number that is none', () => xmlOf([['x', first]]), '400 MalformedXML'],
    ['a part cut short', () => xmlOf([[1, first]]).replace('</Part>', ''), '400 MalformedXML'],
    ['an entity of its own', () => `<!DOCTYPE a [<!ENTITY b "c">]>${xmlOf([[1, '&b;']])}`, '400 MalformedXML'],
    ['more than a megabyte', () => xmlOf([[1, `${first}${' '.repeat(1024 * 1024)}`]]), '400 MalformedXML'],
    ['nesting without end', () => '<CompleteMultipartUpload>'.repeat(40_000), '400 MalformedXML'],
  ])('%s', async (_what, xml, code) => {
    expect(await codeOf(await complete(xml()))).toBe(code);
  });

  test.each(['0', '10001', 'x', ''])('part number %j', async (number) => {
    expect(await codeOf(await upload(number, LAST))).toBe('400 InvalidArgument');
  });

  test('an upload nobody began', async () => {
    expect(await codeOf(await upload(1, LAST, 'ABC'))).toBe('404 NoSuchUpload');
  });

  test('an upload of another key', async () => {
    const query = `partNumber=1&uploadId=${uploadId}`;
    const answer = await oss(mock, sts, 'PUT', `${sts.path}other`, { query, body: LAST });
    expect(await codeOf(answer)).toBe('404 NoSuchUpload');
  });

  test('a part with the digest of other bytes', async () => {
    const answer = await upload(1, PART, uploadId, { 'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==' });
    expect(await codeOf(answer)).toBe('400 InvalidDigest');
  });
});

test('an aborted upload is gone', async () => {
  const query = `uploadId=${uploadId}`;
  const aborted = await oss(mock, sts, 'DELETE', key, { query });
  const again = await oss(mock, sts, 'DELETE', key, { query });
  expect([aborted.status, await codeOf(again)]).toEqual([204, '404 NoSuchUpload']);
});

test('parts are listed page by page', async () => {
  for (const number of [1, 2, 3]) await upload(number, LAST);
  const list = async (query: string) =>
    (await oss(mock, sts, 'GET', key, { query: `uploadId=${uploadId}&${query}` })).text();
  const numbers = (xml: string) => [...xml.matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => number);
  const first = await list('max-parts=2');
  const marker = /<NextPartNumberMarker>(\d+)</.exec(first)![1];
  expect([numbers(first), numbers(await list(`part-number-marker=${marker}`))]).toEqual([['1', '2'], ['3']]);
});

test('a list says which objects were made of parts', async () => {
  await complete(xmlOf([[1, await etagOf(upload(1, LAST))]]));
  await oss(mock, sts, 'PUT', `${sts.path}plain`, { body: 'x' });
  const xml = await (await oss(mock, sts, 'GET', '', { query: `prefix=${sts.path}` })).text();
  expect([...xml.matchAll(/<Type>(\w+)</g)].map(([, type]) => type)).toEqual(['Multipart', 'Normal']);
});

describe('x-oss-forbid-overwrite, where there is an object', () => {
  const forbid = { 'x-oss-forbid-overwrite': 'true' };

  test('an upload does not begin', async () => {
    await oss(mock, sts, 'PUT', key, { body: 'x' });
    const answer = await oss(mock, sts, 'POST', key, { query: 'uploads', headers: forbid });
    expect(await codeOf(answer)).toBe('409 FileAlreadyExists');
  });

  test('an upload is not completed, and can be still', async () => {
    const parts = xmlOf([[1, await etagOf(upload(1, LAST))]]);
    await oss(mock, sts, 'PUT', key, { body: 'x' });
    expect([await codeOf(await complete(parts, forbid)), (await complete(parts)).status]).toEqual([
      '409 FileAlreadyExists',
      200,
    ]);
  });
});

test('what makes a new object ends its upload', async () => {
  const parts = xmlOf([[1, await etagOf(upload(1, LAST))]]);
  const made = await complete(parts, { 'x-oss-forbid-overwrite': 'true' });
  expect([made.status, await codeOf(await complete(parts))]).toEqual([200, '404 NoSuchUpload']);
});

test('of two that make the object at once, and may not overwrite, one does', async () => {
  const forbid = { 'x-oss-forbid-overwrite': 'true' };
  const parts = xmlOf([[1, await etagOf(upload(1, LAST))]]);
  const statuses = await Promise.all([
    complete(parts, forbid),
    oss(mock, sts, 'PUT', key, { body: 'x', headers: forbid }),
  ]);
  expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a signed call with a list is no form, whatever its type', async () => {
  const parts = xmlOf([[1, await etagOf(upload(1, LAST))]]);
  expect((await complete(parts, { 'content-type': 'multipart/form-data; boundary=b' })).status).toBe(200);
});

test('x-oss-complete-all with a list goes by the list', async () => {
  await upload(1, PART);
  const etag = await etagOf(upload(2, LAST));
  await complete(xmlOf([[2, etag]]), { 'x-oss-complete-all': 'yes' });
  expect(await (await oss(mock, sts, 'GET', key)).text()).toBe(String(LAST));
});
