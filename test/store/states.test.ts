/** A reset and snapshots are one moment for whoever calls, however many rows there are; what is left over goes afterwards. */
import { describe, expect, test, vi } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { systemClock } from '../../src/platform/clock.js';
import type { Database } from '../../src/store/database.js';
import { driversHere, loadDriver } from '../../src/store/drivers/load.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { STATE_TABLES } from '../../src/store/state-tables.js';
import { createStates } from '../../src/store/states.js';
import { createStore, type Store } from '../../src/store/store.js';
import { scratch } from '../support/child.js';
import { open, pageUrl } from '../support/h5.js';
import { passing } from '../support/slow-database.js';
import { getStatus, openTask } from '../support/tasks.js';

const manual = (more: MockOptions = {}) => createCloudauthMock({ device: 'manual', ...more });
const names = async (mock: CloudauthMock) => (await mock.verifications.list()).map(({ id }) => id);

const turning = (database: Database, states = createStates(database)): Store =>
  createStore(database, 'default', systemClock, undefined, undefined, states);
const task = (name: string) => ({
  ...{ kind: 'cloudauth', id: `id-${name}`, name, scope: 'RPMin', shared: true, data: '{}' },
  ...{ issued_at: 0, expires_at: 1 },
});
async function filled(store: Store, count: number, prefix = 't'): Promise<void> {
  for (let from = 0; from < count; from += 100)
    await store.write(
      ...Array.from({ length: Math.min(100, count - from) }, (_, n) =>
        store.verifications.addRows(task(`${prefix}${from + n}`)),
      ).flat(),
    );
}
const rowsIn = async (database: Database, prefix = ''): Promise<number> => {
  const counts = STATE_TABLES.map(({ table }) =>
    database.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${prefix}${table}`),
  );
  return (await Promise.all(counts)).reduce((sum, row) => sum + row!.n, 0);
};
const soon = (condition: () => Promise<void>) => vi.waitFor(condition, { timeout: 30_000, interval: 20 });

describe.each(driversHere())('by %s', (driver) => {
  test('of what was there before a reset no row stays', async () => {
    await using folder = await scratch();
    const database = await openSqlite(`${folder.path}/state.db`, loadDriver(driver));
    const store = turning(database);
    await filled(store, 450);
    await store.reset();
    expect((await store.verifications.page({ limit: 10 }))?.rows).toEqual([]);
    await soon(async () => expect([await rowsIn(database), await left(database)]).toEqual([0, 0]));
    await database.close();
  });

  test('a snapshot of many rows is brought back whole', async () => {
    const database = await openSqlite(':memory:', loadDriver(driver));
    const store = turning(database);
    await filled(store, 450);
    const saved = await store.snapshots.save('s');
    await filled(store, 10, 'later');
    const restored = await store.snapshots.restore('s');
    const { rows } = (await store.verifications.page({ limit: 1000 }))!;
    expect([saved, restored, await store.snapshots.size('s'), rows.length]).toEqual([450, 450, 450, 450]);
    expect(rows[0]?.name).toBe('t449');
    await database.close();
  });
});

test.each([
  ['saved', 'default'],
  ['opened from another account', 'copy'],
])(
  'a snapshot that was deleted, and %s again before its rows are gone, has what is in it now',
  async (how, account) => {
    const database = await openSqlite(':memory:');
    const states = createStates(database);
    const [store, other] = ['default', account].map((each) =>
      createStore(database, each, systemClock, undefined, undefined, states),
    ) as [Store, Store];
    await filled(other, 450);
    await other.snapshots.save('s');
    await other.reset();
    await filled(store, 3);
    if (how !== 'saved') await store.snapshots.save('s');
    const deleted = await other.snapshots.remove('s');
    if (how === 'saved') await store.snapshots.save('s');
    else await store.snapshots.giveTo('s', account);
    await soon(async () => expect(await left(database)).toBe(0));
    expect([deleted, await other.snapshots.size('s'), await other.snapshots.restore('s')]).toEqual([true, 3, 3]);
    await database.close();
  },
);

test('rows are counted as far as is asked, after a reset those of now', async () => {
  const database = await openSqlite(':memory:');
  const store = turning(database);
  await filled(store, 5);
  const before = [await store.snapshots.counts(2), await store.snapshots.counts()];
  await store.reset();
  await filled(store, 1);
  const verifications = [...before, await store.snapshots.counts()].map((counts) => counts.verifications);
  expect(verifications).toEqual([2, 5, 1]);
  await database.close();
});

const left = async (database: Database) =>
  (await database.get<{ n: number }>('SELECT COUNT(*) AS n FROM leftovers'))!.n;

test('what a process has not come to remove, the next one removes', async () => {
  await using folder = await scratch();
  const db = `${folder.path}/state.db`;
  {
    await using mock = manual({ db });
    for (let n = 0; n < 3; n++) await openTask(mock, 'RPMin', `t${n}`);
    await mock.reset();
  }
  const database = await openSqlite(db);
  await database.batch([['INSERT INTO leftovers (owner, snapshot) VALUES (?, ?)', ['gone', '']]]);
  await filled(createStore(database, 'gone', systemClock), 300);
  await database.close();
  {
    await using mock = manual({ db });
    await openTask(mock, 'RPMin', 'now');
    await soon(async () => expect(await names(mock)).toEqual(['now']));
    await vi.waitFor(() => expect(mock.verifications.list({ account: 'gone' })).resolves.toEqual([]), 30_000);
  }
  const after = await openSqlite(db);
  expect(await left(after)).toBe(0);
  await after.close();
});

test('a restart has the state that was there, not the one that was left', async () => {
  await using folder = await scratch();
  const db = `${folder.path}/state.db`;
  {
    await using mock = manual({ db });
    await openTask(mock, 'RPMin', 'before');
    await mock.snapshots.save('s');
    await mock.reset();
    await openTask(mock, 'RPMin', 'after');
  }
  await using mock = manual({ db });
  const first = await names(mock);
  await mock.snapshots.restore('s');
  expect([first, await names(mock)]).toEqual([['after'], ['before']]);
});

test('a page of what was reset is nobody’s, and opens again with its snapshot', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  const shown = async () => /<h1>.*?<\/h1>/s.exec((await open(mock, url)).text)?.[0];
  const before = await shown();
  await mock.snapshots.save('s');
  await mock.reset();
  const gone = await shown();
  await mock.snapshots.restore('s');
  expect([gone === before, (await shown()) === before]).toEqual([false, true]);
});

/** A database whose copying can be looked into. */
async function watched(seen: (sql: string) => Promise<void>) {
  const sqlite = await openSqlite(':memory:');
  const database: Database = {
    ...passing(sqlite, (call) => call()),
    async batch(statements) {
      for (const [sql] of statements) await seen(sql);
      return sqlite.batch(statements);
    },
  };
  return { database, states: createStates(database) };
}

test('while a snapshot is made what is written waits, what is read does not, and another account does not either', async () => {
  const order: string[] = [];
  let steps = 0;
  const { database, states } = await watched(async (sql) => {
    if (!sql.startsWith('INSERT INTO snapshot_verifications') || ++steps !== 2) return;
    writes.push(filled(store, 1, 'late').then(() => order.push('written')));
    order.push(`read ${(await store.verifications.page({ limit: 1 }))!.rows[0]?.name}`);
    await filled(other, 1);
    order.push('other');
  });
  const writes: Promise<unknown>[] = [];
  const of = (account: string) => createStore(database, account, systemClock, undefined, undefined, states);
  const [store, other] = [of('default'), of('other')];
  await filled(store, 450);
  const saved = await store.snapshots.save('s').finally(() => order.push('saved'));
  await Promise.all(writes);
  expect([saved, order]).toEqual([450, ['read t449', 'other', 'saved', 'written']]);
  await database.close();
});

test('while a snapshot is brought back the account goes on with what it has', async () => {
  let steps = 0;
  const during: unknown[] = [];
  const { database, states } = await watched(async (sql) => {
    if (
      !sql.startsWith('INSERT INTO verifications (account, seq, kind') ||
      !sql.includes('FROM snapshot_') ||
      ++steps !== 2
    )
      return;
    await filled(store, 1, 'meanwhile');
    during.push((await store.verifications.page({ limit: 1 }))!.rows[0]?.name);
  });
  const store = turning(database, states);
  await filled(store, 450);
  await store.snapshots.save('s');
  await store.snapshots.restore('s');
  during.push((await store.verifications.page({ limit: 1 }))!.rows[0]?.name);
  expect([steps > 2, during]).toEqual([true, ['meanwhile0', 't449']]);
  await database.close();
});

test('a status asked for right after a reset knows nothing of before', async () => {
  await using mock = manual();
  await openTask(mock, 'RPMin', 'a');
  await mock.reset();
  const { json } = await getStatus(mock, 'RPMin', 'a');
  expect(json.Data.StatusCode).toBe((await getStatus(mock, 'RPMin', 'never')).json.Data.StatusCode);
});
