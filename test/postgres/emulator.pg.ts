/** The emulator as a whole on a PostgreSQL server: what it keeps, what it says, and what it answers while the server is away. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { runCli, startCli } from '../support/child.js';
import { open, pageUrl, walk } from '../support/h5.js';
import { codeOf, oss, stsOf } from '../support/oss.js';
import { PASSWORD, type PostgresServer, startPostgres } from '../support/postgres-server.js';
import { SAF_PERSON, saf } from '../support/scenario.js';
import { getMaterials, getStatus, openTask, submit } from '../support/tasks.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

const schemaOf = (db: string) => /search_path%3D(\w+)/.exec(db)![1];
/** How many rows a table has. */
const rowsIn = async (table: string, db: string) => {
  const [row] = await server.query(`SELECT COUNT(*)::int AS n FROM ${schemaOf(db)}.${table}`);
  return row!.n;
};

describe('what is kept', () => {
  test('a task, a SAF session and a page go as they do with SQLite, and are there after a restart', async () => {
    const db = await server.schema();
    const told: unknown[] = [];
    {
      await using mock = createCloudauthMock({ db, device: 'immediate' });
      const token = await openTask(mock);
      await submit(mock, token);
      const { Data } = await saf(mock, { method: 'init', ...SAF_PERSON });
      const page = await pageUrl(mock, {}, { TicketId: 'page' });
      await open(mock, page);
      await walk(mock, page);
      told.push((await getStatus(mock)).json.Data.StatusCode, typeof Data.queryId);
      told.push((await getMaterials(mock)).status, await mock.verifications.list());
    }
    await using mock = createCloudauthMock({ db, device: 'immediate' });
    const kept = await mock.verifications.list();
    expect([kept.length, ...told, (await getStatus(mock)).json.Data.StatusCode]).toEqual([
      3,
      1,
      'string',
      200,
      kept,
      1,
    ]);
  });

  test('an object is kept in chunks, read from any byte to any other, and gone with its row', async () => {
    const db = await server.schema();
    const body = Buffer.from(Array.from({ length: 1_500_000 }, (_, n) => (n * 7) % 251));
    await using mock = createCloudauthMock({ db });
    const sts = await stsOf(mock);
    const key = `${sts.path}a.jpg`;
    await oss(mock, sts, 'PUT', key, { body });
    const chunks = await rowsIn('blob_chunks', db);
    const whole = Buffer.from(await (await oss(mock, sts, 'GET', key)).arrayBuffer());
    const range = await oss(mock, sts, 'GET', key, { headers: { range: 'bytes=524280-1048600' } });
    const part = Buffer.from(await range.arrayBuffer());
    await oss(mock, sts, 'PUT', key, { body: 'short' });
    const after = [await rowsIn('blob_chunks', db), await (await oss(mock, sts, 'GET', key)).text()];
    await oss(mock, sts, 'DELETE', key);
    expect([chunks, whole.equals(body), part.equals(body.subarray(524_280, 1_048_601))]).toEqual([3, true, true]);
    expect([after, await rowsIn('blob_chunks', db), await rowsIn('blobs', db)]).toEqual([[1, 'short'], 0, 0]);
  });

  test('an upload in parts is one object, also for an emulator that did not take them', async () => {
    const db = await server.schema();
    await using mock = createCloudauthMock({ db });
    await using other = createCloudauthMock({ db });
    const sts = await stsOf(mock);
    const key = `${sts.path}a.jpg`;
    const begun = await (await oss(mock, sts, 'POST', key, { query: 'uploads' })).text();
    const query = `uploadId=${/<UploadId>(.+)<\/UploadId>/.exec(begun)![1]}`;
    const bodies = ['x'.repeat(200_000), 'the end'];
    const etags = await Promise.all(
      bodies.map(async (body, index) => {
        const sent = await oss(mock, sts, 'PUT', key, { query: `partNumber=${index + 1}&${query}`, body });
        return sent.headers.get('etag');
      }),
    );
    const parts = etags.map((etag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
    await oss(other, sts, 'POST', key, {
      query,
      body: `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`,
    });
    const read = await (await oss(other, sts, 'GET', key)).text();
    expect([read === bodies.join(''), await rowsIn('blobs', db)]).toEqual([true, 2]);
  });

  test('a snapshot is come back to, objects and clock with it', async () => {
    await using mock = createCloudauthMock({ db: await server.schema(), device: 'immediate' });
    const sts = await stsOf(mock);
    await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'before' });
    await mock.snapshots.save('s');
    await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'after' });
    await mock.snapshots.restore('s');
    expect(await (await oss(mock, sts, 'GET', `${sts.path}a.jpg`)).text()).toBe('before');
  });
});

test('what one of several emulators resets and brings back, the others see at once', async () => {
  const db = await server.schema();
  await using one = createCloudauthMock({ db, device: 'manual' });
  await using other = createCloudauthMock({ db, device: 'manual' });
  const names = async (mock: CloudauthMock) => (await mock.verifications.list()).map(({ id }) => id);
  await openTask(one, 'RPMin', 'before');
  await one.snapshots.save('s');
  await other.reset();
  const emptied = await names(one);
  await openTask(one, 'RPMin', 'after');
  const added = await names(other);
  await other.snapshots.restore('s');
  expect([emptied, added, await names(one)]).toEqual([[], ['after'], ['before']]);
});

const GET_TOKEN = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'lost' });

describe('while the server is away', () => {
  async function everywhere(mock: CloudauthMock, page: string, sts: Awaited<ReturnType<typeof stsOf>>) {
    const calls = [GET_TOKEN, cloudauth2019('DescribeOssUploadToken'), faceVerify({ method: 'query' })];
    const answers = await Promise.all(calls.map((params) => call(mock, params)));
    const uploads = await Promise.all(
      ['PUT', 'GET'].map((method) => oss(mock, sts, method, `${sts.path}a.jpg`, method === 'PUT' ? { body: 'x' } : {})),
    );
    const others = await Promise.all(
      [page, 'http://localhost/_mock/verifications', 'http://localhost/readyz'].map(
        async (url) => (await mock.fetch(new Request(url))).status,
      ),
    );
    const codes = await Promise.all(uploads.map(codeOf));
    return [...answers.map(({ status, json }) => `${status} ${json.Code}`), ...codes, ...others];
  }

  test('every call is answered as documented, /readyz with 503; then all goes on, and nothing of before is lost', async () => {
    const lines: string[] = [];
    const db = await server.schema();
    await using mock = createLoggingMock(readOptions({ db: [db] }, {}), (text) => lines.push(text));
    const sts = await stsOf(mock);
    await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'hello' });
    const page = await pageUrl(mock);
    await server.stop();
    const away = await everywhere(mock, page, sts);
    const { headers } = await call(mock, GET_TOKEN);
    await server.start();
    const back = [await call(mock, GET_TOKEN), await mock.fetch(new Request('http://localhost/readyz'))];
    const read = await (await oss(mock, sts, 'GET', `${sts.path}a.jpg`)).text();
    const warnings = lines
      .join('')
      .split('\n')
      .filter((line) => /^\S+ (warning|error):|^ +at /.test(line));
    expect([away, back.map(({ status }) => status), read]).toEqual([
      [
        ...['503 ServiceUnavailable', '503 ServiceUnavailable', '503 ServiceUnavailable'],
        ...['500 InternalError', '500 InternalError', 503, 503, 503],
      ],
      [200, 200],
      'hello',
    ]);
    expect(headers.get('x-cloudauth-mock-hint')).toMatch(/postgres:\/\/127.0.0.1:\d+\/postgres cannot be used/);
    expect(warnings).toEqual([expect.stringContaining('cannot be used'), expect.stringContaining('is back')]);
  });
});

describe('at the command line', () => {
  test('it starts, answers, and never prints the password', async () => {
    const db = await server.schema();
    await using emulator = await startCli(['--db', db]);
    const answered = await emulator.call(GET_TOKEN);
    await emulator.logged(/DATABASE|driver +PostgreSQL by pg/);
    const [printed, doctor] = await Promise.all([
      runCli(['config', 'print', '--db', db]),
      runCli(['doctor', '--json', '--db', db, '--port', '0']),
    ]);
    const findings = (JSON.parse(doctor.stdout) as { check: string; status: string; message: string }[]).filter(
      ({ check }) => check === 'database' || check === 'driver',
    );
    const shown = `postgres://127.0.0.1:${server.port}/postgres`;
    expect([answered.status, findings]).toEqual([
      200,
      [
        { check: 'driver', status: 'ok', message: 'pg, for PostgreSQL' },
        { check: 'database', status: 'ok', message: expect.stringMatching(`^${shown} answers: PostgreSQL \\d+`) },
      ],
    ]);
    expect(emulator.stderr()).toContain(shown);
    expect(printed.stdout).toContain(shown);
    expect([emulator.stderr(), printed.stdout, doctor.stdout].filter((text) => text.includes(PASSWORD))).toEqual([]);
  });

  test('a server that is not there is said, with exit code 5 and without the password', async () => {
    const db = (await server.schema()).replace(`:${server.port}/`, ':1/');
    const [started, doctor] = await Promise.all([runCli(['--db', db]), runCli(['doctor', '--db', db, '--port', '0'])]);
    expect([started.code, started.stderr]).toEqual([
      5,
      expect.stringMatching(/the database postgres:\/\/127\.0\.0\.1:1\/postgres cannot be used: .*ECONNREFUSED/),
    ]);
    expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining('start the server, or mend the address')]);
    expect(started.stderr + doctor.stdout + doctor.stderr).not.toContain(PASSWORD);
  });

  test('killed amid calls it has lost nothing that it acknowledged', async () => {
    const db = await server.schema();
    const emulator = await startCli(['--db', db, '--log', 'silent']);
    const acknowledged: string[] = [];
    let killed = false;
    const client = async (name: number) => {
      for (let n = 0; !killed; n++) {
        const ticket = `t${name}-${n}`;
        const answer = await emulator.call({ ...GET_TOKEN, TicketId: ticket }).catch(() => undefined);
        if (answer?.status === 200) acknowledged.push(ticket);
      }
    };
    const clients = Array.from({ length: 4 }, (_, name) => client(name));
    await vi.waitUntil(() => acknowledged.length >= 40, { timeout: 60_000 });
    emulator.kill('SIGKILL');
    killed = true;
    await Promise.all([...clients, emulator.exit]);
    const kept = await server.query(`SELECT name FROM ${schemaOf(db)}.verifications`);
    const names = new Set(kept.map(({ name }) => name));
    expect(acknowledged.filter((ticket) => !names.has(ticket))).toEqual([]);
  });
});
