/** A process that is killed has lost nothing it had acknowledged. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cloudauth2017, read, signedParams } from '../support/call.js';
import { type Emulator, scratch, startCli } from '../support/child.js';
import { materialParams, PERSON } from '../support/tasks.js';

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

/** Calls until the emulator is gone; only what was answered counts. */
async function caller(url: string, name: number, acknowledged: Acknowledged[], enough: () => void): Promise<void> {
  for (let n = 0; ; n++) {
    const ticketId = `${name}-${n}`;
    const body = `${signedParams(cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: ticketId }))}`;
    const reply = await post(`${url}/`, body).catch(() => undefined);
    if (!reply) return;
    acknowledged.push({ ticketId, verifyToken: reply.json.Data.VerifyToken.Token, body });
    if (acknowledged.length === ENOUGH) enough();
  }
}

/** Parallel callers, a SIGKILL in their midst. */
async function killedUnderLoad(args: string[]): Promise<Acknowledged[]> {
  const emulator = await startCli(args);
  const acknowledged: Acknowledged[] = [];
  const kill = () => emulator.kill('SIGKILL');
  await Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(emulator.url, name, acknowledged, kill)));
  expect((await emulator.exit).signal).toBe('SIGKILL');
  return acknowledged;
}

describe('kill -9 under load with --db', () => {
  let acknowledged: Acknowledged[];
  let emulator: Emulator;

  beforeAll(async () => {
    const folder = await scratch();
    const args = ['--db', join(folder.path, 'state.db')];
    acknowledged = await killedUnderLoad(args);
    emulator = await startCli(args);
    return async () => {
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    };
  });

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

test('a conclusion acknowledged just before the kill is still there after it', async () => {
  await using folder = await scratch();
  const args = ['--db', join(folder.path, 'state.db')];
  await using first = await startCli(args);
  const opened = await first.call(cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' }));
  const VerifyToken = opened.json.Data.VerifyToken.Token;
  await first.call(cloudauth2017('SubmitMaterials', { VerifyToken, ...materialParams(PERSON) }));
  first.kill('SIGKILL');
  await first.exit;
  await using second = await startCli(args);
  const status = await second.call(cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 't' }));
  expect(status.json.Data.StatusCode).toBe(1);
});
