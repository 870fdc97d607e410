/** What the store relies on, whatever is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/database.js';

/** How each database calls a key that is there already. */
const TWICE = /UNIQUE constraint failed|duplicate key/;

/** @param open a database with nothing in it */
export const contract = (title: string, open: () => Promise<Database>) =>
  describe(title, () => {
    let database: Database;
    beforeEach(async () => {
      database = await open();
      await database.run('CREATE TABLE things (name TEXT PRIMARY KEY, count BIGINT, score REAL)');
    });
    afterEach(() => database.close());

    const things = (...rows: [string, number][]) =>
      database.batch(rows.map((row) => ['INSERT INTO things (name, count) VALUES (?, ?)', row]));
    const names = async () =>
      (await database.all<{ name: string }>('SELECT name FROM things ORDER BY name')).map(({ name }) => name);

    test('a batch gives the rows of each statement, in order', async () => {
      const rows = await database.batch([
        [`INSERT INTO things (name, count) VALUES ('a', 1), ('b', 2)`, []],
        ['SELECT name FROM things WHERE count = ?', [2]],
        ['UPDATE things SET count = count + ? RETURNING count', [10]],
        [`UPDATE things SET count = 0 WHERE name = 'c' RETURNING count`, []],
      ]);
      expect(rows).toEqual([[], [{ name: 'b' }], [{ count: 11 }, { count: 12 }], []]);
    });

    test('of a batch that fails nothing is left', async () => {
      const failed = await database
        .batch([
          [`INSERT INTO things (name, count) VALUES ('a', 1)`, []],
          [`INSERT INTO things (name, count) VALUES ('a', 2)`, []],
        ])
        .catch((error: Error) => error);
      expect([failed, await names()]).toEqual([expect.any(Error), []]);
    });

    test('integers come back as numbers, the largest safe one and those computed as well', async () => {
      await database.run('INSERT INTO things (name, count) VALUES (?, ?)', ['a', Number.MAX_SAFE_INTEGER]);
      const row = await database.get('SELECT count, count - 1 AS less, COUNT(*) AS many FROM things GROUP BY count');
      expect(row).toEqual({ count: Number.MAX_SAFE_INTEGER, less: Number.MAX_SAFE_INTEGER - 1, many: 1 });
    });

    test.each([0, -1, 0.5, 2 ** 31, 1_767_225_600_000, Number.MAX_SAFE_INTEGER])(
      '%d comes back as it was',
      async (n) => {
        await database.run('CREATE TABLE numbers (n REAL)'.replace('REAL', Number.isInteger(n) ? 'BIGINT' : 'REAL'));
        await database.run('INSERT INTO numbers VALUES (?)', [n]);
        expect(await database.get('SELECT n FROM numbers')).toEqual({ n });
      },
    );

    test('a row that is not there is undefined, and a column without a value null', async () => {
      await things(['a', 1]);
      expect(await database.get('SELECT * FROM things WHERE name = ?', ['b'])).toBeUndefined();
      expect(await database.get('SELECT * FROM things')).toEqual({ name: 'a', count: 1, score: null });
    });

    test.each(['', "it's", '张三', '😀', '\r\n', 'a\0b', '\0', '\u{10ffff}0'])(
      'the text %j comes back as it was',
      async (text) => {
        await things([text, 1], [`${text}\0`, 2]);
        const rows = await database.all('SELECT name, count FROM things ORDER BY count');
        expect(rows).toEqual([
          { name: text, count: 1 },
          { name: `${text}\0`, count: 2 },
        ]);
      },
    );

    test('of a batch that fails nothing is kept, and the next one is', async () => {
      await things(['a', 1]);
      const insert = (row: string) => ['INSERT INTO things (name) VALUES (?)', [row]] as const;
      await expect(database.batch([insert('b'), insert('a')])).rejects.toThrow(TWICE);
      await database.batch([insert('c')]);
      expect(await database.all('SELECT name FROM things ORDER BY name')).toEqual([{ name: 'a' }, { name: 'c' }]);
    });

    test('of batches made together one that fails takes none of the others with it', async () => {
      await things(['a', 1]);
      const insert = (...rows: string[]) =>
        database.batch(rows.map((row) => ['INSERT INTO things (name) VALUES (?) RETURNING name', [row]] as const));
      const ended = await Promise.allSettled([insert('b', 'c'), insert('d', 'a'), insert('e')]);
      expect(ended.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
        [[{ name: 'b' }], [{ name: 'c' }]],
        expect.stringMatching(TWICE),
        [[{ name: 'e' }]],
      ]);
      const kept = await database.all('SELECT name FROM things ORDER BY name');
      expect(kept).toEqual(['a', 'b', 'c', 'e'].map((name) => ({ name })));
    });

    test('of two hundred batches, one after the other, every third fails and all others are kept', async () => {
      await things(['a', 1]);
      const insert = (row: string) => ['INSERT INTO things (name) VALUES (?)', [row]] as const;
      const names = Array.from({ length: 200 }, (_, at) => `n${String(at).padStart(3, '0')}`);
      const fails = (at: number) => at % 3 === 2;
      for (const [at, name] of names.entries()) {
        const done = database.batch([insert(name), insert(fails(at) ? 'a' : `${name}+`)]);
        if (fails(at)) await expect(done).rejects.toThrow(TWICE);
        else await done;
      }
      const kept = names.filter((_, at) => !fails(at)).flatMap((name) => [name, `${name}+`]);
      const found = await database.all<{ name: string }>("SELECT name FROM things WHERE name <> 'a' ORDER BY name");
      expect(found.map(({ name }) => name)).toEqual(kept);
    });

    test('a statement that failed can be run again', async () => {
      await things(['a', 1]);
      const insert = (row: string) => database.run('INSERT INTO things (name) VALUES (?)', [row]);
      await expect(insert('a')).rejects.toThrow(TWICE);
      await insert('b');
      expect(await database.get('SELECT COUNT(*) AS n FROM things')).toEqual({ n: 2 });
    });
  });
