/** One suite over every driver of SQLite that the running Node loads. */
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { driversHere, loadDriver } from '../../src/store/drivers/load.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { scratch } from '../support/child.js';

const require = createRequire(import.meta.url);
const Sqlite: typeof import('better-sqlite3') = require(
  Number(process.versions.napi) < 10 ? 'better-sqlite3-12' : 'better-sqlite3',
);

test('the fastest driver that loads is taken, unless one is named', () => {
  const [fastest] = driversHere();
  expect(loadDriver('auto').name.split(' ')[0]).toBe(fastest);
  expect(driversHere()).toContain('node-sqlite3-wasm');
});

test('while an emulator has a file no other program reads it, and one that does is named', async () => {
  await using folder = await scratch();
  const file = join(folder.path, 'state.db');
  const driver = loadDriver('better-sqlite3');
  const database = await openSqlite(file, driver);
  await database.run("INSERT INTO meta (name, value) VALUES ('a', '1')");
  const other = new Sqlite(file, { timeout: 0 });
  const read = () => other.prepare("SELECT value FROM meta WHERE name = 'a'").get();
  expect(read).toThrow('database is locked');
  await database.close();
  expect(read()).toEqual({ value: '1' });
  await expect(openSqlite(file, driver)).rejects.toThrow(
    `the database ${file} is open in another program; close it there, or choose another --db file`,
  );
  other.close();
});

describe.each(driversHere())('%s', (name) => {
  const driver = loadDriver(name);
  const open = (file: string) => openSqlite(file, driver);

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

  test('a batch waits for a turn of the event loop, which may bring others, only where there is a port', async () => {
    const hasTurned = async (isServing: boolean) => {
      const database = await openSqlite(':memory:', driver, { isServing: () => isServing });
      let turned = false;
      setImmediate(() => {
        turned = true;
      });
      await database.batch([['SELECT 1', []]]);
      const found = turned;
      await database.close();
      return found;
    };
    expect([await hasTurned(true), await hasTurned(false)]).toEqual([true, false]);
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
