import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { openSqlite } from '../../src/store/sqlite.js';

test('the file and those beside it are for their owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  try {
    const file = join(folder, 'state.db');
    const database = await openSqlite(file);
    const modes = await Promise.all(['', '-wal', '-shm'].map(async (end) => (await stat(file + end)).mode & 0o777));
    await database.close();
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('one emulator owns a file, until it ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  try {
    const options = { db: join(folder, 'state.db'), port: 0 };
    const first = await createCloudauthMock(options).listen();
    const refused = await createCloudauthMock(options)
      .listen()
      .catch((error: Error) => [error.name, error.message]);
    await first.close();
    const left = await readdir(folder);
    await (await createCloudauthMock(options).listen()).close();
    expect([refused, left]).toEqual([
      ['StorageError', expect.stringMatching(/state\.db is in use by another cloudauth-mock/)],
      ['state.db'],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a file that cannot be used is given free again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  try {
    const file = join(folder, 'state.db');
    const database = await openSqlite(file);
    await database.run(`UPDATE meta SET value = '999' WHERE name = 'schema'`);
    await database.close();
    const refused = async () => openSqlite(file).catch((error: Error) => error.message);
    const messages = [await refused(), await refused(), await readdir(folder)];
    const newer = expect.stringMatching(/written by a newer cloudauth-mock \(schema 999\)/);
    expect(messages).toEqual([newer, newer, ['state.db']]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
