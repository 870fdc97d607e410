/** One suite over every driver of SQLite that the running Node loads. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { driversHere, loadDriver } from '../../src/store/drivers/load.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { scratch } from '../support/child.js';

test('the fastest driver that loads is taken, unless one is named', () => {
  const [fastest] = driversHere();
  expect(loadDriver('auto').name.split(' ')[0]).toBe(fastest);
  expect(driversHere()).toContain('node-sqlite3-wasm');
});

describe.each(driversHere())('%s', (name) => {
  const driver = loadDriver(name);
  const open = (file: string) => openSqlite(file, driver);

  async function things(...rows: [string, number][]) {
    const database = await open(':memory:');
    await database.run('CREATE TABLE things (name TEXT PRIMARY KEY, count BIGINT, score REAL)');
    await database.batch(rows.map((row) => ['INSERT INTO things (name, count) VALUES (?, ?)', row]));
    return database;
  }

  test('a row that is not there is undefined, and a column without a value null', async () => {
    const database = await things(['a', 1]);
    expect(await database.get('SELECT * FROM things WHERE name = ?', ['b'])).toBeUndefined();
    expect(await database.get('SELECT * FROM things')).toEqual({ name: 'a', count: 1, score: null });
  });

  test.each([0, -1, 0.5, 2 ** 31, 1_767_225_600_000, Number.MAX_SAFE_INTEGER])('%d comes back as it was', async (n) => {
    const database = await open(':memory:');
    expect(await database.get('SELECT ? AS n', [n])).toEqual({ n });
  });

  test.each(['', "it's", '张三', '😀', '\r\n', 'a\0b', '\0', '\u{10ffff}0'])(
    'the text %j comes back as it was',
    async (text) => {
      const database = await things([text, 1], [`${text}\0`, 2]);
      const rows = await database.all('SELECT name, count FROM things ORDER BY count');
      expect(rows).toEqual([
        { name: text, count: 1 },
        { name: `${text}\0`, count: 2 },
      ]);
    },
  );

  test('of a batch that fails nothing is kept, and the next one is', async () => {
    const database = await things(['a', 1]);
    const insert = (row: string) => ['INSERT INTO things (name) VALUES (?)', [row]] as const;
    await expect(database.batch([insert('b'), insert('a')])).rejects.toThrow('UNIQUE constraint failed');
    await database.batch([insert('c')]);
    expect(await database.all('SELECT name FROM things ORDER BY name')).toEqual([{ name: 'a' }, { name: 'c' }]);
  });

  test('of batches made together one that fails takes none of the others with it', async () => {
    const database = await things(['a', 1]);
    const insert = (...rows: string[]) =>
      database.batch(rows.map((row) => ['INSERT INTO things (name) VALUES (?) RETURNING name', [row]] as const));
    const ended = await Promise.allSettled([insert('b', 'c'), insert('d', 'a'), insert('e')]);
    expect(ended.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
      [[{ name: 'b' }], [{ name: 'c' }]],
      expect.stringContaining('UNIQUE constraint failed'),
      [[{ name: 'e' }]],
    ]);
    const kept = await database.all('SELECT name FROM things ORDER BY name');
    expect(kept).toEqual(['a', 'b', 'c', 'e'].map((name) => ({ name })));
  });

  test('a batch that was under way at the close is kept', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const database = await open(file);
    const written = database.batch([["INSERT INTO meta (name, value) VALUES ('a', '1')", []]]);
    await database.close();
    await written;
    const again = await open(file);
    const kept = await again.get("SELECT value FROM meta WHERE name = 'a'");
    await again.close();
    expect(kept).toEqual({ value: '1' });
  });

  test('a statement that failed can be run again', async () => {
    const database = await things(['a', 1]);
    const insert = (row: string) => database.run('INSERT INTO things (name) VALUES (?)', [row]);
    await expect(insert('a')).rejects.toThrow('UNIQUE constraint failed');
    await insert('b');
    expect(await database.get('SELECT COUNT(*) AS n FROM things')).toEqual({ n: 2 });
  });

  test('what a change answers with is committed when it answers', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const database = await open(file);
    const change = `INSERT INTO meta (name, value) VALUES ('a', '1'), ('b', '2') RETURNING value`;
    const answered = [
      await database.get(change),
      await database.run(change.replace("'a'", "'c'").replace("'b'", "'d'")),
    ];
    // a statement with rows left to give would refuse it, or be in its way
    await database.batch([["UPDATE meta SET value = 'x' WHERE name = 'b'", []]]);
    await database.close();
    const again = await open(file);
    const kept = await again.all("SELECT name, value FROM meta WHERE name <> 'schema' ORDER BY name");
    await again.close();
    expect(answered).toEqual([{ value: '1' }, undefined]);
    expect(kept).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x' },
      { name: 'c', value: '1' },
      { name: 'd', value: '2' },
    ]);
  });

  test('the file and those beside it are for their owner alone', async () => {
    await using folder = await scratch();
    const database = await open(join(folder.path, 'state.db'));
    await database.batch([[`INSERT INTO meta (name, value) VALUES ('a', '1')`, []]]);
    const files = await Promise.all((await readdir(folder.path)).map(async (each) => stat(join(folder.path, each))));
    const modes = files.filter((each) => each.isFile()).map(({ mode }) => mode & 0o777);
    await database.close();
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(modes.length).toBeGreaterThan(1);
  });

  test.each(driversHere())('one emulator owns a file, until it ends, whoever comes with %s', async (other) => {
    await using folder = await scratch();
    const options = { db: join(folder.path, 'state.db'), port: 0 };
    const first = await createCloudauthMock({ ...options, driver: name }).listen();
    const refused = await createCloudauthMock({ ...options, driver: other })
      .listen()
      .catch((error: Error) => [error.name, error.message]);
    await first.close();
    const left = await readdir(folder.path);
    await (await createCloudauthMock({ ...options, driver: other }).listen()).close();
    expect([refused, left]).toEqual([
      ['StorageError', expect.stringMatching(/state\.db is in use by another cloudauth-mock/)],
      ['state.db'],
    ]);
  });

  test('a file that cannot be used is given free again', async () => {
    await using folder = await scratch();
    const file = join(folder.path, 'state.db');
    const database = await open(file);
    await database.run(`UPDATE meta SET value = '999' WHERE name = 'schema'`);
    await database.close();
    const refused = async () => open(file).catch((error: Error) => error.message);
    const messages = [await refused(), await refused(), await readdir(folder.path)];
    const newer = expect.stringMatching(/written by a newer cloudauth-mock \(schema 999\)/);
    expect(messages).toEqual([newer, newer, ['state.db']]);
  });
});
