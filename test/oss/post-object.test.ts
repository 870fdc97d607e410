import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { codeOf, oss, type Sts, stsOf } from '../support/oss.js';

let mock: CloudauthMock;
let sts: Sts;
beforeAll(async () => {
  mock = createCloudauthMock();
  sts = await stsOf(mock);
});
afterAll(() => mock.close());

/** What a page would post. @param fields before the file; undefined leaves one out */
function formOf(fields: Record<string, string | undefined> = {}, conditions: unknown[] = []): FormData {
  const policy = Buffer.from(
    JSON.stringify({ expiration: '2069-01-01T00:00:00.000Z', conditions: [{ bucket: sts.bucket }, ...conditions] }),
  ).toString('base64');
  const all: Record<string, string | undefined> = {
    key: `${sts.path}form.jpg`,
    policy,
    OSSAccessKeyId: sts.accessKeyId,
    Signature: createHmac('sha1', sts.secret).update(policy).digest('base64'),
    'x-oss-security-token': sts.token,
    ...fields,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) form.append(name, value);
  form.append('file', new File(['hello'], '身份证 1.jpg', { type: 'image/jpeg' }));
  return form;
}

const url = () => `http://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/`;
const post = (body: FormData) => mock.fetch(new Request(url(), { method: 'POST', body }));
const send = (body: string, type = 'multipart/form-data; boundary=b') =>
  mock.fetch(new Request(url(), { method: 'POST', body, headers: { 'content-type': type } }));
const get = (name: string) => oss(mock, sts, 'GET', `${sts.path}${name}`);

test('a posted file is an object with its type', async () => {
  const { status } = await post(formOf());
  const got = await get('form.jpg');
  expect([status, await got.text(), got.headers.get('content-type')]).toEqual([204, 'hello', 'image/jpeg']);
});

test('a path that names the bucket takes a form as well', async () => {
  const { status } = await mock.fetch(
    new Request(`http://127.0.0.1:4520/${sts.bucket}`, { method: 'POST', body: formOf() }),
  );
  expect(status).toBe(204);
});

test('a form that names its bucket only inside is stored in process as well', async () => {
  const { status } = await mock.fetch(new Request('http://127.0.0.1:4520/', { method: 'POST', body: formOf() }));
  expect(status).toBe(204);
});

test.each([
  ['200', 200],
  ['204', 204],
  ['404', 204],
])('success_action_status %s is %i', async (success_action_status, status) => {
  expect((await post(formOf({ success_action_status }))).status).toBe(status);
});

test('success_action_status 201 tells what was made', async () => {
  const answer = await post(formOf({ success_action_status: '201' }));
  const xml = await answer.text();
  expect([answer.status, xml]).toEqual([201, expect.stringMatching(/<PostResponse><Bucket>.*<ETag>"5D41.*<Key>/)]);
});

test('the placeholder for the file’s name is replaced by it', async () => {
  await post(formOf({ key: `${sts.path}by name/\${filename}` }));
  expect(await (await get('by name/身份证 1.jpg')).text()).toBe('hello');
});

test('fields are properties', async () => {
  await post(formOf({ key: `${sts.path}fields`, 'x-oss-content-type': 'text/x-own', 'x-oss-meta-who': '测试' }));
  const { headers } = await get('fields');
  const who = Buffer.from(headers.get('x-oss-meta-who')!, 'latin1').toString();
  expect([headers.get('content-type'), who]).toEqual(['text/x-own', '测试']);
});

test.each([
  [{ 'x-oss-content-type': 'text/first', 'Content-Type': 'text/last' }, 'image/png', 'text/first'],
  [{ 'Content-Type': 'text/last' }, 'image/png', 'image/png'],
  [{ 'Content-Type': 'text/last' }, '', 'text/last'],
  [{}, '', 'image/jpeg'],
])('of %j and a file of type “%s” the type is %s', async (fields, type, kept) => {
  const part = (head: string, value: string) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const file = `name="file"; filename="a.jpg"${type && `\r\nContent-Type: ${type}`}`;
  const form = formOf({ key: `${sts.path}typed.jpg`, ...fields });
  form.delete('file');
  const texts = [...form].map(([name, value]) => part(`name="${name}"`, String(value)));
  await send(`${texts.join('')}${part(file, 'hello')}--b--\r\n`);
  expect((await get('typed.jpg')).headers.get('content-type')).toBe(kept);
});

test.each(['Bearer abc', 'OSS nobody:nothing'])(
  'what signs the call beside (%s) is not looked at',
  async (authorization) => {
    const request = new Request(url(), { method: 'POST', body: formOf(), headers: { authorization } });
    expect((await mock.fetch(request)).status).toBe(204);
  },
);

/** What the vendor's SDKs write is not always what a form should be; what is stored is the file all the same. */
describe('a form of the vendor’s SDK', () => {
  const BYTES = '\xff\xd8 picture --1234 \r\n--\r\n\xff\xd9';
  const field = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = (bytes: string) =>
    `Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: \r\n\r\n${bytes}`;
  const fieldsOf = (boundary: string, key: string) => {
    const form = formOf({ key });
    form.delete('file');
    return [['host', 'b.example'] as const, ...form]
      .map(([name, value]) => `--${boundary}\r\n${field(name, String(value))}`)
      .join('');
  };
  /** @returns status, and what is stored */
  const upload = async (boundary: string, key: string, behindFields: string, userAgent = '') => {
    const { status } = await mock.fetch(
      new Request(url(), {
        method: 'POST',
        body: Buffer.from(fieldsOf(boundary, sts.path + key) + behindFields, 'latin1'),
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'user-agent': userAgent },
      }),
    );
    return [status, Buffer.from(await (await get(key)).arrayBuffer()).toString('latin1')];
  };

  test.each([BYTES, '', 'ends\r\n'])(
    'in TypeScript, without a line end behind the file and with a field there, stores %j',
    async (bytes) => {
      const b = 'boundary0123456789ab';
      const rest = `--${b}\r\n${file(bytes)}--${b}\r\n${field('success_action_status', '201')}\r\n--${b}--\r\n`;
      expect(await upload(b, 'typescript', rest)).toEqual([204, bytes]);
    },
  );

  test.each([BYTES, '', 'ends\r\n'])('in Go, with one line end more behind the file, stores %j', async (bytes) => {
    const b = '12345678901234';
    const agent = 'AlibabaCloud (linux; amd64) Golang/1.24 Core/1.3 TeaDSL/2';
    expect(await upload(b, 'go', `--${b}\r\n${file(bytes)}\r\n\r\n--${b}--\r\n`, agent)).toEqual([204, bytes]);
    expect(await upload(b, 'go', `--${b}\r\n${file(bytes)}\r\n\r\n--${b}--\r\n`)).toEqual([204, bytes]);
  });

  test.each([BYTES, 'ends\r\n'])('in Java, well-formed, stores %j', async (bytes) => {
    const b = '12345678901234';
    const agent = 'AlibabaCloud (Linux; amd64) Java/21 Core/0.3 TeaDSL/2';
    expect(await upload(b, 'java', `--${b}\r\n${file(bytes)}\r\n--${b}--\r\n`, agent)).toEqual([204, bytes]);
  });
});

test('a file that ends with a line end keeps it', async () => {
  const form = formOf({ key: `${sts.path}text` });
  form.set('file', new File(['a line\r\n'], 'a.txt'));
  await post(form);
  expect(await (await get('text')).text()).toBe('a line\r\n');
});

test('a boundary longer than any is no form, and soon', async () => {
  const boundary = 'a'.repeat(8000);
  const body = `${`\r\n--${boundary.slice(10)}c`.repeat(12)}${'a'.repeat(12_000_000)}`;
  expect(await codeOf(await send(body, `multipart/form-data; boundary=${boundary}`))).toBe('400 MalformedPOSTRequest');
});

test.each([
  ['more bytes than its policy allows', () => formOf({}, [['content-length-range', 0, 4]]), '400 EntityTooLarge'],
  ['fewer bytes than its policy wants', () => formOf({}, [['content-length-range', 6, 9]]), '400 EntityTooSmall'],
  ['another signature', () => formOf({ Signature: 'AAAA' }), '403 SignatureDoesNotMatch'],
  ['a key outside of the path', () => formOf({ key: 'elsewhere/a' }), '403 AccessDenied'],
  ['no policy', () => formOf({ policy: undefined }), /^40[03] (InvalidArgument|AccessDenied)$/],
  ['no key', () => formOf({ key: undefined }), '400 InvalidArgument'],
  ['somebody to call back', () => formOf({ callback: 'eyJ9' }), '501 NotImplemented'],
  ['a field of over 4 KB', () => formOf({ 'x:note': 'a'.repeat(4097) }), '400 FieldItemTooLong'],
])('a form with %s is refused', async (_what, form, code) => {
  expect(await codeOf(await post(form()))).toMatch(code);
});

test('a file’s name that makes the key too long is InvalidObjectName', async () => {
  const form = formOf({ key: `${sts.path}\${filename}` });
  form.set('file', new File(['hello'], 'a'.repeat(1024)));
  expect(await codeOf(await post(form))).toBe('400 InvalidObjectName');
});

test('a form of over 64 MB is EntityTooLarge', async () => {
  const form = formOf();
  form.set('file', new File([new Uint8Array(64 * 1024 * 1024)], 'a'));
  expect(await codeOf(await post(form))).toBe('400 EntityTooLarge');
});

test('a form nobody has signed is refused after its first megabytes, and is not kept', async () => {
  let read = 0;
  const form = formOf({ Signature: 'x' });
  form.set('file', new File([new Uint8Array(1)], 'a'));
  const whole = new Request(url(), { method: 'POST', body: form });
  const [head] = (await whole.text()).split('\r\n\r\n\0');
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      stream.enqueue(read === 0 ? Buffer.from(`${head}\r\n\r\n`) : new Uint8Array(2 ** 20));
      read++;
      if (read > 60) stream.close();
    },
  });
  const sent = { method: 'POST', body, duplex: 'half', headers: [...whole.headers] } as RequestInit;
  expect(await codeOf(await mock.fetch(new Request(url(), sent)))).toBe('403 SignatureDoesNotMatch');
  expect(read).toBeLessThan(15);
});

test.each([0, 2])('a form with %i files is IncorrectNumberOfFilesInPOSTRequest', async (count) => {
  const form = formOf();
  form.delete('file');
  for (let file = 0; file < count; file++) form.append('file', new File(['hello'], 'a.jpg'));
  expect(await codeOf(await post(form))).toBe('400 IncorrectNumberOfFilesInPOSTRequest');
});

test('a form without a key is told in the vendor’s words', async () => {
  expect(await (await post(formOf({ key: undefined }))).text()).toContain(
    '<Message>The bucket POST must contain the specified field name.</Message>',
  );
});

test('forbidden to overwrite is FileAlreadyExists', async () => {
  await post(formOf({ key: `${sts.path}once` }));
  const again = formOf({ key: `${sts.path}once`, 'x-oss-forbid-overwrite': 'true' });
  expect(await codeOf(await post(again))).toBe('409 FileAlreadyExists');
});

test.each([
  ['no boundary', 'multipart/form-data', '--b--'],
  ['nothing', 'multipart/form-data; boundary=b', ''],
  ['no end', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\na'],
  ['no names', 'multipart/form-data; boundary=b', '--b\r\n\r\na\r\n--b--\r\n'],
  ['something else', 'multipart/form-data; boundary=b', '{"key":"a"}'],
])('a body with %s is MalformedPOSTRequest', async (_what, type, body) => {
  expect(await codeOf(await send(body, type))).toBe('400 MalformedPOSTRequest');
});
