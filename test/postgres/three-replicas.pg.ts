/** Three emulators on one database behind a balancer: they are one, and violence to any part loses nothing acknowledged. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { randomNumbers } from '../hostile/random.js';
import { type AdminOptions, admin } from '../support/admin.js';
import { call, cloudauth2017 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { open } from '../support/h5.js';
import { type Blow, killBackend, killPostgres, killReplica, killRounds } from '../support/kill-rounds.js';
import { type PostgresServer, startPostgres } from '../support/postgres-server.js';
import { type Replicas, startReplicas } from '../support/replicas.js';
import { materialParams, PERSON } from '../support/tasks.js';
import { until } from '../support/until.js';

/** Of a file that all are given: the third call about this ticket fails, whoever is asked. */
const OF_A_FILE = `rules:
  - on: GetStatus
    when: { call: 3, params: { TicketId: of-a-file } }
    then: { fail: Throttling.User }
`;
let server: PostgresServer;
let folder: Awaited<ReturnType<typeof scratch>>;
let replicas: Replicas;
beforeAll(async () => {
  [server, folder] = await Promise.all([startPostgres(), scratch()]);
  const file = join(folder.path, 'third.yaml');
  writeFileSync(file, OF_A_FILE);
  replicas = await startReplicas(3, ['--db', await server.schema(), '--device', 'immediate', '--scenario', file]);
});
afterAll(async () => {
  await replicas[Symbol.asyncDispose]();
  await Promise.all([server, folder].map((each) => each[Symbol.asyncDispose]()));
});

/** Each test is an account of its own. */
let accessKeyId: string;
let accounts = 0;
beforeEach(() => {
  accessKeyId = `LTAImockThree${++accounts}`;
});
const control = async (index: number, line: string, body?: AdminOptions['body']) => {
  const answer = await admin({ url: replicas.each[index]!.url, fetch }, line, { body, account: accessKeyId });
  return answer.text === '' ? undefined : answer.json;
};
const everywhere = async (met: (index: number) => Promise<boolean>) =>
  until(async () => (await Promise.all([0, 1, 2].map(met))).every(Boolean));
const openTask = async (TicketId: string, common = {}) => {
  const params = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId });
  return (await replicas.call(params, { accessKeyId, common })).json.Data;
};
const getStatus = (TicketId: string) => cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId });
const statusAt = async (index: number, ticket: string) =>
  (await replicas.each[index]!.call(getStatus(ticket), { accessKeyId })).json.Data.StatusCode;
/** Of so many calls by way of the balancer, how many a rule has failed, or which. */
const failedOf = async (answers: readonly Promise<{ json: { Code: string } }>[]) =>
  (await Promise.all(answers)).map(({ json }) => json.Code === 'Throttling.User');

test('50 submissions at once to one task, by way of the balancer, have one outcome', async () => {
  const { VerifyToken } = await openTask('t');
  const submission = cloudauth2017('SubmitMaterials', { VerifyToken: VerifyToken.Token, ...materialParams(PERSON) });
  const answers = await Promise.all(Array.from({ length: 50 }, () => replicas.call(submission, { accessKeyId })));
  const accepted = answers.filter(({ status }) => status === 200);
  const others = new Set(answers.filter((one) => !accepted.includes(one)).map(({ json }) => json.Code));
  const told = await Promise.all([0, 1, 2].map((index) => statusAt(index, 't')));
  expect([accepted.length, others.size, told]).toEqual([1, 1, [1, 1, 1]]);
});

test('a nonce that one has accepted the other two refuse', async () => {
  const common = { SignatureNonce: `${accessKeyId}-once` };
  const codes: unknown[] = [];
  for (const { url } of replicas.each)
    codes.push((await call({ fetch }, getStatus('t'), { url: `${url}/`, accessKeyId, common })).json.Code);
  expect(codes).toEqual(['1', 'SignatureNonceUsed', 'SignatureNonceUsed']);
});

describe('rules', () => {
  test('the third call that a file fails is the third of all', async () => {
    const told: boolean[] = [];
    for (let n = 0; n < 4; n++)
      told.push(...(await failedOf([replicas.call(getStatus('of-a-file'), { accessKeyId })])));
    expect(told).toEqual([false, false, true, false]);
  });

  test('a rule that is given at one has the third call of all fail', async () => {
    const rule = { on: 'GetStatus', when: { call: 3 }, then: { fail: 'Throttling.User' } };
    await control(0, 'POST /scenarios', { rules: [rule] });
    await everywhere(async (index) => (await control(index, '/scenarios')).length === 2);
    const told: boolean[] = [];
    for (let n = 0; n < 4; n++) told.push(...(await failedOf([replicas.call(getStatus('t'), { accessKeyId })])));
    expect(told).toEqual([false, false, true, false]);
  });

  test('a failure that is ordered at one is answered once, to one of 30 calls at once', async () => {
    await control(1, 'POST /fail-next', { operation: 'GetStatus', code: 'Throttling.User' });
    await everywhere(async (index) => (await control(index, '/scenarios')).length === 2);
    const told = await failedOf(Array.from({ length: 30 }, () => replicas.call(getStatus('t'), { accessKeyId })));
    expect(told.filter(Boolean).length).toBe(1);
  });
});

test('a clock that is advanced at one is followed by all, in the middle of ten times within 100 ms', async () => {
  const took: number[] = [];
  for (let n = 0; n < 10; n++) {
    const { now } = await control(n % 3, 'POST /clock', { advance: '1d' });
    const [before, from] = [Date.parse(now) - 60_000, performance.now()];
    await everywhere(async (index) => Date.parse((await control(index, '/clock')).now) > before);
    took.push(performance.now() - from);
  }
  expect(took.sort((a, b) => a - b)[5]).toBeLessThan(100);
});

test('while a page is open at one, the simulated person waits at all; left at another, it goes on at the third', async () => {
  const { CloudauthPageUrl, VerifyToken } = await openTask('page');
  const at = (index: number, path: string) => String(new URL(path, replicas.each[index]!.url));
  const { pathname } = new URL(CloudauthPageUrl);
  const shown = await open({ fetch } as never, at(0, `${pathname}?token=${VerifyToken.Token}`));
  const during = await Promise.all([0, 1, 2].map((index) => statusAt(index, 'page')));
  const leave = /data-leave="\.\.([^"]+)"/.exec(shown.text)![1]!.replaceAll('&amp;', '&');
  const left = await fetch(at(1, leave), { method: 'POST' });
  expect([during, left.status, await statusAt(2, 'page')]).toEqual([[-1, -1, -1], 204, 1]);
});

test('a snapshot that one has saved another restores, the clock with it, for all', async () => {
  await openTask('before');
  await control(0, 'POST /clock', { set: '2031-01-01T00:00:00Z', freeze: true });
  await control(0, 'POST /snapshots/s');
  await control(0, 'POST /reset');
  await openTask('after');
  await control(1, 'POST /snapshots/s/restore');
  await everywhere(async (index) => (await control(index, '/clock')).now === '2031-01-01T00:00:00.000Z');
  const listed = await Promise.all([0, 1, 2].map((index) => control(index, '/verifications')));
  expect(listed.map((each) => each.map(({ id }: { id: string }) => id))).toEqual(Array(3).fill(['before']));
});

test.each<[what: string, rounds: number, blow: (replicas: Replicas) => Blow]>([
  ['one of three emulators', 3, killReplica],
  ['a process of PostgreSQL that serves them', 3, () => killBackend(server)],
  ['PostgreSQL itself', 2, () => killPostgres(server)],
])('killed amid calls: %s, and nothing acknowledged is lost, %i times', async (what, rounds, blow) => {
  const db = await server.schema();
  await using three = await startReplicas(3, ['--db', db, '--device', 'manual', '--log', 'silent']);
  const name = what.replaceAll(/\W+/g, '-');
  const told = await killRounds({ replicas: three, rounds, blow: blow(three), random: randomNumbers(1), name });
  expect(told).toMatchObject({ rounds, lost: [], unexpected: [] });
  expect(told.acknowledged).toBeGreaterThan(rounds * 30);
});
