import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { memoryNonces, nonces } from '../../src/store/nonces.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { nonceSuite } from './suites/nonces.js';

const WINDOW = 15 * 60_000;
const NOW = 1_500_000_000_000;

nonceSuite('in a database', () => openSqlite(':memory:'));

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
