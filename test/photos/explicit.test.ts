/** A task that was ended by hand keeps its pictures as any other does: as objects, not in its row. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { systemClock } from '../../src/platform/clock.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStore } from '../../src/store/store.js';
import { JPEG, open, pageUrl } from '../support/h5.js';
import { saying } from '../support/hints.js';
import { getMaterials, getStatus, openTask, PERSON } from '../support/tasks.js';

const PICTURE = Buffer.concat([JPEG, Buffer.alloc(300_000, 7)]);
const Binding = JSON.stringify({ ...PERSON, FacePic: `base64://${PICTURE.toString('base64')}` });

const WAYS: readonly [what: string, end: (mock: CloudauthMock) => Promise<unknown>][] = [
  ['verifications.pass', (mock) => mock.verifications.pass('ticket')],
  ['verifications.fail', (mock) => mock.verifications.fail('ticket')],
  [
    'the control API',
    (mock) => mock.fetch(new Request(`${mock.url}/_mock/verifications/ticket/pass`, { method: 'POST' })),
  ],
  [
    'the phone',
    (mock) => {
      const body = new URLSearchParams({ id: 'ticket', end: 'pass' });
      return mock.fetch(new Request(`${mock.url}/_mock/phone`, { method: 'POST', body }));
    },
  ],
  ['the page', async (mock) => open(mock, await pageUrl(mock, { auto: 'pass' }, { Binding }))],
];

test.each(WAYS)('%s: GetMaterials answers the picture of Binding', async (_what, end) => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic', 'ticket', { Binding });
  await end(mock);
  const { FacePic } = (await getMaterials(mock, 'RPBasic')).json.Data;
  const reply = await mock.fetch(new Request(FacePic));
  expect(Buffer.from(await reply.arrayBuffer()).equals(PICTURE)).toBe(true);
});

test.each(WAYS)('%s: the row of the task holds no picture', async (_what, end) => {
  const folder = mkdtempSync(join(tmpdir(), 'explicit-'));
  try {
    const db = join(folder, 'state.db');
    {
      await using mock = createCloudauthMock({ device: 'manual', db });
      await openTask(mock, 'RPBasic', 'ticket', { Binding });
      await end(mock);
    }
    const database = await openSqlite(db);
    const task = await createStore(database, 'default', systemClock).verifications.find('ticket');
    await database.close();
    expect(JSON.parse(task!.result!)).toMatchObject({ FacePic: expect.stringMatching(/^oss:/) });
    expect(task!.result!.length).toBeLessThan(1000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('when the store is full the end is refused, and the task stays as it was', async () => {
  await using mock = createCloudauthMock({ device: 'manual', maxObjectBytes: 1000 });
  await openTask(mock, 'RPBasic', 'ticket', { Binding });
  const refused = await mock.verifications.pass('ticket').catch((error: Error) => error.name);
  expect([refused, (await mock.verifications.list())[0]?.status]).toEqual(['ControlError', 'open']);
});

test('when the store is full the simulated person does not finish either, and the hint says why', async () => {
  await using mock = createCloudauthMock({ maxObjectBytes: 1000 });
  await openTask(mock, 'RPBasic', 'ticket', { Binding });
  const { status, json, headers } = await getStatus(mock, 'RPBasic');
  const hint = headers.get('x-cloudauth-mock-hint');
  expect([status, json.Data.StatusCode, hint]).toEqual([200, -1, await saying('store-full')]);
});

test('when the store has no room even for a drawn face GetMaterials says so', async () => {
  await using mock = createCloudauthMock({ maxObjectBytes: 10 });
  await openTask(mock, 'RPBasic', 'ticket');
  const { status, json, headers } = await getMaterials(mock, 'RPBasic');
  const hint = headers.get('x-cloudauth-mock-hint');
  expect([status, json.Code, hint]).toEqual([
    500,
    'Error.GetMaterialsError',
    expect.stringContaining(await saying('store-full')),
  ]);
});
