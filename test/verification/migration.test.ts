/** A database file of the schema before the one table of verifications keeps what it holds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { STEPS } from '../../src/store/migrations.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { init, query, saf } from '../support/scenario.js';
import { getMaterials, getStatus, submit } from '../support/tasks.js';

/** Steps before the one that makes the table. */
const BEFORE = 4;
const AT = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const CERT = '330103xxxxxxxxxxxx';
const SENTENCE = 'it says "no",\nand \\ more';

const TASK = `INSERT INTO tasks (account, biz, ticket_id, solution, token, status, submissions, asked, materials, similarity, authority,
  conclusions, created_at, concluded_at) VALUES ('default', 'RPBasic', ?, 'RPBasic', ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`;
const TOKEN = `INSERT INTO tokens (account, token, biz, ticket_id, binding, issued_at, expires_at) VALUES ('default', ?, 'RPBasic', ?, ?, ?, ?)`;
const SESSION = `INSERT INTO sessions (account, id, biz_id, channel, cert_number, name, metainfo, status, reason, asked, created_at, expires_at,
  concluded_at) VALUES ('default', ?, ?, 'mobile', ?, ?, '{"a":"b"}', ?, ?, 0, ?, ?, ?)`;
const MATERIALS = JSON.stringify({ Name: '李三', IdentificationNumber: '990000199003070021' });

/** As the emulator of that schema would have left it, a snapshot of it included. */
async function oldFile(file: string): Promise<void> {
  const database = await openSqlite(file);
  const tables = await database.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const old = STEPS.slice(0, BEFORE).flat();
  const drop = tables.map(({ name }): [string, []] => [`DROP TABLE ${name}`, []]);
  await database.batch([...drop, ...old.map((sql): [string, []] => [sql, []])]);
  await database.run('CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  await database.run(`INSERT INTO meta (name, value) VALUES ('schema', ?)`, [String(BEFORE)]);

  const life = [AT, AT + HOUR];
  await database.run(TASK, ['failed', 'token-2', 2, 1, MATERIALS, 41.5, 38.2, SENTENCE, AT, AT]);
  await database.run(TOKEN, ['token-1', 'failed', '{"Name":"older"}', ...life]);
  await database.run(TOKEN, ['token-2', 'failed', '{}', ...life]);
  await database.run(TASK, ['left', 'token-3', -1, 1, '{}', null, null, null, AT, null]);
  await database.run(TOKEN, ['token-3', 'left', '{}', ...life]);
  await database.run(TASK, ['open', 'token-4', -1, 0, '{}', null, null, null, AT, null]);
  await database.run(TOKEN, ['token-4', 'open', '{"Name":"测试不通过","x":{"y":[1]}}', ...life]);
  for (let n = 0; n < 5; n++)
    await database.run(SESSION, [`failed-${n}`, 'b', CERT, '张三', 'failed', 'Z1146', AT, AT + HOUR, AT]);
  await database.run(SESSION, ['open-1', 'b', 'other', '张三~fail:Z8302', 'created', null, AT, AT + HOUR, null]);
  await database.run(SESSION, ['quit-1', 'b', 'other', '张三', 'quit', null, AT, AT + HOUR, AT]);
  await database.run(`INSERT INTO clocks (account, offset_ms, frozen_at) VALUES ('default', 0, ?)`, [AT + 1000]);
  for (const table of ['tasks', 'tokens', 'sessions'])
    await database.run(`INSERT INTO snapshot_${table} SELECT 'kept', ${table}.* FROM ${table}`);
  await database.run(`INSERT INTO snapshot_clocks SELECT 'kept', clocks.* FROM clocks`);
  await database.run(`INSERT INTO snapshots (account, name) VALUES ('default', 'kept')`);
  await database.close();
}

async function seenIn(mock: CloudauthMock): Promise<unknown> {
  const status = async (ticket: string) => (await getStatus(mock, 'RPBasic', ticket)).json.Data;
  const code = async (queryId: string) => (await query(mock, { queryId, bizId: 'b' })).Message.match(/Z\d+|OK|未/)?.[0];
  return {
    listed: (await mock.verifications.list()).length,
    failed: await status('failed'),
    materials: (await getMaterials(mock, 'RPBasic', 'failed')).json.Data.Name,
    left: await status('left'),
    open: await status('open'),
    sessions: [await code('failed-3'), await code('open-1'), await code('quit-1')],
    limit: (await init(mock, { certNumber: CERT })).Code,
    older: (await submit(mock, 'token-1')).json.Data.VerifyStatus.StatusCode,
    afterwards: (await status('failed')).StatusCode,
  };
}

test('tasks, tokens and sessions move, and those of snapshots with them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migration-'));
  try {
    const db = join(folder, 'state.db');
    await oldFile(db);
    await using mock = createCloudauthMock({ db });
    const expected = {
      listed: 10,
      failed: { StatusCode: 2, SimilarityScore: 41.5, AuditConclusions: SENTENCE },
      materials: '李三',
      left: { StatusCode: -1 },
      open: expect.objectContaining({ StatusCode: 2 }),
      sessions: ['Z1146', 'Z8302', '未'],
      limit: 540,
      older: 1,
      afterwards: 1,
    };
    expect(await seenIn(mock)).toEqual(expected);
    await mock.snapshots.restore('kept');
    expect(await seenIn(mock)).toEqual(expected);
    // what is new comes after what has moved
    const { Data } = await saf(mock, { method: 'init', bizId: 'b', name: '李四', certNumber: '1', metainfo: '{}' });
    await mock.verifications.fail('b', 'Z8399');
    expect((await query(mock, Data)).Message).toContain('Z8399');
  } finally {
    await rm(folder, { recursive: true });
  }
});
