/** The tarball in an empty folder, by each package manager, with scripts and without, where no compiler is: it starts and answers. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cloudauth2019 } from '../support/call.js';
import { runCli, scratch, startCli } from '../support/child.js';
import { requireFreshDist } from '../support/dist.js';

const RUNNERS = resolve('test/runners/node_modules');
/** What an install may find: no compiler, no Python. */
const TOOLS = ['node', 'npm', 'sh', 'env', 'sed', 'dirname', 'basename', 'uname'];

let home: string;
let tarball: string;

beforeAll(async () => {
  requireFreshDist();
  const folder = await scratch();
  home = folder.path;
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', home], {
    encoding: 'utf8',
  });
  tarball = join(home, JSON.parse(packed)[0].filename);
  mkdirSync(join(home, 'bin'));
  for (const tool of TOOLS) {
    const found = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
    symlinkSync(tool === 'node' ? process.execPath : realpathSync(found), join(home, 'bin', tool));
  }
  return () => folder[Symbol.asyncDispose]();
});

function emptyFolder(name: string): string {
  const folder = join(home, 'projects', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  return folder;
}

function install(folder: string, command: readonly string[]): void {
  execFileSync(command[0]!, command.slice(1), {
    cwd: folder,
    // caches of its own, so that a tarball of the same version that was installed before is not taken for this one, and
    // none in the folder of a test
    env: {
      ...{ ...process.env, PATH: join(home, 'bin') },
      ...{ npm_config_cache: join(home, 'kept/npm'), npm_config_store_dir: join(home, 'kept/pnpm') },
      ...{ YARN_CACHE_FOLDER: join(folder, '.cache'), YARN_GLOBAL_FOLDER: join(home, 'kept/yarn') },
      ...{ YARN_NODE_LINKER: 'node-modules', YARN_ENABLE_SCRIPTS: 'true' },
    },
    stdio: 'pipe',
  });
}

const NPM = ['npm', 'install'];
const PNPM = ['node', join(RUNNERS, 'pnpm/bin/pnpm.cjs'), 'add'];
const YARN_1 = ['node', join(RUNNERS, 'yarn/bin/yarn.js'), 'add'];
const YARN = ['node', join(RUNNERS, '@yarnpkg/cli-dist/bin/yarn.js'), 'add'];

test.each([
  ['npm', NPM],
  ['npm without scripts', [...NPM, '--ignore-scripts']],
  ['pnpm with every script', [...PNPM, '--dangerously-allow-all-builds']],
  ['pnpm without scripts', [...PNPM, '--ignore-scripts']],
  ['yarn 1', YARN_1],
  ['yarn 1 without scripts', [...YARN_1, '--ignore-scripts']],
  ['yarn', YARN],
  ['yarn without scripts', [...YARN, '--mode=skip-build']],
])(
  'installed by %s it starts, names its driver, as doctor does, and answers a signed call',
  { timeout: 120_000 },
  async (name, command) => {
    const folder = emptyFolder(name.replaceAll(' ', '-'));
    // without one of its own, yarn looks for a project in the folders above
    if (command[1]?.includes('cli-dist')) writeFileSync(join(folder, 'yarn.lock'), '');
    install(folder, [...command, `cloudauth-mock@file:${tarball}`]);
    const cli = join(folder, 'node_modules/cloudauth-mock/dist/cli.js');
    await using emulator = await startCli([], { cli, cwd: folder });
    const [, driver] = /^ {2}driver {6}((?:better-sqlite3|node-sqlite3-wasm) \d+\.\S+)$/m.exec(emulator.stderr()) ?? [];
    const { stdout } = await runCli(['doctor'], { cli, cwd: folder });
    expect(stdout).toContain(` driver    ${driver}`);
    expect((await emulator.call(cloudauth2019('DescribeOssUploadToken'))).status).toBe(200);
  },
);

test('where better-sqlite3 could not be installed, doctor names the driver that runs and why', {
  timeout: 120_000,
}, async () => {
  const folder = emptyFolder('no-optional');
  install(folder, [...NPM, '--omit=optional', `cloudauth-mock@file:${tarball}`]);
  const cli = join(folder, 'node_modules/cloudauth-mock/dist/cli.js');
  const { stdout } = await runCli(['doctor'], { cli, cwd: folder });
  expect(stdout).toMatch(/^! driver {4}node-sqlite3-wasm \d\S*, for better-sqlite3 does not load: it (is not|needs)/m);
});
