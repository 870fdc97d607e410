/** Who has a file is known by whatever path it is opened, and forgotten when its process has ended. */
import { execFile } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { claimName } from '../../src/store/ownership.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { scratch } from '../support/child.js';

test('a second path to a file is the same file', async () => {
  await using folder = await scratch();
  const [file, link] = [join(folder.path, 'state.db'), join(folder.path, 'other.db')];
  const database = await openSqlite(file);
  symlinkSync(file, link);
  const refused = await openSqlite(link).catch((error: Error) => error.message);
  await database.close();
  expect(refused).toMatch(/other\.db is in use by another cloudauth-mock/);
});

test('a name is one owner’s until that one gives it back', async () => {
  await using folder = await scratch();
  const address = join(folder.path, 'owner.sock');
  const first = await claimName(address);
  const second = await claimName(address);
  first?.close();
  const third = await claimName(address);
  third?.close();
  expect([first, second, third].map(Boolean)).toEqual([true, false, true]);
});

test('the socket of a process that was killed is nobody’s', async () => {
  await using folder = await scratch();
  const address = join(folder.path, 'owner.sock');
  const killed = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  await expect(promisify(execFile)(process.execPath, ['-e', killed, address])).rejects.toThrow();
  const wasLeft = existsSync(address);
  const claim = await claimName(address);
  claim?.close();
  expect([wasLeft, Boolean(claim)]).toEqual([true, true]);
});
