/** What `--db postgres://…` says where it cannot be; the rest is proven over a server, see test/postgres. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, scratch } from '../support/child.js';
import { requireFreshDist } from '../support/dist.js';

test('where the package pg is not installed it says how to install it', async () => {
  requireFreshDist();
  await using folder = await scratch();
  for (const name of ['dist', 'package.json']) cpSync(name, join(folder.path, name), { recursive: true });
  const { code, stderr } = await runCli(['--db', 'postgres://u:secret@127.0.0.1:1/d'], {
    cli: join(folder.path, 'dist', 'cli.js'),
  });
  expect([code, stderr]).toEqual([
    5,
    expect.stringContaining('needs the package pg: it is not installed; try: npm install pg'),
  ]);
  expect(stderr).not.toContain('secret');
});

test.each([
  [
    'another database',
    ['--db', 'mysql://u:secret@h/d'],
    "--db: 'mysql://' is no database it can use; write a file, or postgres://USER",
  ],
  [
    'an address nobody can read',
    ['--db', 'postgres://u:secret@h:port/d'],
    '--db: the address is not understood; write postgres://USER',
  ],
  [
    'a driver of SQLite',
    ['--db', 'postgres://u:secret@h/d', '--driver', 'better-sqlite3'],
    '--driver: it runs SQLite, and the database is PostgreSQL; leave it out',
  ],
])('%s is refused, and its password is not repeated', async (_what, args, words) => {
  const { code, stderr } = await runCli(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  expect(stderr).not.toContain('secret');
});

test('no address is printed with its password', async () => {
  const { stdout } = await runCli(['config', 'print', '--db', 'postgresql://u:secret@db.test:5433/d?password=secret']);
  expect(stdout).toMatch(/db +postgresql:\/\/db\.test:5433\/d +--db/);
  expect(stdout).not.toContain('secret');
});
