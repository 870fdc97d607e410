/** What a network does between an emulator and PostgreSQL, and what it may not do to the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { startMiddleman } from '../support/middleman.js';
import { type PostgresServer, startPostgres } from '../support/postgres-server.js';
import { until } from '../support/until.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

const getToken = (TicketId: string) => cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId });
const by = (db: string, port: number) => db.replace(`:${server.port}/`, `:${port}/`);

test('a connection that breaks while it begins to listen is replaced by one, which ends with the emulator', async () => {
  await using between = await startMiddleman(server.port);
  const db = await server.schema();
  await using other = createCloudauthMock({ db });
  const mock = createCloudauthMock({ db: by(db, between.port) });
  await call(mock, getToken('t'));
  let cuts = 0;
  between.fate = (sent) => (sent.includes('LISTEN') && cuts++ === 0 ? { bytes: 0, then: 'cut' } : undefined);
  const listening = `FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND application_name = 'cloudauth-mock'`;
  await call(other, getToken('other'));
  const count = async () => (await server.query(`SELECT 1 ${listening}`)).length;
  const before = await count();
  await server.query(`SELECT pg_terminate_backend(pid) ${listening}`);
  await until(async () => {
    await other.clock.advance('1d');
    return cuts > 1 && (await mock.clock.now()) > Date.now() + 3_600_000;
  });
  await mock.close();
  expect(before).toBe(2);
  await expect.poll(count, { timeout: 5000 }).toBe(1);
});

/** Up to the message that holds it: a letter, four bytes of length, and the name of a statement. */
const beforeCommit = (sent: Buffer) => sent.indexOf('COMMIT') - (sent[sent.indexOf('COMMIT') - 5] === 0x51 ? 5 : 6);

test('a machine that vanishes amid a write, its lock held, holds the others up for seconds and no longer', async () => {
  await using between = await startMiddleman(server.port);
  const db = await server.schema();
  await using other = createCloudauthMock({ db });
  const mock = createCloudauthMock({ db: by(db, between.port) });
  await Promise.all([mock, other].map((each) => call(each, getToken('before'))));
  between.fate = (sent) => (sent.includes('COMMIT') ? { bytes: beforeCommit(sent), then: 'vanished' } : undefined);
  const lost = call(mock, getToken('lost'));
  await until(async () => (await server.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).length > 0);
  const from = performance.now();
  await until(async () => (await call(other, getToken('other'))).status === 200);
  const took = performance.now() - from;
  await between[Symbol.asyncDispose]();
  expect([(await lost).status, took < 10_000]).toEqual([503, true]);
  await mock.close();
});

test('a clock that could not be read when another had moved it is read again, and followed', async () => {
  await using between = await startMiddleman(server.port);
  const db = await server.schema();
  await using other = createCloudauthMock({ db });
  await using mock = createCloudauthMock({ db: by(db, between.port) });
  await Promise.all([mock, other].map((each) => call(each, getToken('t'))));
  let cuts = 0;
  between.fate = (sent) => (sent.includes('FROM clocks WHERE') && cuts++ === 0 ? { bytes: 0, then: 'cut' } : undefined);
  await other.clock.advance('1d');
  await expect.poll(() => mock.clock.now(), { timeout: 5000 }).toBeGreaterThan(Date.now() + 3_600_000);
  expect(cuts).toBeGreaterThan(1);
});
