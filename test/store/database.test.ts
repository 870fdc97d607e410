/** What the store relies on, whatever is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { slowDatabase } from '../support/slow-database.js';

describe.each<[string, () => Promise<Database>]>([
  ['SQLite', () => openSqlite(':memory:')],
  ['a slow SQLite', async () => slowDatabase(await openSqlite(':memory:'), 'contract')],
])('%s', (_title, open) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
    await database.run('CREATE TABLE things (name TEXT PRIMARY KEY, size BIGINT)');
  });
  afterEach(() => database.close());

  const names = async () =>
    (await database.all<{ name: string }>('SELECT name FROM things ORDER BY name')).map(({ name }) => name);

  test('a batch gives the rows of each statement, in order', async () => {
    const rows = await database.batch([
      [`INSERT INTO things VALUES ('a', 1), ('b', 2)`, []],
      ['SELECT name FROM things WHERE size = ?', [2]],
      ['UPDATE things SET size = size + ? RETURNING size', [10]],
      [`UPDATE things SET size = 0 WHERE name = 'c' RETURNING size`, []],
    ]);
    expect(rows).toEqual([[], [{ name: 'b' }], [{ size: 11 }, { size: 12 }], []]);
  });

  test('of a batch that fails nothing is left', async () => {
    const failed = await database
      .batch([
        [`INSERT INTO things VALUES ('a', 1)`, []],
        [`INSERT INTO things VALUES ('a', 2)`, []],
      ])
      .catch((error: Error) => error);
    expect([failed, await names()]).toEqual([expect.any(Error), []]);
  });

  test('integers come back as numbers, the largest safe one and those computed as well', async () => {
    await database.run('INSERT INTO things VALUES (?, ?)', ['a', Number.MAX_SAFE_INTEGER]);
    const row = await database.get('SELECT size, size - 1 AS less, COUNT(*) AS many FROM things GROUP BY size');
    expect(row).toEqual({ size: Number.MAX_SAFE_INTEGER, less: Number.MAX_SAFE_INTEGER - 1, many: 1 });
  });
});
