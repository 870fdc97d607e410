/** The recipes of README.md, run as they stand in a project like a user's: only the emulator's ports are others. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, scratch, startCli } from '../support/child.js';
import { type Project, project } from '../support/project.js';

const README = readFileSync('README.md', 'utf8');

/** `<!-- run: name -->` or `<!-- file: name -->`, the block under it, and for a run the block that shows its output. */
const MARKED =
  /^<!-- (?<kind>run|file): (?<name>[\w.-]+) -->\n```(?<language>\w+)\n(?<code>.*?)^```\n(?:\n```(?:json|xml|text)\n(?<output>.*?)^```\n)?/gms;
const marked = [...README.matchAll(MARKED)].map(({ groups }) => groups as Record<string, string | undefined>);
const files = marked.filter(({ kind }) => kind === 'file') as { name: string; code: string }[];
const runs = marked.filter(({ kind }) => kind === 'run') as {
  name: string;
  language: string;
  code: string;
  output: string;
}[];

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
  const blocks = [...README.matchAll(/^```(?:bash|js)$/gm)].length;
  const tested = marked.filter(({ language }) => language === 'bash' || language === 'js').length;
  expect([blocks > 0, tested]).toEqual([true, blocks]);
});
