/** Two emulators on one database keep one journal: what one has answered, the other knows when the answer has come. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cloudauth2017 } from '../support/call.js';
import { type Emulator, startCli } from '../support/child.js';
import { type PostgresServer, startPostgres } from '../support/postgres-server.js';

let server: PostgresServer;
let one: Emulator;
let other: Emulator;
let db: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
const start = (...more: string[]) => startCli(['--db', db, '--device', 'manual', ...more]);
beforeEach(async () => {
  db = await server.schema();
  [one, other] = await Promise.all([start(), start()]);
});
afterEach(async () => {
  await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
});
const patient = { timeout: 60_000, interval: 5 };
const getToken = (ticket: string) => cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: ticket });
const at = async (emulator: Emulator, method: string, path: string, body?: object) => {
  const answer = await fetch(`${emulator.url}/_mock/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
  };
};
type Row = { id: number; subject?: string };
const rowsAt = async (emulator: Emulator): Promise<Row[]> => (await at(emulator, 'GET', 'requests')).json;

test('a call is in the journal of the other as soon as it is answered, 30 times', async () => {
  const seen: boolean[] = [];
  for (let n = 0; n < 30; n++) {
    await (n % 2 === 0 ? one : other).call(getToken(`t${n}`));
    const rows = await rowsAt(n % 2 === 0 ? other : one);
    seen.push(rows.length === n + 1 && rows.at(-1)!.subject === `t${n}`);
  }
  expect(seen).toEqual(Array(30).fill(true));
});

test('of 40 calls to both at once each has a number, and both list them in one order', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).call(getToken(`t${n}`))));
  const [mine, theirs] = await Promise.all([one, other].map(rowsAt));
  expect([mine!.map(({ id }) => id), theirs]).toEqual([Array.from({ length: 40 }, (_, n) => n + 1), mine]);
});

test('one entry, its curl, its replay and assertions are had from the other', async () => {
  await one.call(getToken('t'));
  const [entry, curl, replay, verdict, coverage] = [
    await at(other, 'GET', 'requests/1'),
    await at(other, 'GET', 'requests/1/curl'),
    await at(other, 'POST', 'requests/1/replay', {}),
    await at(other, 'POST', 'verify', { on: 'GetVerifyToken', times: 2 }),
    await at(one, 'GET', 'coverage'),
  ];
  expect([entry.json.subject, curl.text.includes('GetVerifyToken'), replay.json.replayOf, verdict.json.ok]).toEqual([
    ...['t', true, 1, true],
  ]);
  expect(coverage.json.seen).toBeGreaterThan(0);
});

test('a wrong signature names an entry that the other has, with its cause', async () => {
  const refused = await one.call(getToken('t'), { secret: 'wrong' });
  const [, id] = /journal=(\d+)/.exec(refused.headers.get('x-cloudauth-mock-hint') ?? '') ?? [];
  const { json } = await at(other, 'GET', `requests/${id}`);
  expect([json.code, json.cause]).toEqual(['SignatureDoesNotMatch', 'signature']);
});

test('who follows the stream at one sees calls at the other, and goes on there where they were', async () => {
  const follow = async (emulator: Emulator, after?: string) => {
    const until = new AbortController();
    const { body } = await fetch(`${emulator.url}/_mock/events?brief`, {
      signal: until.signal,
      ...(after !== undefined && { headers: { 'last-event-id': after } }),
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of body!) text += Buffer.from(chunk).toString();
    })().catch(() => {});
    return {
      subjects: () => [...text.matchAll(/"subject":"(\w+)"/g)].map(([, subject]) => subject),
      last: () => [...text.matchAll(/^id: (\S+)$/gm)].at(-1)![1]!,
      async end() {
        until.abort();
        await reading;
      },
    };
  };
  await other.call(getToken('before'));
  const first = await follow(one);
  await vi.waitUntil(() => first.subjects().length === 1, patient);
  await other.call(getToken('during'));
  await vi.waitUntil(() => first.subjects().length === 2, patient);
  await first.end();
  await one.call(getToken('after'));
  const second = await follow(other, first.last());
  await vi.waitUntil(() => second.subjects().length === 1, patient);
  const told = [first.subjects(), second.subjects()];
  await second.end();
  expect(told).toEqual([['before', 'during'], ['after']]);
});

test('events beside the calls are told at the other in the language of who asks', async () => {
  await one.call(getToken('t'));
  const { json } = await at(one, 'GET', 'verifications');
  await at(one, 'POST', `verifications/${json[0].id}/pass`);
  await vi.waitUntil(
    async () => (await at(other, 'GET', 'events?only=kept')).text.includes('"kind":"verification"'),
    patient,
  );
  const { text } = await at(other, 'GET', 'events?only=kept');
  expect(text).toContain('"end":"pass"');
});

test('what a killed one has answered stays in the journal, and a start does not lose it', async () => {
  await one.call(getToken('t'));
  one.kill('SIGKILL');
  await one.exit;
  one = await start();
  expect((await Promise.all([one, other].map(rowsAt))).map((rows) => rows.map(({ subject }) => subject))).toEqual([
    ['t'],
    ['t'],
  ]);
});

test('a reset at one clears it at both, and taken back it is there at both', async () => {
  await other.call(getToken('t'));
  const { undo } = (await at(one, 'POST', 'reset')).json;
  const cleared = await Promise.all([one, other].map(rowsAt));
  await other.call(getToken('since'));
  await at(one, 'POST', 'reset/undo', { undo });
  const back = await Promise.all([one, other].map(rowsAt));
  expect([cleared, back.map((rows) => rows.map(({ subject }) => subject))]).toEqual([
    [[], []],
    [['t'], ['t']],
  ]);
});

test('an account that has called one alone is known to the other', async () => {
  await one.call(getToken('t'), { accessKeyId: 'LTAImockTeamA' });
  const { json } = await at(other, 'GET', 'accounts');
  expect(json).toContain('LTAImockTeamA');
});

test('--journal bounds it, for all of them together', async () => {
  await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
  [one, other] = await Promise.all([start('--journal', '20'), start('--journal', '20')]);
  for (let n = 0; n < 240; n++) await (n % 2 === 0 ? one : other).call(getToken(`t${n}`));
  const rows = await rowsAt(one);
  await vi.waitUntil(async () => {
    const [{ items }] = (await server.query(
      `SELECT COUNT(*) AS items FROM ${/search_path%3D(\w+)/.exec(db)![1]}.journal_items`,
    )) as [{ items: string }];
    return Number(items) <= 120;
  }, patient);
  expect([rows.length, rows.at(-1)!.id]).toEqual([20, 240]);
});
