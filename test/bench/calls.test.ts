/** The benchmarks measure calls that are answered, and compare what they say they do. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CALLS } from '../../bench/calls.mjs';
import { Figures, rowsOf } from '../../bench/figures.mjs';
import { ask } from '../../bench/load.mjs';
import { withTables } from '../../bench/page.mjs';
import { table } from '../../bench/report.mjs';
import { createCloudauthMock } from '../../src/index.js';

test.each(Object.keys(CALLS))('the emulator does what the bench calls as %s', async (name) => {
  const { prepare, make, answered } = CALLS[name]!;
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const port = Number(new URL(mock.url).port);
  const state = await prepare?.(port);
  const { body } = await ask(port, make(port, state, 0));
  expect(body).toContain(answered);
});

test('a ratio is the median of those of one round, and before has its own', () => {
  const figures = new Figures();
  for (const speed of [1000, 4000, 2000]) {
    figures.add('rpc/bare', { throughput: speed });
    figures.add('now/rpc/emulator', { throughput: speed / 4 });
    figures.add('before/rpc/emulator', { throughput: speed / 10 });
  }
  const rows = rowsOf(figures, ['rpc', 'acs3']);
  expect(rows).toMatchObject([{ ratio: 0.25, met: true, before: { value: 200, ratio: 0.1 } }]);
  expect(table(rows)).toMatch(/500 requests\/s \| 2000 requests\/s, bare \| 0\.25 × \| ≥ 0\.20 × \| +met \|/);
});

test('docs/benchmarks.md has a place for every table', () => {
  const page = readFileSync('docs/benchmarks.md', 'utf8');
  expect(withTables(page, { rows: 'ROWS', peers: 'PEERS', large: 'LARGE' })).toMatch(/ROWS.*PEERS.*LARGE/s);
});
