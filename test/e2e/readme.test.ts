/** The recipes of README.md, run as they stand in a project like a user's: only the emulator's port is another. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, scratch, startCli } from '../support/child.js';

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

let emulator: Emulator;
let project: string;

beforeAll(async () => {
  emulator = await startCli(['--log', 'silent']);
  const folder = await scratch();
  project = folder.path;
  for (const name of ['@alicloud', 'ali-oss', 'msw', 'vitest']) link(`node_modules/${name}`, `node_modules/${name}`);
  link('.', 'node_modules/cloudauth-mock');
  link('node_modules/vitest/vitest.mjs', 'node_modules/.bin/vitest');
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  for (const { name, code } of files) writeFileSync(join(project, name), here(code));
  return () => folder[Symbol.asyncDispose]();
});
afterAll(() => emulator[Symbol.asyncDispose]());

function link(target: string, path: string): void {
  mkdirSync(join(project, path, '..'), { recursive: true });
  symlinkSync(resolve(target), join(project, path));
}

const here = (code: string): string => code.replaceAll('127.0.0.1:4520', `127.0.0.1:${emulator.port}`);

/** As a user's shell would have it: nothing of the test runner's around. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CLOUDAUTH_MOCK_|VITEST|NODE_|TEST$)/.test(name)),
);

async function output({ name, language, code }: (typeof runs)[number]): Promise<string> {
  const isNode = language === 'js';
  if (isNode) writeFileSync(join(project, `${name}.js`), here(code));
  const [command, args] = isNode
    ? [process.execPath, [`${name}.js`]]
    : ['bash', ['-euo', 'pipefail', '-c', here(code)]];
  const { stdout } = await promisify(execFile)(command, args, { cwd: project, env: { ...env, NO_COLOR: '1' } });
  return stripVTControlCharacters(stdout);
}

const UUID = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g;
const sameIds = (text: string): string => text.replace(UUID, 'a RequestId').trim();

test.each(runs)('$name prints what the README shows', async (recipe) => {
  expect(recipe.output).toBeTruthy();
  expect(sameIds(await output(recipe))).toContain(sameIds(recipe.output));
});

test('every shell, curl and Node block is run, or used by one that is', () => {
  const blocks = [...README.matchAll(/^```(?:bash|js)$/gm)].length;
  const tested = marked.filter(({ language }) => language === 'bash' || language === 'js').length;
  expect([blocks > 0, tested]).toEqual([true, blocks]);
});
