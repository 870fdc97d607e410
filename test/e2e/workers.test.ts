/** `--workers N`: several processes on one port and one file are one emulator, whichever a client has got. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { cloudauth2017 } from '../support/call.js';
import { type Emulator, runCli, scratch, startCli } from '../support/child.js';
import { type Connection, connectTo, holderOf } from '../support/connections.js';
import { FACE, PV, WEB } from '../support/face.js';
import { receiver } from '../support/receiver.js';
import { materialParams, PERSON } from '../support/tasks.js';

const patient = { timeout: 60_000, interval: 5 };
const getToken = (ticket: string) => cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: ticket });
const getStatus = (ticket: string) => cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: ticket });
/** The processes it has started. */
const workersOf = ({ pid }: Emulator): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

async function several(workers: number, ...args: string[]) {
  const folder = await scratch();
  const file = join(folder.path, 'state.db');
  const emulator = await startCli(['--workers', `${workers}`, '--db', file, '--device', 'manual', ...args]);
  // two at each of them, by turns
  const there = workersOf(emulator);
  const found = new Map(there.map((pid) => [pid, [] as Connection[]]));
  while ([...found.values()].some(({ length }) => length < 2)) {
    // those that come together are taken by several
    const some = Array.from({ length: 8 }, () => connectTo(emulator.url));
    await Promise.all(some.map((client) => client.fetch(new Request(`${emulator.url}/healthz`))));
    for (const client of some) {
      const own = found.get(holderOf(client, there) ?? 0);
      if (own && own.length < 2) own.push(client);
      else client[Symbol.dispose]();
    }
  }
  const clients = [0, 1].flatMap((nth) => [...found.values()].map((own) => own[nth]!));
  return {
    ...{ emulator, file, clients },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client[Symbol.dispose]();
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('three of them', () => {
  let all: Awaited<ReturnType<typeof several>>;
  let c: Connection[];
  beforeAll(async () => {
    all = await several(3);
    c = all.clients;
  }, 60_000);
  afterEach(async () => {
    await c[0]!.ask('POST', 'reset');
  });
  afterAll(() => all[Symbol.asyncDispose]());
  const each = <T>(work: (client: Connection, n: number) => Promise<T>) => Promise.all(c.map(work));

  test('50 submissions to one task, at all of them, have one outcome', async () => {
    const token = (await c[0]!.call(getToken('t'))).json.Data.VerifyToken.Token;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        c[n % c.length]!.call(cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) })),
      ),
    );
    const told = await each(async (client) => (await client.call(getStatus('t'))).json.Data.StatusCode);
    expect([answers.filter(({ status }) => status === 200).length, new Set(told).size]).toEqual([1, 1]);
  });

  test('a nonce that one has accepted all others refuse, also when they come at once', async () => {
    const common = { SignatureNonce: 'the-same' };
    await c[0]!.call(getToken('a'), { common });
    const after = await each(async (client) => (await client.call(getToken('a'), { common })).json.Code);
    const counts: number[] = [];
    for (let n = 0; n < 20; n++) {
      const at = await each((client) => client.call(getToken(`b${n}`), { common: { SignatureNonce: `at-once-${n}` } }));
      counts.push(at.filter(({ status }) => status === 200).length);
    }
    expect([new Set(after), counts]).toEqual([new Set(['SignatureNonceUsed']), Array(20).fill(1)]);
  });

  test('a clock that is moved at one stands there at all of them when that is answered', async () => {
    const told: string[] = [];
    for (const [n, client] of c.entries()) {
      const set = `2031-01-0${n + 1}T00:00:00.000Z`;
      await client.ask('POST', 'clock', { set, freeze: true });
      for (const { json } of await each((other) => other.ask('GET', 'clock')))
        told.push(json.now === set ? 'there' : json.now);
    }
    expect(new Set(told)).toEqual(new Set(['there']));
  });

  test('a token is over at all of them when the clock of one has gone 31 minutes ahead', async () => {
    const token = (await c[0]!.call(getToken('t'))).json.Data.VerifyToken.Token;
    await c[1]!.ask('POST', 'clock', { advance: '31m' });
    const codes = await each(
      async (client) =>
        (await client.call(cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) }))).json
          .Code,
    );
    expect(new Set(codes).size === 1 && codes[0] !== undefined).toBe(true);
  });

  test('the third call of a rule is the third of all of them, and a rule holds everywhere when it is answered', async () => {
    await c[0]!.call(getToken('t'));
    await c[1]!.ask('POST', 'scenarios', {
      rules: [{ on: 'GetStatus', when: { call: 3 }, then: { fail: 'Throttling.User' } }],
    });
    const lists = await each(async (client) => (await client.ask('GET', 'scenarios')).json.length);
    const failed: boolean[] = [];
    for (const client of c) failed.push((await client.call(getStatus('t'))).json.Code === 'Throttling.User');
    expect([new Set(lists), failed]).toEqual([new Set([1]), [false, false, true, false, false, false]]);
  });

  test('failures that are ordered at one are used up once by all: of 40 calls five', async () => {
    await c[0]!.call(getToken('t'));
    await c[2]!.ask('POST', 'fail-next', { operation: 'GetStatus', code: 'Throttling.User', times: 5 });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => c[n % c.length]!.call(getStatus('t'))));
    const rules = await each(async (client) => (await client.ask('GET', 'scenarios')).json.length);
    expect([answers.filter(({ json }) => json.Code === 'Throttling.User').length, new Set(rules)]).toEqual([
      5,
      new Set([0]),
    ]);
  });

  test('a call is in the journal of all of them when it is answered, and each has a number', async () => {
    for (const [n, client] of c.entries()) await client.call(getToken(`t${n}`));
    const lists = await each(
      async (client) => (await client.ask('GET', 'requests')).json as { id: number; subject: string }[],
    );
    const expected = c.map((_client, n) => `${n + 1} t${n}`);
    expect(lists.map((list) => list.map(({ id, subject }) => `${id} ${subject}`))).toEqual(c.map(() => expected));
  });

  test('what they have counted is added up, for metrics and for the bill', async () => {
    const total = async (client: Connection) => {
      const { text } = await client.ask('GET', 'metrics');
      return Number(/calls_total\{operation="[^"]*GetVerifyToken",code="ok"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const before = await total(c[0]!);
    for (const [n, client] of c.entries()) await client.call(getToken(`m${n}`));
    const after = await each(total);
    const bills = await each(
      async (client) =>
        (await client.ask('GET', 'billing')).json.operations.find(({ operation }: { operation: string }) =>
          operation.endsWith('GetVerifyToken'),
        ).calls,
    );
    expect([after.map((each) => each - before), bills]).toEqual([c.map(() => c.length), c.map(() => c.length)]);
  });

  test('who follows the stream sees what comes to any of them', async () => {
    const until = new AbortController();
    const { body } = await fetch(`${all.emulator.url}/_mock/events?brief`, { signal: until.signal });
    let text = '';
    const reading = (async () => {
      for await (const chunk of body!) text += Buffer.from(chunk).toString();
    })().catch(() => {});
    for (const [n, client] of c.entries()) await client.call(getToken(`s${n}`));
    await vi.waitUntil(() => c.every((_client, n) => text.includes(`"subject":"s${n}"`)), patient);
    until.abort();
    await reading;
    expect([...text.matchAll(/"subject":"(s\d)"/g)].map(([, subject]) => subject)).toEqual(
      c.map((_client, n) => `s${n}`),
    );
  });

  test('a page that is open at one keeps all others from letting somebody pass', async () => {
    await using quick = await several(2, '--device', 'auto');
    const [one, other] = quick.clients as [Connection, Connection];
    const data = (await one.call(getToken('t'))).json.Data;
    await one.fetch(new Request(data.CloudauthPageUrl));
    const open = (await other.call(getStatus('t'))).json.Data.StatusCode;
    expect(open).toBe(-1);
  });

  test('a snapshot that one has saved another brings back, and compares', async () => {
    await c[0]!.call(getToken('before'));
    await c[1]!.ask('POST', 'snapshots/s');
    await c[2]!.call(getToken('after'));
    const { json } = await c[3]!.ask('GET', 'snapshots/s/diff');
    await c[4]!.ask('POST', 'snapshots/s/restore');
    const names = await each(async (client) => (await client.ask('GET', 'verifications')).json.length);
    expect([json.tables.verifications.added, new Set(names)]).toEqual([1, new Set([1])]);
  });

  test('a reset at any is taken back at any', async () => {
    await c[0]!.call(getToken('t'));
    const told: unknown[] = [];
    for (const [n, client] of c.entries()) {
      const { undo } = (await client.ask('POST', 'reset')).json;
      const cleared = await each(async (other) => (await other.ask('GET', 'verifications')).json.length);
      const undone = await c[(n + 1) % c.length]!.ask('POST', 'reset/undo', { undo });
      const back = await each(async (other) => (await other.ask('GET', 'verifications')).json.length);
      told.push([new Set(cleared), undone.status, new Set(back)]);
    }
    expect(told).toEqual(c.map(() => [new Set([0]), 200, new Set([1])]));
  });

  test('what is wrong at the one that does it for all is said as such', async () => {
    const answers = await each((client) => client.ask('POST', 'reset/undo', { undo: 'nothing' }));
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.error}`))).toEqual(
      new Set(['404 account default has no reset to undo by that handle; only its last one can be']),
    );
  });

  test('a callback is made once, wherever the verification ended, and all list it', async () => {
    await using merchant = await receiver();
    const params = { ...FACE, ...PV, MetaInfo: WEB, CallbackUrl: merchant.url, CallbackToken: 'k' };
    const given = Object.fromEntries(
      Object.entries({
        ...FACE,
        MetaInfo: WEB,
        ReturnUrl: 'http://localhost/done',
        CallbackUrl: params.CallbackUrl,
        CallbackToken: 'k',
      }),
    );
    for (const [n, client] of c.entries()) {
      const { json } = await client.call({
        Version: '2019-03-07',
        Action: 'InitFaceVerify',
        ...given,
        OuterOrderNo: `order-${n}`,
      });
      await c[(n + 1) % c.length]!.ask('POST', `verifications/${json.ResultObject.CertifyId}/pass`);
    }
    await vi.waitUntil(() => merchant.called.length >= c.length, patient);
    await vi.waitUntil(
      async () =>
        (await c[0]!.ask('GET', 'callbacks')).json.every(({ outcome }: { outcome: string }) => outcome === 'delivered'),
      patient,
    );
    const lists = await each(async (client) => (await client.ask('GET', 'callbacks')).json.length);
    expect([merchant.called.length, new Set(lists)]).toEqual([c.length, new Set([c.length])]);
  });
});

describe('when one ends', () => {
  test('killed amid calls it has lost nothing that was acknowledged, another takes its place, and that is said, 5 times', async () => {
    await using all = await several(2, '--log', 'silent');
    const { emulator } = all;
    const acknowledged: string[] = [];
    let ended = false;
    const client = async (name: number) => {
      for (let n = 0; !ended; n++) {
        const ticket = `t${name}-${n}`;
        const answer = await emulator.call(getToken(ticket)).catch(() => undefined);
        if (answer?.status === 200) acknowledged.push(ticket);
        // a process that takes no connections answers at once
        else await setImmediate();
      }
    };
    const clients = Array.from({ length: 4 }, (_, name) => client(name));
    for (let round = 0; round < 5; round++) {
      const [before, there] = [acknowledged.length, workersOf(emulator)];
      await vi.waitUntil(() => acknowledged.length >= before + 20, patient);
      process.kill(there[round % 2]!, 'SIGKILL');
      await vi.waitUntil(() => emulator.stderr().match(/has taken the place of/g)?.length === round + 1, patient);
      await vi.waitUntil(() => acknowledged.length >= before + 60, patient);
    }
    ended = true;
    await Promise.all(clients);
    const statuses = await Promise.all(acknowledged.map((ticket) => emulator.call(getStatus(ticket))));
    expect(statuses.filter(({ status }) => status !== 200).length).toBe(0);
    expect(emulator.stderr().match(/worker \d+ has ended \(SIGKILL\)/g)).toHaveLength(5);
  });

  test('killed all at once they are there again, on the same port', async () => {
    await using all = await several(2);
    const before = workersOf(all.emulator);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const answered = async () => (await all.emulator.call(getToken('t')).catch(() => undefined))?.status === 200;
    await vi.waitUntil(answered, patient);
    expect(workersOf(all.emulator).some((pid) => before.includes(pid))).toBe(false);
  });

  test('the one that did what one does for all is followed by another', async () => {
    await using all = await several(2);
    const [first] = workersOf(all.emulator);
    process.kill(first!, 'SIGKILL');
    await all.emulator.logged(/another worker has taken the place of/);
    const { url } = all.emulator;
    using client = connectTo(url);
    await client.call(getToken('t'));
    const { undo } = (await client.ask('POST', 'reset')).json;
    expect((await client.ask('POST', 'reset/undo', { undo })).status).toBe(200);
  });

  test('stopped with SIGTERM all of them end, with exit code 0, and the file is free', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const args = ['--workers', '2', '--db', file];
    const emulator = await startCli(args);
    await emulator.call(getToken('t'));
    const workers = workersOf(emulator);
    emulator.kill('SIGTERM');
    const { code } = await emulator.exit;
    const left = workers.filter((pid) => isThere(pid));
    await using next = await startCli(['--db', file]);
    expect([code, left, (await next.call(getStatus('t'))).status]).toEqual([0, [], 200]);
  });

  test('when the one that has started them is killed, they end too, and the file is free', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const emulator = await startCli(['--workers', '2', '--db', file]);
    const workers = workersOf(emulator);
    emulator.kill('SIGKILL');
    await vi.waitUntil(() => !workers.some(isThere), patient);
    await using next = await startCli(['--workers', '2', '--db', file]);
    expect((await next.call(getToken('t'))).status).toBe(200);
  });

  const isThere = (pid: number): boolean => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  };
});

describe('one file, before and after', () => {
  test('state of an emulator alone that was reset is there with workers, and what they do with it is there for one alone', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const args = ['--db', file, '--device', 'manual'];
    const ask = async (emulator: Emulator, method: string, path: string) =>
      (await fetch(`${emulator.url}/_mock/${path}`, { method })).json();
    const counts: number[] = [];
    const alone = await startCli(args);
    await alone.call(getToken('gone'));
    await ask(alone, 'POST', 'reset');
    await alone.call(getToken('kept'));
    alone.kill('SIGTERM');
    await alone.exit;
    const together = await startCli([...args, '--workers', '2']);
    counts.push((await ask(together, 'GET', 'verifications')).length);
    await together.call(getToken('more'));
    await ask(together, 'POST', 'snapshots/s');
    await ask(together, 'POST', 'reset');
    counts.push((await ask(together, 'GET', 'verifications')).length);
    await ask(together, 'POST', 'snapshots/s/restore');
    counts.push((await ask(together, 'GET', 'verifications')).length);
    together.kill('SIGTERM');
    await together.exit;
    await using again = await startCli(args);
    counts.push((await ask(again, 'GET', 'verifications')).length);
    expect(counts).toEqual([1, 0, 2, 2]);
  });
});

describe('refused', () => {
  test.each([
    [['--workers', '2'], /--workers: several processes need one database; name a file or a server with --db/],
    [['--workers', '0'], /--workers: '0' is not a whole number from 1 to 64/],
    [['--workers', '65'], /--workers: '65' is not a whole number from 1 to 64/],
    [['exec', '--workers', '2', '--db', 'state.db', '--', 'true'], /--workers: an emulator in this process is one/],
  ])('%j', async (args, message) => {
    await using folder = await scratch();
    const { code, stderr } = await runCli(args, { cwd: folder.path });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('SQLite as WebAssembly, which lets one process use a file', async () => {
    await using folder = await scratch();
    const db = join(folder.path, 'state.db');
    const { code, stderr } = await runCli([
      '--workers',
      '2',
      '--db',
      db,
      '--driver',
      'node-sqlite3-wasm',
      '--port',
      '0',
    ]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/--workers: node-sqlite3-wasm \S+ lets one process use a file/),
    ]);
  });

  test('a port that is taken is said once, with exit code 3', async () => {
    await using folder = await scratch();
    await using other = await startCli();
    const { code, stderr } = await runCli([
      ...['--workers', '2', '--db', join(folder.path, 'state.db'), '--port', `${other.port}`],
    ]);
    expect([code, stderr.match(/stop what holds the port/g)?.length]).toEqual([3, 1]);
  });

  test('a file that another emulator has, with exit code 5', async () => {
    await using all = await several(2);
    const { code, stderr } = await runCli(['--db', all.file, '--port', '0']);
    expect([code, stderr]).toEqual([5, expect.stringContaining('is in use by another cloudauth-mock')]);
  });

  test('in a program', () => {
    expect(() => createCloudauthMock({ workers: 2, db: 'state.db' })).toThrow(
      '--workers: an emulator in this process is one; “cloudauth-mock --workers N” starts several',
    );
  });
});
