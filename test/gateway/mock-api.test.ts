import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createCloudauthMock, type ErrorCode, StorageError } from '../../src/index.js';
import { loadDriver } from '../../src/store/drivers/load.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { getStatus, openTask } from '../support/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
const db = join(folder, 'state.db');
afterEach(() => rmSync(db, { force: true }));

test('listen leaves the global Request and Response of the process alone', async () => {
  const before = [globalThis.Request, globalThis.Response, globalThis.Headers, globalThis.fetch];
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const response = await fetch(`${mock.url}/healthz`);
  expect([globalThis.Request, globalThis.Response, globalThis.Headers, globalThis.fetch]).toEqual(before);
  expect(response).toBeInstanceOf(Response);
});

test('many run side by side, each with its own state', async () => {
  const mocks = await Promise.all(Array.from({ length: 10 }, () => createCloudauthMock({ port: 0 }).listen()));
  await openTask(mocks[0]!, 'RPBasic');
  const statuses = await Promise.all(mocks.map((mock) => getStatus(mock, 'RPBasic')));
  const urls = new Set(mocks.map(({ url }) => url));
  await Promise.all(mocks.map((mock) => mock.close()));
  expect(urls.size).toBe(10);
  expect(statuses.map(({ json }) => json.Data.StatusCode)).toEqual([1, ...Array(9).fill(-1)]);
});

test('false timers of a test hold no call up', async () => {
  vi.useFakeTimers();
  try {
    const mock = createCloudauthMock();
    expect(await openTask(mock, 'RPBasic')).toMatch(/^[0-9a-f]{32}$/);
  } finally {
    vi.useRealTimers();
  }
});

test('await using closes the port', async () => {
  let url = '';
  {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    url = mock.url;
  }
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a bound address is what answers name; in process it is the vendor’s', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const socket = await (await fetch(`${mock.url}/readyz`)).json();
  const inProcess = await call(mock, cloudauth2019('DescribeOssUploadToken'));
  expect([socket.status, inProcess.json.OssUploadToken.EndPoint]).toEqual([
    'ready',
    'https://oss-cn-zhangjiakou.aliyuncs.com',
  ]);
});

test.each([
  ['http://localhost:4520/', 'http://localhost:4520'],
  ['https://cloudauth.aliyuncs.com/', 'https://oss-cn-zhangjiakou.aliyuncs.com'],
])('called at %s an answer names %s', async (url, endPoint) => {
  await using mock = createCloudauthMock();
  const { json } = await call(mock, cloudauth2019('DescribeOssUploadToken'), { url });
  expect(json.OssUploadToken.EndPoint).toBe(endPoint);
});

test('--public-url wins', async () => {
  await using mock = createCloudauthMock({ publicUrl: 'https://mock.example.org/base/' });
  const { json } = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' }));
  expect(json.Data.CloudauthPageUrl).toMatch(
    /^https:\/\/mock\.example\.org\/base\/user_verify\/cloudauth\.html\?token=/,
  );
});

test('with a file, state and the business clock outlive the process', async () => {
  const first = createCloudauthMock({ db });
  await openTask(first, 'RPBasic');
  await first.clock.advance('10m');
  await first.close();
  await using second = createCloudauthMock({ db });
  const { json } = await getStatus(second, 'RPBasic');
  expect(json.Data.StatusCode).toBe(1);
  expect(Math.round(((await second.clock.now()) - Date.now()) / 60_000)).toBe(10);
});

test('with a file, a nonce stays used after a restart', async () => {
  const common = { SignatureNonce: 'once' };
  const first = createCloudauthMock({ db });
  await call(first, cloudauth2019('DescribeOssUploadToken'), { common });
  await first.close();
  await using second = createCloudauthMock({ db });
  expect((await call(second, cloudauth2019('DescribeOssUploadToken'), { common })).json.Code).toBe(
    'SignatureNonceUsed',
  );
});

test('the same seed mints the same ids', async () => {
  const mint = async (seed: string) => {
    await using mock = createCloudauthMock({ seed });
    return (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://e.com/a' }))).text;
  };
  const [one, same, other] = [await mint('1'), await mint('1'), await mint('2')];
  expect([one === same, one === other]).toEqual([true, false]);
});

test('a seed with a stored database mints no id twice', async () => {
  for (const ticket of ['a', 'b', 'c']) {
    await using mock = createCloudauthMock({ db, seed: '1' });
    await openTask(mock, 'RPBasic', ticket);
  }
  expect(existsSync(db)).toBe(true);
});

test('a database that cannot be opened is a StorageError, from listen and from fetch', async () => {
  const mock = createCloudauthMock({ db: join(folder, 'no', 'such', 'folder.db'), port: 0 });
  await expect(mock.listen()).rejects.toThrow(StorageError);
  await expect(call(mock, cloudauth2019('DescribeOssUploadToken'))).rejects.toThrow(StorageError);
});

test('another program’s database is a StorageError', async () => {
  const other = loadDriver('auto').open(db);
  other.run('CREATE TABLE tasks (id TEXT)', []);
  other.close();
  await expect(createCloudauthMock({ db, port: 0 }).listen()).rejects.toThrow(
    `cannot use the database ${db}: it has tables of another program, such as tasks; choose another --db file`,
  );
});

test('with a free port and a public URL the bound address is still known', async () => {
  await using mock = await createCloudauthMock({ port: 0, publicUrl: 'https://mock.example.org' }).listen();
  expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test.each([
  ['GetVerifyTokens', 'InternalError', /no operation 'GetVerifyTokens'; did you mean GetVerifyToken\?/],
  ['face_verify.query', 'Z1108', /face_verify\.query documents no error 'Z1108'; what answers it: face_verify\.init/],
])('failNext(%s, %s) says what there is', (operation, code, message) => {
  expect(() => createCloudauthMock().failNext(operation, code as ErrorCode)).toThrow(message);
});

test.each([
  ['GetStatus', undefined, 'no code'],
  ['GetStatus', '', 'no code'],
  ['GetStatus', null, 'no code'],
  [undefined, 'Throttling', 'no operation'],
])('failNext(%j, %j) is no silent nothing', (operation, code, message) => {
  const failNext = createCloudauthMock().failNext as (...words: unknown[]) => void;
  expect(() => failNext(operation, code)).toThrow(`was given ${message}`);
});

test('failNext answers the error and changes no state', async () => {
  await using mock = createCloudauthMock();
  mock.failNext('saf/2017-03-31/face_verify.init', 'B110');
  const failed = await call(mock, faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: 'c' }));
  mock.failNext('GetVerifyToken', 'Error.InternalError');
  await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' }));
  const status = await getStatus(mock, 'RPBasic', 't');
  expect([failed.json.Message, status.json.Data.StatusCode]).toEqual(['init失败，B110，请稍后再试', -1]);
});

test('ordered failures queue up', async () => {
  await using mock = createCloudauthMock();
  mock.failNext('GetStatus', 'Throttling');
  mock.failNext('GetStatus', 'ServiceUnavailable');
  const codes = [];
  for (let n = 0; n < 3; n++) codes.push((await getStatus(mock, 'RPBasic')).json.Code);
  expect(codes).toEqual(['Throttling', 'ServiceUnavailable', '1']);
});

test.each(['pass', 'fail', 'expire'] as const)(
  'verifications.%s of an unknown id says which ids there are',
  async (verb) => {
    await using mock = createCloudauthMock();
    await expect(mock.verifications[verb]('nope')).rejects.toThrow(
      "no verification 'nope'; use a VerifyToken, TicketId, queryId, zimId, bizId or CertifyId",
    );
  },
);

test('verifications.expire ends a token now', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock, 'RPBasic');
  await mock.verifications.expire(token);
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(-1);
});

test('what has passed cannot be failed any more', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock, 'RPBasic');
  await mock.verifications.pass(token);
  await expect(mock.verifications.fail(token)).rejects.toThrow('has passed already');
});

test.each([
  [{ port: 70_000 }, '--port'],
  [{ device: 'sometimes' }, '--device'],
  [{ signature: 'maybe' }, '--signature'],
  [{ publicUrl: 'example.org' }, '--public-url'],
  [{ colour: 'red' }, "no option 'colour'"],
])('%j is refused at once with a message that names it', (options, message) => {
  expect(() => createCloudauthMock(options as object)).toThrow(message);
});

test.each(['/healthz', '/readyz'])('%s answers in process', async (path) => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  const response = await mock.fetch(new Request(`http://localhost${path}`));
  expect([response.status, response.headers.get('x-cloudauth-mock')]).toEqual([
    200,
    expect.stringMatching(/^\d+\.\d+\.\d+/),
  ]);
});

test('/readyz is 503 until the storage is open', async () => {
  await using mock = createCloudauthMock();
  const response = await mock.fetch(new Request('http://localhost/readyz'));
  expect(response.status).toBe(503);
});
