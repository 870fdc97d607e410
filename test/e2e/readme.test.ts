/** The recipes of README.md, run as they stand in a project like a user's: only the emulator's ports are others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, scratch, startCli } from '../support/child.js';
import { type Project, project } from '../support/project.js';
import { recipesOf } from '../support/recipes.js';

const { files, runs, blocks, tested } = recipesOf('README.md');

let data: Awaited<ReturnType<typeof scratch>>;
let emulator: Emulator;
let user: Project;

beforeAll(async () => {
  data = await scratch();
  emulator = await startCli(['--log', 'silent', '--https', '--https-port', '0', '--data-dir', data.path]);
  user = await project();
  for (const { name, code } of files) user.write(name, here(code));
});
afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
  await user[Symbol.asyncDispose]();
  await data[Symbol.asyncDispose]();
});

const here = (code: string): string =>
  code
    .replaceAll('127.0.0.1:4520', `127.0.0.1:${emulator.port}`)
    .replaceAll('https://127.0.0.1:4543', emulator.secureUrl!);

const UUID = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g;
const sameIds = (text: string): string => text.replace(UUID, 'a RequestId').trim();

test.each(runs)('$name prints what the README shows', async ({ language, code, output }) => {
  expect(output).toBeTruthy();
  expect(sameIds(await user.run(language, here(code)))).toContain(sameIds(output));
});

test('every shell, curl and Node block is run, or used by one that is', () => {
  expect([blocks > 0, tested]).toEqual([true, blocks]);
});
