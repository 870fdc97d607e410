import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
