/** Whose config file is taken: one above the working folder may be put there by anybody who can write there. */
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findConfig } from '../../src/config-file/find.js';
import { scratch } from '../support/child.js';

test('one above the working folder that belongs to another user is refused; root’s and one’s own are taken', async () => {
  await using folder = await scratch();
  const file = join(folder.path, 'cloudauth-mock.config.mjs');
  const deep = join(folder.path, 'deep');
  mkdirSync(deep);
  writeFileSync(join(folder.path, 'package.json'), '{}');
  writeFileSync(file, '');
  const owner = process.getuid!() || 12_345;
  chownSync(file, owner, process.getgid!());
  expect(findConfig(deep, owner)).toBe(file);
  expect(findConfig(folder.path, owner + 1)).toBe(file);
  expect(() => findConfig(deep, owner + 1)).toThrow('belongs to another user; name it with --config');
});

test('a folder that cannot be listed holds none', async () => {
  await using folder = await scratch();
  expect(findConfig(join(folder.path, 'gone'))).toBeUndefined();
});
