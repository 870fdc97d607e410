/** A process that is killed has lost nothing it had acknowledged, whichever driver of SQLite it runs and the next one has. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { driversHere } from '../../src/store/drivers/load.js';
import { cloudauth2017, read, signedParams } from '../support/call.js';
import { type Emulator, scratch, startCli } from '../support/child.js';
import { requireFreshDist } from '../support/dist.js';
import { materialParams, openTask, PERSON } from '../support/tasks.js';

const run = promisify(execFile);
/** The one that is killed, and the one that comes after it. */
const SUCCESSIONS = driversHere().flatMap((killed) => driversHere().map((next) => [killed, next] as const));

const CALLERS = 4;
const ENOUGH = 200;

interface Acknowledged {
  readonly ticketId: string;
  readonly verifyToken: string;
  /** The signed form exactly as it was sent. */
  readonly body: string;
}

const post = async (url: string, body: string) =>
  read(await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }));

interface Load {
  readonly acknowledged: Acknowledged[];
  /** Sent, and cut off by the kill. */
  readonly cut: Omit<Acknowledged, 'verifyToken'>[];
}

/** Calls until the emulator is gone. @throws Error when a call fails before that */
async function caller(url: string, name: number, { acknowledged, cut }: Load, enough: () => void): Promise<void> {
  for (let n = 0; ; n++) {
    const ticketId = `${name}-${n}`;
    const body = `${signedParams(cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: ticketId }))}`;
    const reply = await post(`${url}/`, body).catch((error: Error) => {
      if (acknowledged.length < ENOUGH) throw error;
    });
    if (!reply) return void cut.push({ ticketId, body });
    expect(reply.json).toMatchObject({ Code: '1', Data: { VerifyToken: { Token: expect.any(String) } } });
    acknowledged.push({ ticketId, verifyToken: reply.json.Data.VerifyToken.Token, body });
    if (acknowledged.length === ENOUGH) enough();
  }
}

/** Parallel callers, a SIGKILL in their midst. */
async function killedUnderLoad(args: string[], callers = CALLERS): Promise<Load> {
  await using emulator = await startCli(args);
  const load: Load = { acknowledged: [], cut: [] };
  const kill = () => emulator.kill('SIGKILL');
  await Promise.all(Array.from({ length: callers }, (_, name) => caller(emulator.url, name, load, kill))).catch(
    (error) => {
      throw new Error(`after ${load.acknowledged.length} calls: ${emulator.stderr()}`, { cause: error });
    },
  );
  expect((await emulator.exit).signal).toBe('SIGKILL');
  return load;
}

/** Hundreds of changes, each on the disk: on a busy machine that takes its time. */
const PATIENCE_MS = 90_000;

describe.each(driversHere())('kill -9 under load with --db, over %s', { timeout: PATIENCE_MS }, (driver) => {
  let acknowledged: Acknowledged[];
  let emulator: Emulator;

  beforeAll(async () => {
    const folder = await scratch();
    const args = ['--db', join(folder.path, 'state.db'), '--driver', driver];
    ({ acknowledged } = await killedUnderLoad(args));
    emulator = await startCli(args);
    return async () => {
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    };
  }, PATIENCE_MS);

  test('no nonce it had accepted is accepted again', async () => {
    const codes = new Set<string>();
    for (const { body } of acknowledged) codes.add((await post(emulator.url, body)).json.Code);
    expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);
    expect([...codes]).toEqual(['SignatureNonceUsed']);
  });

  test('every token it had handed out still opens its task', async () => {
    const states = new Set<string>();
    for (const { verifyToken, ticketId } of acknowledged) {
      const materials = { VerifyToken: verifyToken, ...materialParams(PERSON) };
      const submitted = await emulator.call(cloudauth2017('SubmitMaterials', materials));
      const status = await emulator.call(cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: ticketId }));
      states.add(`${submitted.json.Code} ${status.json.Data.StatusCode}`);
    }
    expect([...states]).toEqual(['1 1']);
  });
});

test.each(driversHere())(
  'of calls that a kill cut off over %s, nonce and task are both there or neither is',
  { timeout: PATIENCE_MS },
  async (driver) => {
    await using folder = await scratch();
    const args = ['--db', join(folder.path, 'state.db'), '--driver', driver];
    const { cut } = await killedUnderLoad(args, 64);
    await using emulator = await startCli(args);
    const states = [];
    for (const { ticketId, body } of cut) {
      const { status } = await fetch(`${emulator.url}/_mock/verifications/${ticketId}/pass`, { method: 'POST' });
      const { json } = await post(emulator.url, body);
      states.push([status === 200, json.Code === 'SignatureNonceUsed']);
    }
    expect(states.length).toBeGreaterThan(0);
    expect(states.filter(([task, nonce]) => task !== nonce)).toEqual([]);
  },
);

test.each(SUCCESSIONS)(
  'a conclusion %s acknowledged just before the kill is there for %s after it',
  async (killed, next) => {
    await using folder = await scratch();
    const args = ['--db', join(folder.path, 'state.db'), '--driver'];
    await using first = await startCli([...args, killed]);
    const opened = await first.call(cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' }));
    const VerifyToken = opened.json.Data.VerifyToken.Token;
    await first.call(cloudauth2017('SubmitMaterials', { VerifyToken, ...materialParams(PERSON) }));
    first.kill('SIGKILL');
    await first.exit;
    await using second = await startCli([...args, next]);
    const status = await second.call(cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 't' }));
    expect(status.json.Data.StatusCode).toBe(1);
  },
);

/** Changes every row, more than the cache holds, and is killed before it commits. */
const HALF_A_TRANSACTION = `
  const { Database } = require('node-sqlite3-wasm');
  const db = new Database(process.argv[1]);
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; BEGIN');
  db.exec("UPDATE verifications SET status = 'failed', data = hex(zeroblob(5000)); UPDATE verifications SET status = 'quit'");
  process.kill(process.pid, 'SIGKILL');`;

const CHECKED = `
  const { Database } = require('node-sqlite3-wasm');
  const db = new Database(process.argv[1]);
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  for (const row of db.all('PRAGMA integrity_check')) console.log(row.integrity_check);`;

test.each(driversHere())(
  'what a kill inside a transaction of node-sqlite3-wasm left half done is undone by %s',
  async (next) => {
    await using folder = await scratch();
    const db = join(folder.path, 'state.db');
    const tickets = Array.from({ length: 20 }, (_, n) => `t-${n}`);
    {
      await using mock = createCloudauthMock({ db, driver: 'node-sqlite3-wasm', device: 'manual' });
      for (const ticket of tickets) await openTask(mock, 'RPBasic', ticket);
    }
    const before = readFileSync(db);
    await expect(run(process.execPath, ['-e', HALF_A_TRANSACTION, db])).rejects.toMatchObject({ signal: 'SIGKILL' });
    const [wasHalfDone, left] = [!readFileSync(db).equals(before), readdirSync(folder.path).sort()];
    const states = new Set<number>();
    {
      await using emulator = await startCli(['--db', db, '--driver', next]);
      for (const TicketId of tickets) {
        const { json } = await emulator.call(cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId }));
        states.add(json.Data?.StatusCode ?? json.Code);
      }
      emulator.kill('SIGTERM');
      await emulator.exit;
    }
    expect([wasHalfDone, left]).toEqual([true, ['state.db', 'state.db-journal', 'state.db.lock']]);
    expect([...states]).toEqual([1]);
    const { stdout } = await run(process.execPath, ['-e', CHECKED, db]);
    expect(stdout).toBe('ok\n');
  },
  PATIENCE_MS,
);

/** Node 24.19 and newer end the process when a statement of better-sqlite3 12 is collected. */
const COLLECTED = `
  import { createCloudauthMock } from ${JSON.stringify(pathToFileURL('dist/index.js').href)};
  for (let start = 0; start < 5; start++) {
    const mock = await createCloudauthMock({ port: 0, driver: process.argv[1] }).listen();
    for (let call = 0; call < 5; call++) await (await fetch(mock.url + '/?Action=GetStatus&Version=2017-11-17')).text();
    await mock.clock.now();
    await mock.close();
    gc();
    await new Promise(setImmediate);
    gc();
  }
  console.log('alive');`;

test.each(driversHere())('starts that are over can be collected, their statements of %s as well', async (driver) => {
  requireFreshDist();
  const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '-e', COLLECTED, driver]);
  expect(stdout).toBe('alive\n');
});
