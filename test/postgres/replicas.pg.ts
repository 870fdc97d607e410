/** Two emulators on one database, as processes of their own: what one does holds for the other. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { call, cloudauth2017 } from '../support/call.js';
import { type Emulator, startCli } from '../support/child.js';
import { type PostgresServer, startPostgres } from '../support/postgres-server.js';
import { materialParams, PERSON } from '../support/tasks.js';

let server: PostgresServer;
let one: Emulator;
let other: Emulator;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
const start = (db: string, ...more: string[]) => startCli(['--db', db, '--device', 'manual', ...more]);
let db: string;
beforeEach(async () => {
  db = await server.schema();
  [one, other] = await Promise.all([start(db), start(db)]);
});
afterEach(async () => {
  await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
});

const getToken = (ticket: string) => cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: ticket });
const getStatus = (ticket: string) => cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: ticket });
const control = async (at: Emulator, method: string, path: string, body?: object) => {
  const answer = await fetch(`${at.url}/_mock/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.status, json: await answer.json().catch(() => undefined) };
};
const patient = { timeout: 60_000, interval: 5 };

test('50 submissions to one task, at both, have one outcome', async () => {
  const opened = await one.call(getToken('t'));
  const token = opened.json.Data.VerifyToken.Token;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      (n % 2 === 0 ? one : other).call(
        cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) }),
      ),
    ),
  );
  const codes = answers.map(({ status }) => status);
  const rows = await server.query(
    `SELECT status, endings FROM ${/search_path%3D(\w+)/.exec(db)![1]}.verifications WHERE name = 't'`,
  );
  const statuses = await Promise.all([one, other].map((each) => each.call(getStatus('t'))));
  const [told, again] = statuses.map(({ json }) => json.Data.StatusCode);
  expect([codes.filter((status) => status === 200).length, rows.length, told === again]).toEqual([1, 1, true]);
  expect(rows[0]!.endings).toBe('1');
});

test('a nonce that one has accepted the other refuses', async () => {
  const make = (at: Emulator, common: Record<string, string>) =>
    call({ fetch }, getToken('t'), { url: `${at.url}/`, common });
  const common = { SignatureNonce: 'the-same' };
  const first = await make(one, common);
  const replayed = await make(other, common);
  expect([first.status, replayed.status, replayed.json.Code]).toEqual([200, 400, 'SignatureNonceUsed']);
});

test('of two that come with one nonce at once, one to each, one is answered, 20 times', async () => {
  const counts: number[] = [];
  for (let n = 0; n < 20; n++) {
    const common = { SignatureNonce: `same-${n}` };
    const answers = await Promise.all(
      [one, other].map((at) => call({ fetch }, getToken(`t${n}`), { url: `${at.url}/`, common })),
    );
    counts.push(answers.filter(({ status }) => status === 200).length);
  }
  expect(counts).toEqual(Array(20).fill(1));
});

test('a clock that is moved at one is followed by the other, frozen and reset as well', async () => {
  const now = async (at: Emulator) => (await control(at, 'GET', 'clock')).json as { now: string; frozen: boolean };
  await control(one, 'POST', 'clock', { set: '2031-01-01T00:00:00Z', freeze: true });
  await vi.waitUntil(async () => (await now(other)).frozen, patient);
  const moved = await now(other);
  await control(other, 'POST', 'reset');
  await vi.waitUntil(async () => !(await now(one)).frozen, patient);
  expect([moved.now, (await now(one)).now < '2031']).toEqual(['2031-01-01T00:00:00.000Z', true]);
});

describe('rules', () => {
  const RULE = { rules: [{ on: 'GetStatus', when: { call: 3 }, then: { fail: 'Throttling.User' } }] };
  type ListedRule = { name: string; fired: number; off?: true; rule: { when?: { call?: number } } };
  const rulesAt = async (at: Emulator) => (await control(at, 'GET', 'scenarios')).json as ListedRule[];

  test('one that is given at one holds at the other, and its third call is the third of both', async () => {
    await one.call(getToken('t'));
    await control(one, 'POST', 'scenarios', RULE);
    await vi.waitUntil(async () => (await rulesAt(other)).length === 1, patient);
    const codes: unknown[] = [];
    for (const at of [one, other, one, other]) codes.push((await at.call(getStatus('t'))).json.Code);
    expect(codes.map((code) => code === 'Throttling.User')).toEqual([false, false, true, false]);
  });

  test('of 40 calls at once, to both, a rule for five fires five times', async () => {
    await one.call(getToken('t'));
    await control(one, 'POST', 'scenarios', {
      rules: [{ on: 'GetStatus', times: 5, then: { fail: 'Throttling.User' } }],
    });
    await vi.waitUntil(async () => (await rulesAt(other)).length === 1, patient);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).call(getStatus('t'))),
    );
    await vi.waitUntil(async () => (await Promise.all([one, other].map(rulesAt))).flat().length === 0, patient);
    expect(answers.filter(({ json }) => json.Code === 'Throttling.User').length).toBe(5);
  });

  test('given at both at once, all are there at both, and cleared at one they are gone at both', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => control(n % 2 === 0 ? one : other, 'POST', 'scenarios', RULE)),
    );
    await vi.waitUntil(
      async () => (await Promise.all([one, other].map(rulesAt))).every(({ length }) => length === 10),
      patient,
    );
    await control(other, 'DELETE', 'scenarios');
    await vi.waitUntil(async () => (await Promise.all([one, other].map(rulesAt))).flat().length === 0, patient);
    expect((await rulesAt(one)).length).toBe(0);
  });

  /** Of every call to both in turn: whether a rule failed it. */
  const failed = async (...at: Emulator[]) => {
    const codes: boolean[] = [];
    for (const each of at) codes.push((await each.call(getStatus('t'))).json.Code === 'Throttling.User');
    return codes;
  };
  const given = async (body: object) => {
    await one.call(getToken('t'));
    await control(one, 'POST', 'scenarios', body);
    await vi.waitUntil(async () => (await rulesAt(other)).length === 1, patient);
    return encodeURIComponent((await rulesAt(one))[0]!.name);
  };

  test('one that is switched off at one is off at the other, and on again both go on counting', async () => {
    const name = await given(RULE);
    const before = await failed(one, other);
    await control(one, 'POST', `scenarios/${name}/off`);
    await vi.waitUntil(async () => (await rulesAt(other))[0]?.off, patient);
    const off = await failed(other, one, other);
    await control(other, 'POST', `scenarios/${name}/on`);
    await vi.waitUntil(async () => !(await rulesAt(one))[0]?.off, patient);
    expect([before, off, await failed(one, other)]).toEqual([
      [false, false],
      [false, false, false],
      [true, false],
    ]);
  });

  test('one that takes the place of another counts from 0 at both, also one that was there before', async () => {
    const second = { rules: [{ on: 'GetStatus', when: { call: 2 }, then: { fail: 'Throttling.User' } }] };
    const name = await given(RULE);
    const told: boolean[][] = [await failed(one, other)];
    for (const [at, by] of [
      [one, second],
      [other, RULE],
    ] as const) {
      await control(at, 'PUT', `scenarios/${name}`, by);
      const follower = at === one ? other : one;
      await vi.waitUntil(async () => (await rulesAt(follower))[0]?.rule.when?.call === by.rules[0]!.when.call, patient);
      told.push(await failed(follower, at, follower));
    }
    expect(told).toEqual([
      [false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });

  test('one that is deleted at one is gone at the other, and calls there at that time do not bring it back', async () => {
    const name = await given({ rules: [{ on: 'GetStatus', when: { call: 1000 }, then: { fail: 'Throttling.User' } }] });
    const calls = Array.from({ length: 40 }, () => other.call(getStatus('t')));
    await control(one, 'DELETE', `scenarios/${name}`);
    await Promise.all(calls);
    await vi.waitUntil(async () => (await rulesAt(other)).length === 0, patient);
    await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
    [one, other] = await Promise.all([start(db), start(db)]);
    expect(await Promise.all([one, other].map(rulesAt))).toEqual([[], []]);
  });

  test('what a reset dropped is gone at both, and taken back it counts on at both, instead of what was given since', async () => {
    await given(RULE);
    const before = await failed(other, one);
    const { undo } = (await control(one, 'POST', 'reset')).json;
    await vi.waitUntil(async () => (await rulesAt(other)).length === 0, patient);
    await control(other, 'POST', 'scenarios', { rules: [{ on: 'GetStatus', then: { fail: 'Throttling.User' } }] });
    await vi.waitUntil(async () => (await rulesAt(one)).length === 1, patient);
    await control(one, 'POST', 'reset/undo', { undo });
    await vi.waitUntil(async () => (await rulesAt(other))[0]?.rule.when?.call === 3, patient);
    expect([before, await failed(other, one), (await rulesAt(other)).length]).toEqual([
      [false, false],
      [true, false],
      1,
    ]);
  });

  test('a scenario of a file counts across both, from the start', async () => {
    await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
    db = await server.schema();
    const more = ['--scenario', 'first-503-then-ok'];
    [one, other] = await Promise.all([start(db, ...more), start(db, ...more)]);
    const codes = [];
    for (const at of [one, other, one]) codes.push((await at.call(getToken('t'))).status);
    expect(codes).toEqual([503, 200, 200]);
  });

  test('one of a file that is switched off at one is off at the other at once, and on again; both show what all have counted', async () => {
    await Promise.all([one, other].map((each) => each[Symbol.asyncDispose]()));
    db = await server.schema();
    const more = ['--scenario', 'gateway/ServiceUnavailable'];
    [one, other] = await Promise.all([start(db, ...more), start(db, ...more)]);
    const fails = async (at: Emulator) => (await at.call(getToken('t'))).status === 503;
    const told = [await fails(other)];
    await control(one, 'POST', 'scenarios/gateway%2FServiceUnavailable/off');
    told.push(
      await fails(other),
      (await rulesAt(other)).every(({ off }) => off === true),
    );
    await control(other, 'POST', 'scenarios/gateway%2FServiceUnavailable/on');
    told.push(await fails(one), await fails(other));
    const counts = (await Promise.all([one, other].map(rulesAt))).map((rules) => rules.map(({ fired }) => fired));
    expect(told).toEqual([true, false, true, true, true]);
    expect(counts).toEqual([[3], [3]]);
  });
});

test('one that is killed amid calls loses nothing acknowledged, and the other goes on, 10 times', async () => {
  const acknowledged: string[] = [];
  let ended = false;
  const client = async (name: number) => {
    for (let n = 0; !ended; n++) {
      const at = n % 2 === 0 ? one : other;
      const ticket = `t${name}-${n}`;
      const answer = await at.call(getToken(ticket)).catch(() => undefined);
      if (answer?.status === 200) acknowledged.push(ticket);
    }
  };
  const clients = Array.from({ length: 6 }, (_, name) => client(name));
  for (let round = 0; round < 10; round++) {
    const before = acknowledged.length;
    await vi.waitUntil(() => acknowledged.length >= before + 20, patient);
    await one[Symbol.asyncDispose]();
    one = await start(db);
  }
  ended = true;
  await Promise.all(clients);
  const kept = await server.query(`SELECT name FROM ${/search_path%3D(\w+)/.exec(db)![1]}.verifications`);
  const names = new Set(kept.map(({ name }) => name));
  expect(acknowledged.filter((ticket) => !names.has(ticket))).toEqual([]);
});
