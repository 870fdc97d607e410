/** Who has a file is known by whatever path it is opened, and forgotten when its process has ended. */
import { execFile } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { driversHere } from '../../src/store/drivers/load.js';
import { claimName } from '../../src/store/ownership.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { scratch } from '../support/child.js';
import { oss, stsOf } from '../support/oss.js';

test('a second path to a file is the same file', async () => {
  await using folder = await scratch();
  const [file, link] = [join(folder.path, 'state.db'), join(folder.path, 'other.db')];
  const database = await openSqlite(file);
  symlinkSync(file, link);
  const refused = await openSqlite(link).catch((error: Error) => error.message);
  await database.close();
  expect(refused).toMatch(/other\.db is in use by another cloudauth-mock/);
});

describe.each(driversHere())('by %s', (name) => {
  const options = { driver: name, sdkBuild: 'immediate' } as const;

  test('a link to a database shares its lock, its journal and its objects', async () => {
    await using folder = await scratch();
    mkdirSync(join(folder.path, 'links'));
    const [file, link] = [join(folder.path, 'state.db'), join(folder.path, 'links', 'other.db')];
    symlinkSync(file, link);
    const shown: string[][] = [];
    {
      await using mock = createCloudauthMock({ ...options, db: link });
      const sts = await stsOf(mock);
      await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'hello' });
      shown.push(readdirSync(join(folder.path, 'links')), [String(existsSync(`${file}.lock`))]);
    }
    await using mock = createCloudauthMock({ ...options, db: file });
    const sts = await stsOf(mock, 'ticket-2');
    const again = await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'hello' });
    expect([...shown, again.status, readdirSync(`${file}.objects`).length]).toEqual([['other.db'], ['true'], 200, 2]);
  });

  test('a file with two names is refused, with what to do', async () => {
    await using folder = await scratch();
    const [file, link] = [join(folder.path, 'state.db'), join(folder.path, 'other.db')];
    writeFileSync(file, '');
    linkSync(file, link);
    await using mock = createCloudauthMock({ ...options, db: link });
    await expect(mock.verifications.list()).rejects.toThrow(
      /other\.db has 2 names \(hard links\).*remove the others.*--db/,
    );
    rmSync(file);
    expect(await mock.verifications.list()).toEqual([]);
  });
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
