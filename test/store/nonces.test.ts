/** Nonces and what else a call writes are there together, or neither is. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import type { Database } from '../../src/store/database.js';
import { memoryNonces, nonces } from '../../src/store/nonces.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStore } from '../../src/store/store.js';
import { passing, slowDatabase } from '../support/slow-database.js';

const WINDOW = 15 * 60_000;
const NOW = 1_500_000_000_000;
const ACCOUNT = 'default';
const key = (name: string) => ({
  ...{ access_key_id: name, secret: 's', security_token: name, bucket: 'b', path: 'p', expires_at: 0 },
});

describe('in a database', () => {
  let sqlite: Database;
  beforeEach(async () => {
    sqlite = await openSqlite(':memory:');
  });
  afterEach(() => sqlite.close());

  const kept = async () => (await sqlite.all<{ nonce: string }>('SELECT nonce FROM nonces')).map(({ nonce }) => nonce);

  /** Its process ends before the call of this number is done. */
  const endingAt = (number: number): Database => {
    let calls = 0;
    return passing(sqlite, (call) => (++calls >= number ? Promise.reject(new Error('the process has ended')) : call()));
  };

  test('wherever a process ends, a call’s nonce and what it wrote are both there, or neither is', async () => {
    const found = [];
    for (let number = 1; number < 8; number++) {
      const name = `n${number}`;
      const call = async () => {
        const nonce = await nonces(endingAt(number), WINDOW).take('key', name, NOW, NOW);
        const store = createStore(nonce!.database!, ACCOUNT, systemClock);
        await store.scenes.find('RPMin');
        await store.write(store.credentials.addRow(key(name)));
        await nonce!.keep!();
      };
      await call().catch(() => {});
      const written = await createStore(sqlite, ACCOUNT, systemClock).credentials.find(name);
      found.push([(await kept()).includes(name), written !== undefined]);
    }
    expect(found.filter(([nonce, row]) => nonce !== row)).toEqual([]);
    expect(new Set(found.map(([nonce]) => nonce))).toEqual(new Set([false, true]));
  });

  test('a change that is asked for with RETURNING takes the nonce along', async () => {
    const nonce = await nonces(sqlite, WINDOW).take('key', 'n', NOW, NOW);
    const { builds } = createStore(nonce!.database!, ACCOUNT, systemClock);
    const before = [await builds.find('t'), await kept()];
    const asked = await builds.ask('t');
    expect([...before, asked, await kept()]).toEqual([undefined, [], undefined, ['n']]);
  });

  test('the nonce of a call that writes nothing is kept at its end', async () => {
    const nonce = await nonces(sqlite, WINDOW).take('key', 'n', NOW, NOW);
    await createStore(nonce!.database!, ACCOUNT, systemClock).scenes.find('RPMin');
    const before = await kept();
    await nonce!.keep!();
    expect([before, await kept()]).toEqual([[], ['n']]);
  });

  test('a write that failed leaves the nonce to the next one', async () => {
    const nonce = await nonces(sqlite, WINDOW).take('key', 'n', NOW, NOW);
    const store = createStore(nonce!.database!, ACCOUNT, systemClock);
    const twice = await store
      .write(store.credentials.addRow(key('a')), store.credentials.addRow(key('a')))
      .catch(() => 'failed');
    const between = await kept();
    await nonce!.keep!();
    expect([twice, between, await kept()]).toEqual(['failed', [], ['n']]);
  });

  test('of calls that come with one nonce at once one may use it, and none after it has ended', async () => {
    const used = nonces(slowDatabase(sqlite, 'nonces'), WINDOW);
    const taken = await Promise.all(Array.from({ length: 20 }, () => used.take('key', 'n', NOW, NOW)));
    await Promise.all(taken.map((nonce) => nonce?.keep?.()));
    const later = [await used.take('key', 'n', NOW, NOW), await used.take('other', 'n', NOW, NOW)];
    expect([taken.filter(Boolean).length, later.map(Boolean)]).toEqual([1, [false, true]]);
  });

  test('it may come back once its time is over, whether or not its row is still there', async () => {
    const used = nonces(sqlite, WINDOW);
    const found = [];
    for (const at of [0, WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + 2, 9 * WINDOW]) {
      const nonce = await used.take('key', 'n', NOW + at, NOW + at);
      await nonce?.keep?.();
      found.push(nonce !== undefined);
    }
    expect(found).toEqual([true, false, false, true, false, true]);
  });

  test('rows are gone when their time is over', async () => {
    const used = nonces(sqlite, WINDOW);
    for (let n = 0; n < 20; n++) await (await used.take('key', `n${n}`, NOW + n, NOW + n))!.keep!();
    await (await used.take('key', 'last', NOW + 2 * WINDOW, NOW))!.keep!();
    expect(await kept()).toEqual(['last']);
  });
});

test('of a whole window of rows each call takes away a few, until all are gone', async () => {
  const sqlite = await openSqlite(':memory:');
  const rows = Array.from({ length: 5000 }, (_, n) => `n${n}`);
  await sqlite.batch(
    rows.map((name) => ['INSERT INTO nonces (access_key_id, nonce, seen_at) VALUES (?, ?, ?)', ['key', name, NOW]]),
  );
  const left = async () => (await sqlite.get<{ n: number }>('SELECT COUNT(*) AS n FROM nonces'))!.n;
  const used = nonces(sqlite, WINDOW);
  const lost: number[] = [];
  // none of these is written
  for (let n = 0; n < 5000; n++) {
    const before = await left();
    await used.take('other', `m${n}`, NOW + 2 * WINDOW, NOW);
    lost.push(before - (await left()));
  }
  const all = lost.reduce((sum, each) => sum + each, 0);
  await sqlite.close();
  expect([all, Math.max(...lost) <= 64]).toEqual([5000, true]);
});

describe('in memory', () => {
  test('nonces are forgotten after their time', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const megabytes = () => {
      collect();
      return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
    };
    const used = memoryNonces(WINDOW);
    const before = megabytes();
    const filling = '-'.repeat(200);
    for (let n = 0; n < 200_000; n++) await used.take('key', `${n}${filling}`, NOW, NOW);
    const full = megabytes() - before;
    // they may stay for the length of one more window, no longer
    await used.take('key', 'later', NOW + WINDOW + 100, NOW);
    await used.take('key', 'last', NOW + 2 * WINDOW + 200, NOW);
    expect([full >= 40, megabytes() - before < 10]).toEqual([true, true]);
  });
});
