/** Pictures that SubmitMaterials is handed: which are refused, where they are kept, and what GetMaterials shows of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { createCloudauthMock } from '../../src/index.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { BUCKETS } from '../../src/verification/buckets.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { saying } from '../support/hints.js';
import { oss, stsOf } from '../support/oss.js';
import { FACE, getMaterials, getStatus, openTask, PERSON, submit } from '../support/tasks.js';

const LIMIT = 2 * 1024 * 1024;

/** @returns its `oss://` address */
async function upload(mock: CloudauthMock, bytes: Uint8Array, name = 'face.jpg', ticketId?: string): Promise<string> {
  const sts = await stsOf(mock, ticketId);
  const { status } = await oss(mock, sts, 'PUT', sts.path + name, { body: bytes });
  expect(status).toBe(200);
  return `oss://${sts.bucket}:${sts.path}${name}`;
}

/** Status, code and hint of a submission with this face. */
async function submitted(mock: CloudauthMock, FacePic: string, TicketId = 'ticket') {
  const { status, json, headers } = await submit(mock, await openTask(mock, 'RPMin', TicketId), { ...PERSON, FacePic });
  return [status, json.Code, headers.get('x-cloudauth-mock-hint')];
}
const TAKEN = [200, '1', null];
const said = (why: string) => saying(['picture-refused', { name: 'FacePic', why }]);
const refused = async (why: string) => [500, 'Error.MaterialsUploadError', await said(why)];

const facePicOf = async (mock: CloudauthMock, TicketId = 'ticket'): Promise<string> =>
  (await getMaterials(mock, 'RPMin', TicketId)).json.Data.FacePic;
const bytesAt = async (response: Response) => Buffer.from(await response.arrayBuffer());

const NO_BUCKET = `no-such-bucket: there are ${BUCKETS.join(' and ')}`;

describe('oss://', () => {
  test('what was uploaded is taken', async () => {
    await using mock = createCloudauthMock();
    expect(await submitted(mock, await upload(mock, FACE_JPEG))).toEqual(TAKEN);
  });

  test.each([
    ['oss://verify-external-image:c3fef70f36ca4b0d8203a499beaa9f80/face.jpg', 'not-uploaded'],
    ['oss://no-such-bucket:face.jpg', NO_BUCKET],
    ['oss://saf-sessions:face.jpg', NO_BUCKET],
    ['oss://face.jpg', 'no-picture-address: http(s)://..., oss://<bucket>:<key> or base64://...'],
  ])('%s is refused: %s', async (address, why) => {
    await using mock = createCloudauthMock();
    expect(await submitted(mock, address)).toEqual(await refused(why));
  });

  test('what another account uploaded is not there', async () => {
    await using mock = createCloudauthMock();
    const FacePic = await upload(mock, FACE_JPEG);
    const other = { accessKeyId: 'LTAImockOther' };
    const token = await openTask(mock, 'RPMin', 'ticket', {}, other);
    const { json } = await submit(mock, token, { ...PERSON, FacePic }, other);
    expect(json.Code).toBe('Error.MaterialsUploadError');
  });

  test.each<[number, string | undefined]>([
    [LIMIT, undefined],
    [LIMIT + 1, 'over-2-MB'],
    [0, 'empty'],
  ])('an object of %i bytes', async (size, why) => {
    await using mock = createCloudauthMock();
    expect(await submitted(mock, await upload(mock, Buffer.alloc(size, 7)))).toEqual(why ? await refused(why) : TAKEN);
  });

  test('GetMaterials shows the bytes that were uploaded', async () => {
    await using mock = createCloudauthMock();
    await submitted(mock, await upload(mock, FACE_JPEG, '脸 1.jpg'));
    const response = await mock.fetch(new Request(await facePicOf(mock)));
    expect([response.status, await bytesAt(response)]).toEqual([200, FACE_JPEG]);
  });
});

describe('base64://', () => {
  test.each([
    ['data:image/png;base64,iVBORw0=', 'base64-with-data-header'],
    ['人脸', 'not-base64'],
    ['', 'not-base64'],
    ['A', 'not-base64'],
    ['AAAAA', 'not-base64'],
    ['A===', 'not-base64'],
  ])('%s is refused: %s', async (data, why) => {
    await using mock = createCloudauthMock();
    expect(await submitted(mock, `base64://${data}`)).toEqual(await refused(why));
  });

  test('2 MB are seen again', async () => {
    await using mock = createCloudauthMock();
    const bytes = Buffer.alloc(LIMIT, 'picture');
    await submitted(mock, `base64://${bytes.toString('base64')}`);
    const response = await mock.fetch(new Request(await facePicOf(mock)));
    expect([response.status, (await bytesAt(response)).equals(bytes)]).toEqual([200, true]);
  });

  test.each(['RPMin', 'RPBasic'])('2 MB are not in the result of a task of %s', async (Biz) => {
    const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
    const db = join(folder, 'state.db');
    const mock = createCloudauthMock({ db });
    const FacePic = `base64://${Buffer.alloc(LIMIT).toString('base64')}`;
    const token = await openTask(mock, Biz, 'ticket', { Binding: JSON.stringify({ ...PERSON, FacePic }) });
    if (Biz === 'RPMin') await submit(mock, token, { Name: PERSON.Name });
    await getStatus(mock, Biz);
    await mock.close();
    const database = await openSqlite(db);
    expect(await database.all('SELECT status, LENGTH(result) < 1000 AS small FROM verifications')).toEqual([
      { status: 'passed', small: 1 },
    ]);
    await database.close();
    rmSync(folder, { recursive: true });
  });

  test('of Binding, in a task concluded by hand, is shown as well', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'ticket', { Binding: JSON.stringify({ FacePic: FACE }) });
    await mock.verifications.pass('ticket');
    const { json } = await getMaterials(mock, 'RPBasic');
    const response = await mock.fetch(new Request(json.Data.FacePic));
    expect(await bytesAt(response)).toEqual(Buffer.from(FACE.slice('base64://'.length), 'base64'));
  });

  test('an object store that is full answers Error.MaterialsUploadError and leaves the task as it is', async () => {
    await using mock = createCloudauthMock({ maxObjectBytes: 5 });
    const answer = await submitted(mock, FACE);
    const { json } = await getStatus(mock);
    expect([answer, json.Data.StatusCode]).toEqual([
      [500, 'Error.MaterialsUploadError', await saying('store-full')],
      -1,
    ]);
  });
});

describe('the address of a picture', () => {
  test('over a socket answers with its bytes', async () => {
    await using mock = createCloudauthMock({ port: 0 });
    await mock.listen();
    await submitted(mock, FACE);
    const { json } = await getMaterials(mock, 'RPMin', 'ticket', { url: `${mock.url}/` });
    const response = await fetch(json.Data.FacePic);
    expect([json.Data.FacePic.startsWith(`${mock.url}/verify-external-image/`), response.status]).toEqual([true, 200]);
    expect(await bytesAt(response)).toEqual(Buffer.from(FACE.slice('base64://'.length), 'base64'));
  });

  test.each([
    ['59m', 200],
    ['61m', 403],
  ])('%s of business time later answers %i', async (age, status) => {
    await using mock = createCloudauthMock();
    await submitted(mock, FACE);
    const address = await facePicOf(mock);
    await mock.clock.advance(age);
    expect((await mock.fetch(new Request(address))).status).toBe(status);
  });

  test('with another key answers 403', async () => {
    await using mock = createCloudauthMock();
    await submitted(mock, FACE);
    const address = (await facePicOf(mock)).replace('FacePic.jpg', 'IDPic.jpg');
    expect((await mock.fetch(new Request(address))).status).toBe(403);
  });

  test('of a picture nobody handed in shows a drawn face', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic');
    const { json } = await getMaterials(mock, 'RPBasic');
    const response = await mock.fetch(new Request(json.Data.FacePic));
    expect(await bytesAt(response)).toEqual(FACE_JPEG);
  });

  test('as GetMaterials gave it may be handed in again', async () => {
    await using mock = createCloudauthMock();
    await submitted(mock, FACE);
    expect(await submitted(mock, await facePicOf(mock), 'again')).toEqual(TAKEN);
  });
});

describe('http://', () => {
  const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

  async function serve(pictures: Record<string, Buffer>) {
    const server = createServer((request, response) => {
      const picture = pictures[request.url!];
      response.writeHead(picture ? 200 : 404).end(picture);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      pictures,
      [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
    };
  }

  test('is not fetched unless it is asked for: the address is shown as it was handed in', async () => {
    await using mock = createCloudauthMock();
    const answer = await submitted(mock, 'http://image-demo.img-cn-hangzhou.aliyuncs.com/example.jpg');
    expect([answer, await facePicOf(mock)]).toEqual([
      TAKEN,
      'http://image-demo.img-cn-hangzhou.aliyuncs.com/example.jpg',
    ]);
  });

  test('with --fetch loopback is kept as it was when it was submitted', async () => {
    await using web = await serve({ '/a.png': PNG });
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    await submitted(mock, `${web.url}/a.png`);
    web.pictures['/a.png'] = FACE_JPEG;
    await submitted(mock, `${web.url}/a.png`, 'later');
    const [first, later] = [await facePicOf(mock), await facePicOf(mock, 'later')];
    expect(await bytesAt(await mock.fetch(new Request(first)))).toEqual(PNG);
    expect(await bytesAt(await mock.fetch(new Request(later)))).toEqual(FACE_JPEG);
  });

  test.each([
    ['/big.jpg', 'over-2-MB'],
    ['/none.jpg', 'status-404'],
    ['/empty.jpg', 'empty'],
  ])('with --fetch loopback %s is refused: %s', async (path, why) => {
    await using web = await serve({ '/big.jpg': Buffer.alloc(LIMIT + 1), '/empty.jpg': Buffer.alloc(0) });
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    expect(await submitted(mock, web.url + path)).toEqual(await refused(why));
  });

  test('with --fetch loopback the control side is none that may be fetched', async () => {
    await using mock = await createCloudauthMock({ fetch: 'loopback', port: 0 }).listen();
    expect(await submitted(mock, `${mock.url}/_mock/requests`)).toEqual(await refused('status-403'));
  });

  test.each([
    ['https://evil.example', 'asked-for-by-a-web-page'],
    ['null', 'asked-for-by-a-web-page'],
    ['http://localhost:3000', 'status-404'],
  ])('with --fetch loopback a page of %s hears %s', async (origin, why) => {
    await using web = await serve({});
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    const materials = { ...PERSON, FacePic: `${web.url}/a.png` };
    const { headers } = await submit(mock, await openTask(mock), materials, { headers: { origin } });
    expect(headers.get('x-cloudauth-mock-hint')).toBe(await said(why));
  });

  test('a picture’s address asked for from another site’s page is not fetched either', async () => {
    await using mock = createCloudauthMock({ fetch: 'loopback', methods: 'any' });
    const materials = { ...PERSON, FacePic: 'http://127.0.0.1:9/a.png' };
    const headers = { 'sec-fetch-site': 'cross-site' };
    const reply = await submit(mock, await openTask(mock), materials, { method: 'GET', headers });
    expect(reply.headers.get('x-cloudauth-mock-hint')).toBe(await said('asked-for-by-a-web-page'));
  });

  test('where nothing is fetched a page’s address is judged by its form, as any', async () => {
    await using mock = createCloudauthMock();
    const materials = { ...PERSON, FacePic: 'http://pictures.example/a.png' };
    const headers = { origin: 'https://evil.example' };
    expect((await submit(mock, await openTask(mock), materials, { headers })).json.Code).toBe('1');
  });

  test('with --fetch loopback an address elsewhere is refused', async () => {
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    expect(await submitted(mock, 'http://169.254.169.254/latest')).toEqual(await refused('address-not-allowed'));
  });
});
