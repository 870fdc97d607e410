import { createHash, createHmac } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { type Sts, stsOf } from '../support/oss.js';
import { OSS_CLIENTS, type OssGot, type OssSend, presignV4, sendHttp } from '../support/oss-clients.js';

let mock: CloudauthMock;
let sts: Sts;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0 }).listen();
  sts = await stsOf(mock);
});
afterAll(() => mock.close());

const ETAG = '"5D41402ABC4B2A76B9719D911017C592"';
const read = ({ body }: OssGot) => new XMLParser({ parseTagValue: false }).parse(body);
const codeOf = ({ status, body }: OssGot) => `${status} ${/<Code>(\w+)/.exec(body)?.[1]}`;
const ISO_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;
type More = Omit<OssSend, 'method' | 'key'>;

const withMd5 = (body: string): More => ({
  body,
  headers: { 'Content-MD5': createHash('md5').update(body).digest('base64') },
});
/** @param keys as they stand in XML */
const deletion = (keys: readonly string[], quiet = 'false') =>
  withMd5(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Delete><Quiet>${quiet}</Quiet>${keys
      .map((key) => `<Object><Key>${key}</Key></Object>`)
      .join('')}</Delete>`,
  );

describe.each(OSS_CLIENTS.map((client) => [client.name, client] as const))('%s', (name, client) => {
  const key = (rest: string) => `${sts.path}${name}/${rest}`;
  const call = (method: string, rest: string, more: More = {}) =>
    client.send(mock.url, sts, { method, key: key(rest), ...more });
  const onBucket = (method: string, more: More) => client.send(mock.url, sts, { method, key: '', ...more });

  test('an object with a Chinese name comes back', async () => {
    await call('PUT', '人脸 +&?#%.jpg', { body: 'hello' });
    const { status, headers, body } = await call('GET', '人脸 +&?#%.jpg');
    expect([status, headers.etag, body]).toEqual([200, ETAG, 'hello']);
  });

  test('an upload that waits for 100 Continue is taken', async () => {
    const { status } = await call('PUT', 'expect', { body: 'hello', headers: { Expect: '100-continue' } });
    expect(status).toBe(200);
  });

  test('HEAD tells what its model reads', async () => {
    await call('PUT', 'head', { body: 'hello', headers: { 'x-oss-meta-who': 'me' } });
    const { status, headers } = await call('HEAD', 'head');
    expect([status, headers]).toMatchObject([
      200,
      {
        'content-length': '5',
        etag: ETAG,
        'last-modified': expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
        'x-oss-meta-who': 'me',
        'x-oss-object-type': 'Normal',
        'x-oss-request-id': expect.stringMatching(/^[0-9A-F]{24}$/),
      },
    ]);
  });

  test('HEAD of what is not there says why in x-oss-err', async () => {
    const { status, headers } = await call('HEAD', 'nothing');
    const error = Buffer.from(String(headers['x-oss-err']), 'base64').toString();
    expect([status, /<Code>(\w+)/.exec(error)?.[1]]).toEqual([404, 'NoSuchKey']);
  });

  test('HEAD ?objectMeta has the size', async () => {
    await call('PUT', 'meta', { body: 'hello' });
    const { status, headers } = await call('HEAD', 'meta', { query: { objectMeta: '' } });
    expect([status, headers['content-length'], headers.etag]).toEqual([200, '5', ETAG]);
  });

  test('a multipart upload becomes an object', async () => {
    const begun = await call('POST', '大 文件', { query: { uploads: '', 'encoding-type': 'url' } });
    const { Bucket, EncodingType, Key, UploadId: uploadId } = read(begun).InitiateMultipartUploadResult;
    const { headers } = await call('PUT', '大 文件', { query: { partNumber: '1', uploadId }, body: 'hello' });
    const etag = String(headers.etag).replaceAll('"', '&quot;');
    const part = `<Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part>`;
    const done = await call('POST', '大 文件', {
      query: { uploadId, 'encoding-type': 'url' },
      body: `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`,
    });
    const result = read(done).CompleteMultipartUploadResult;
    const encoded = { Bucket: sts.bucket, EncodingType: 'url', Key: encodeURIComponent(key('大 文件')) };
    expect([{ Bucket, EncodingType, Key }, result, (await call('GET', '大 文件')).body]).toEqual([
      encoded,
      {
        ...encoded,
        Location: expect.stringContaining(`/${sts.bucket}/`),
        ETag: expect.stringMatching(/^"[0-9A-F]{32}-1"$/),
      },
      'hello',
    ]);
  });

  test('ListParts tells what a resumed upload reads', async () => {
    const begun = await call('POST', 'resumed', { query: { uploads: '' } });
    const { UploadId: uploadId } = read(begun).InitiateMultipartUploadResult;
    await call('PUT', 'resumed', { query: { partNumber: '1', uploadId }, body: 'hello' });
    const listed = await call('GET', 'resumed', { query: { uploadId, 'max-parts': '1000', 'encoding-type': 'url' } });
    expect(read(listed).ListPartsResult).toMatchObject({
      ...{
        EncodingType: 'url',
        Key: encodeURIComponent(key('resumed')),
        IsTruncated: 'false',
        NextPartNumberMarker: '1',
      },
      Part: { PartNumber: '1', ETag: ETAG, Size: '5', LastModified: expect.stringMatching(ISO_SECONDS) },
    });
  });

  test('ListObjects tells what its model reads', async () => {
    await call('PUT', 'list/a b+c.jpg', { body: 'hello' });
    await call('PUT', 'list/脸/1', { body: 'hello' });
    const query = { prefix: key('list/'), delimiter: '/', marker: '', 'max-keys': '100', 'encoding-type': 'url' };
    const { Contents, CommonPrefixes, ...rest } = read(await onBucket('GET', { query })).ListBucketResult;
    expect([rest, decodeURIComponent(CommonPrefixes.Prefix), decodeURIComponent(Contents.Key), Contents]).toMatchObject(
      [
        { Name: sts.bucket, EncodingType: 'url', IsTruncated: 'false', MaxKeys: '100', Delimiter: '%2F' },
        key('list/脸/'),
        key('list/a b+c.jpg'),
        {
          ...{ ETag: ETAG, Size: '5', Type: 'Normal', StorageClass: 'Standard' },
          LastModified: expect.stringMatching(ISO_SECONDS),
          Owner: { ID: expect.any(String), DisplayName: expect.any(String) },
        },
      ],
    );
  });

  test('ListObjectsV2 goes on where its token says', async () => {
    for (const rest of ['pages/一', 'pages/二', 'pages/三']) await call('PUT', rest, { body: 'hello' });
    const found: string[] = [];
    let token = '';
    do {
      const query = {
        ...{ 'list-type': '2', prefix: key('pages/'), delimiter: '', 'continuation-token': token, 'start-after': '' },
        ...{ 'fetch-owner': 'false', 'max-keys': '1', 'encoding-type': 'url' },
      };
      const page = read(await onBucket('GET', { query })).ListBucketResult;
      expect(page.KeyCount).toBe('1');
      found.push(decodeURIComponent(page.Contents.Key));
      // oss2 takes it for encoded, as the names are
      token = decodeURIComponent(page.NextContinuationToken ?? '');
    } while (token !== '' && found.length < 9);
    expect(found).toEqual([key('pages/一'), key('pages/三'), key('pages/二')]);
  });

  test('DeleteMultipleObjects tells what it deleted', async () => {
    await call('PUT', 'a&b', { body: 'hello' });
    const query = { delete: '', 'encoding-type': 'url' };
    const done = await onBucket('POST', { query, ...deletion([key('a&amp;b'), key('never there')]) });
    const { EncodingType, Deleted } = read(done).DeleteResult;
    const keys = Deleted.map(({ Key }: { Key: string }) => decodeURIComponent(Key));
    expect([EncodingType, keys, codeOf(await call('GET', 'a&b'))]).toEqual([
      'url',
      [key('a&b'), key('never there')],
      '404 NoSuchKey',
    ]);
  });
});

const [java, javaV4] = OSS_CLIENTS as [(typeof OSS_CLIENTS)[0], (typeof OSS_CLIENTS)[0]];
const send = (method: string, key: string, more: More = {}, client = java) =>
  client.send(mock.url, sts, { method, key, ...more });

describe('DeleteMultipleObjects', () => {
  const remove = (more: More) => send('POST', '', { query: { delete: '' }, ...more });

  test('quiet is answered without a body', async () => {
    const { status, headers, body } = await remove(deletion([`${sts.path}quiet`], 'true'));
    expect([status, headers['content-length'], body]).toEqual([200, '0', '']);
  });

  test('outside of the credential’s path deletes nothing at all', async () => {
    await send('PUT', `${sts.path}stays`, { body: 'hello' });
    const refused = await remove(deletion([`${sts.path}stays`, 'elsewhere/face.jpg']));
    expect([codeOf(refused), (await send('GET', `${sts.path}stays`)).status]).toEqual(['403 AccessDenied', 200]);
  });

  test('keys are read with their references', async () => {
    const done = await remove(deletion([`${sts.path}&lt;&#33080;&#x1F600;&quot;&apos;>`]));
    expect(read(done).DeleteResult.Deleted.Key).toBe(`${sts.path}<脸😀"'>`);
  });

  test('a key is read from CDATA, beside comments and attributes, behind a byte order mark', async () => {
    const object = `<Object><!-- 1 --><Key a="b"><![CDATA[${sts.path}a &amp; <b/>]]></Key></Object>`;
    const xml = `\ufeff<?xml version="1.0"?>\n<Delete xmlns="http://a.example/">\n  ${object}\n</Delete>\n`;
    expect(read(await remove(withMd5(xml))).DeleteResult.Deleted.Key).toBe(`${sts.path}a &amp; <b/>`);
  });

  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

  test.each([
    ['an entity of its own', withMd5('<!DOCTYPE a [<!ENTITY b "c">]><Delete><Object><Key>&b;</Key></Object></Delete>')],
    ['a document type that grows', withMd5(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><Delete>&l9;</Delete>`)],
    ['an entity of HTML', deletion(['&nbsp;'])],
    ['a bare ampersand', deletion(['a & b'])],
    ['text between its elements', withMd5('<Delete>k<Object><Key>k</Key></Object></Delete>')],
    ['text beside its key', withMd5('<Delete><Object>k<Key>k</Key></Object></Delete>')],
    ['an attribute twice', withMd5('<Delete a="1" a="2"><Object><Key>k</Key></Object></Delete>')],
    ['two roots', withMd5('<Delete><Object><Key>k</Key></Object></Delete><Delete/>')],
    ['another root', withMd5('<Remove><Object><Key>k</Key></Object></Remove>')],
    ['an element named after a property of objects', withMd5('<Delete><__proto__><Key>k</Key></__proto__></Delete>')],
    ['a key that is not closed', withMd5('<Delete><Object><Key>k</Object></Delete>')],
    ['elements without end', withMd5(`<Delete>${'<a/>'.repeat(400_000)}</Delete>`)],
  ])('with %s is MalformedXML', async (_what, more) => {
    expect(codeOf(await remove(more))).toBe('400 MalformedXML');
  });

  test.each([
    ['no Content-MD5', { ...deletion(['k']), headers: {} }, '400 MissingArgument'],
    ['the MD5 of another body', { ...deletion(['k']), headers: deletion(['l']).headers }, '400 InvalidDigest'],
    ['no key', deletion([]), '400 MalformedXML'],
    ['an empty key', deletion(['']), '400 UserKeyMustBeSpecified'],
    ['1,001 keys', deletion(Array(1001).fill('k')), '400 MalformedXML'],
    ['a Quiet that is neither', deletion(['k'], 'test'), '400 MalformedXML'],
    ['an element inside of a key', deletion(['<b/>']), '400 MalformedXML'],
    ['an entity named after a property of objects', deletion(['&toString;']), '400 MalformedXML'],
    ['a reference to half a character', deletion(['&#xD800;']), '400 MalformedXML'],
    ['a reference to no character', deletion(['&#x110000;']), '400 MalformedXML'],
    ['a megabyte of spaces', withMd5(`<Delete><Object>${' '.repeat(1 << 20)}</Delete>`), '400 MalformedXML'],
    ['more than two megabytes', deletion(['k'.repeat(2 << 20)]), '400 MalformedXML'],
  ])('%s', async (_what, more, code) => {
    expect(codeOf(await remove(more))).toBe(code);
  });
});

describe('what only some of them sign', () => {
  test('V4: names of the query are sorted by themselves, not with their values', async () => {
    await send('PUT', `${sts.path}sorted`, { body: 'hello' });
    const { status } = await send('GET', `${sts.path}sorted`, { query: { a: '1', 'a-b': '2', a1: '3' } }, javaV4);
    expect(status).toBe(200);
  });

  test('V1: every name of the query that begins with x-oss-', async () => {
    await send('PUT', `${sts.path}signed`, { body: 'hello' });
    const { status } = await send('GET', `${sts.path}signed`, { query: { 'x-oss-ac-source-ip': '' } });
    expect(status).toBe(200);
  });

  test('V1: aliyun-sdk lists a bucket without a slash behind it', async () => {
    const date = new Date().toUTCString();
    const text = `GET\n\napplication/octet-stream\n${date}\nx-oss-security-token:${sts.token}\n/${sts.bucket}`;
    const { status } = await sendHttp(mock.url, 'GET', `/${sts.bucket}?prefix=${sts.path}`, {
      'Content-Type': 'application/octet-stream',
      Date: date,
      'x-oss-security-token': sts.token,
      Authorization: `OSS ${sts.accessKeyId}:${createHmac('sha1', sts.secret).update(text).digest('base64')}`,
    });
    expect(status).toBe(200);
  });

  test('V4 URL: Go signs the host', async () => {
    await send('PUT', `${sts.path}hosted`, { body: 'hello' });
    const target = presignV4(sts, 'GET', `${sts.path}hosted`, { host: new URL(mock.url).host });
    expect((await sendHttp(mock.url, 'GET', target, {})).body).toBe('hello');
  });
});

/** @param part its headers and, after an empty line, its value */
const formBody = (boundary: string, parts: readonly string[], end = '\r\n') =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--${end}`;

describe('forms as they are posted', () => {
  const policy = Buffer.from('{"expiration":"2069-01-01T00:00:00.000Z","conditions":[["content-length-range",0,9]]}');
  const field = (name: string, value: string, more = '') =>
    `Content-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}`;
  /** @param names of key, id, policy, signature and token */
  const signed = (key: string, names = ['key', 'OSSAccessKeyId', 'policy', 'Signature', 'x-oss-security-token']) => {
    const text = policy.toString('base64');
    const signature = createHmac('sha1', sts.secret).update(text).digest('base64');
    const values = [`${sts.path}${key}`, sts.accessKeyId, text, signature, sts.token];
    return names.map((name, index) => field(name, values[index]!));
  };
  const file =
    'Content-Disposition: form-data; name="file"; filename="脸.jpg"\r\nContent-Type: image/jpeg\r\n\r\nhello';
  const lower = ['key', 'ossaccesskeyid', 'policy', 'signature', 'X-OSS-Security-Token'];
  const bare = (parts: readonly string[]) => parts.map((part) => part.replace(/name="([^"]*)"/g, 'name=$1'));

  test.each([
    [
      'the Java sample',
      '9431149156168',
      () => [...signed('f'), field('Content-Disposition', 'attachment;filename=脸.jpg'), file],
    ],
    ['a mini program', 'wx', () => [...signed('f', lower), file]],
    ['.NET, without quotes', '"a-b_c"', () => bare([...signed('f'), file])],
    ['OkHttp', 'ok', () => [...signed('f'), file].map((part) => `Content-Length: 5\r\n${part}`)],
    ['urllib3 1.24', 'py', () => [...signed('f'), file.replace('filename="脸.jpg"', "filename*=utf-8''%E8%84%B8.jpg")]],
  ])('%s', async (_who, boundary, parts) => {
    await send('DELETE', `${sts.path}f`);
    const type = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
    const body = formBody(boundary.replaceAll('"', ''), parts());
    const { status } = await sendHttp(mock.url, 'POST', `/${sts.bucket}/`, type, body);
    expect([status, (await send('GET', `${sts.path}f`)).body]).toEqual([204, 'hello']);
  });

  test.each([
    ['as it is', 'filename="脸.jpg"'],
    ['as filename*', 'filename="x.jpg"; filename*=UTF-8\'\'%E8%84%B8.jpg'],
  ])('a key with the file’s name in it, %s', async (_how, name) => {
    const body = formBody('b', [...signed(`\${filename}`), file.replace('filename="脸.jpg"', name)], '\r\nepilogue');
    await sendHttp(mock.url, 'POST', `/${sts.bucket}/`, { 'Content-Type': 'multipart/form-data; boundary=b' }, body);
    const { headers } = await send('HEAD', `${sts.path}脸.jpg`);
    expect(headers.etag).toBe(ETAG);
    await send('DELETE', `${sts.path}脸.jpg`);
  });

  test.each([
    ['no boundary', 'multipart/form-data', formBody('b', [file])],
    ['no end', 'multipart/form-data; boundary=b', formBody('b', [file]).replace('--b--', '')],
    ['another boundary', 'multipart/form-data; boundary=c', formBody('b', [file])],
    [
      'a part without a name',
      'multipart/form-data; boundary=b',
      formBody('b', ['Content-Disposition: form-data\r\n\r\nx']),
    ],
    [
      'a part without an empty line',
      'multipart/form-data; boundary=b',
      formBody('b', ['Content-Disposition: form-data; name="a"', file]),
    ],
    [
      'backslashes without end',
      'multipart/form-data; boundary=b',
      formBody('b', [`Content-Disposition: form-data; name="${'\\'.repeat(9000)}`]),
    ],
  ])('%s is MalformedPOSTRequest', async (_what, type, body) => {
    const told = await sendHttp(mock.url, 'POST', `/${sts.bucket}/`, { 'Content-Type': type }, body);
    expect(codeOf(told)).toBe('400 MalformedPOSTRequest');
  });

  test('a form without quotes is told from a gateway call at the root', async () => {
    const body = formBody('b', bare([...signed('root'), file]));
    const { status } = await sendHttp(
      mock.url,
      'POST',
      '/',
      { 'Content-Type': 'multipart/form-data; boundary=b' },
      body,
    );
    expect(status).toBe(204);
  });

  test('a Content-MD5 is of all the body', async () => {
    const body = formBody('b', [...signed('md5'), file]);
    const type = { 'Content-Type': 'multipart/form-data; boundary=b' };
    const post = (of: string) =>
      sendHttp(mock.url, 'POST', `/${sts.bucket}/`, { ...type, ...withMd5(of).headers }, body);
    expect([codeOf(await post('hello')), (await post(body)).status]).toEqual(['400 InvalidDigest', 204]);
  });

  test('a Content-Type that no header can hold is left out', async () => {
    const body = formBody('b', [...signed('typed.png'), field('Content-Type', 'a\r\nx-evil: 1'), file]);
    await sendHttp(mock.url, 'POST', `/${sts.bucket}/`, { 'Content-Type': 'multipart/form-data; boundary=b' }, body);
    const { headers } = await send('GET', `${sts.path}typed.png`);
    expect([headers['content-type'], headers['x-evil']]).toEqual(['image/jpeg', undefined]);
  });
});
