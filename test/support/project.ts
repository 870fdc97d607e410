/** A folder like a user's project: what they would have installed, and their recipes run in it. */
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { scratch } from './child.js';
import { requireFreshDist } from './dist.js';

export interface Project extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string): void;
  /** @param language `js`: a module; else bash. @returns stdout, in no colours. @throws when it exits with another code than 0 */
  run(language: string, code: string): Promise<string>;
  /** Runs node in it, to its end, whatever that is. */
  node(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const INSTALLED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['@alicloud', 'ali-oss', 'msw', 'typescript', 'vitest'].map((name) => [
      `node_modules/${name}`,
      `node_modules/${name}`,
    ]),
  ),
  ...Object.fromEntries(
    ['express', 'jest', 'mocha', '@playwright'].map((name) => [
      `node_modules/${name}`,
      `test/runners/node_modules/${name}`,
    ]),
  ),
  'node_modules/.bin/jest': 'test/runners/node_modules/jest/bin/jest.js',
  'node_modules/.bin/playwright': 'test/runners/node_modules/@playwright/test/cli.js',
  'node_modules/.bin/mocha': 'test/runners/node_modules/mocha/bin/mocha.js',
  'node_modules/cloudauth-mock': '.',
  'node_modules/.bin/vitest': 'node_modules/vitest/vitest.mjs',
  'node_modules/.bin/cloudauth-mock': 'dist/cli.js',
};

/** As a user's shell would have it: nothing of the test runner's around. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CLOUDAUTH_MOCK_|VITEST|NODE_|TEST$)/.test(name)),
);

export async function project(): Promise<Project> {
  requireFreshDist();
  const folder = await scratch();
  const at = (name: string) => join(folder.path, name);
  for (const [path, target] of Object.entries(INSTALLED)) {
    mkdirSync(join(at(path), '..'), { recursive: true });
    symlinkSync(resolve(target), at(path));
  }
  const write = (name: string, content: string) => writeFileSync(at(name), content);
  write('package.json', '{"type":"module"}');
  return {
    path: folder.path,
    write,
    async run(language, code) {
      const isNode = language === 'js';
      if (isNode) write('recipe.js', code);
      const [command, args] = isNode
        ? [process.execPath, ['recipe.js']]
        : ['bash', ['--norc', '-euo', 'pipefail', '-c', code]];
      const { stdout } = await promisify(execFile)(command, args, { cwd: folder.path, env: { ...env, NO_COLOR: '1' } });
      return stripVTControlCharacters(stdout);
    },
    node: (args, more = {}) =>
      new Promise((resolve) => {
        const options = { cwd: folder.path, env: { ...env, NO_COLOR: '1', ...more } };
        execFile(process.execPath, args, options, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
        );
      }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
