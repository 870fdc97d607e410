/** The tarball as a user installs it: what it holds, that it starts, that its entry points and types resolve. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src/platform/version.js';
import { cloudauth2019 } from '../support/call.js';
import { runCli, scratch, startCli } from '../support/child.js';
import { requireFreshDist } from '../support/dist.js';

const OURS = JSON.parse(readFileSync('package.json', 'utf8'));
const MAY_HOLD =
  /^(package\.json|LICENSE|SUPPORTED\.md|config\.schema\.json|README(\.zh-CN)?\.md|docs\/(?!decisions|releasing|architecture).+\.md|scenarios\/.+\.(yaml|json)|dist\/([\w./-]+\.(c?js|d\.c?ts|json)))$/;

let app: string;
let files: string[];
let tarball: string;

beforeAll(async () => {
  requireFreshDist();
  const folder = await scratch();
  app = folder.path;
  const installed = join(app, 'node_modules/cloudauth-mock');
  mkdirSync(installed, { recursive: true });
  // without scripts: prepack would build dist anew under the feet of the other tests
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', app], {
    encoding: 'utf8',
  });
  tarball = join(app, JSON.parse(packed)[0].filename);
  files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  // what an install would bring, and nothing we only develop with; msw is the user's own
  const brought = { ...OURS.dependencies, ...OURS.optionalDependencies };
  for (const name of [...Object.keys(brought), 'msw', '@types/node']) link(name);
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  return () => folder[Symbol.asyncDispose]();
});

function link(name: string): void {
  const target = join(app, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(resolve('node_modules', name), target);
}

const inApp = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, [file, ...args], { cwd: app, encoding: 'utf8' });

test('it holds the built code, its types and the documents, and nothing else', () => {
  expect(files).toEqual(
    expect.arrayContaining(['package.json', 'dist/cli.js', 'dist/index.d.ts', 'dist/index.cjs', 'dist/index.d.cts']),
  );
  expect(files.filter((name) => !MAY_HOLD.test(name))).toEqual([]);
});

test('its bin starts with the declared dependencies alone and answers a signed call', async () => {
  await using emulator = await startCli([], {
    cli: join(app, 'node_modules/cloudauth-mock', OURS.bin['cloudauth-mock']),
  });
  const reply = await emulator.call(cloudauth2019('DescribeOssUploadToken'));
  expect(reply.headers.get('x-cloudauth-mock')).toBe(VERSION);
  expect(reply.status).toBe(200);
});

describe('where no better-sqlite3 loads', () => {
  let cli: string;

  beforeAll(async () => {
    const folder = await scratch();
    cli = join(folder.path, 'node_modules/cloudauth-mock', OURS.bin['cloudauth-mock']);
    cpSync(join(app, 'node_modules'), join(folder.path, 'node_modules'), {
      recursive: true,
      filter: (source) => !source.includes('better-sqlite3'),
    });
    return () => folder[Symbol.asyncDispose]();
  });

  test('its bin starts all the same, with SQLite as WebAssembly, and says so', async () => {
    await using emulator = await startCli([], { cli });
    expect(emulator.stderr()).toMatch(/^ {2}driver {6}node-sqlite3-wasm \d/m);
    expect((await emulator.call(cloudauth2019('DescribeOssUploadToken'))).status).toBe(200);
  });

  test('better-sqlite3, asked for by name, is refused in a line that says what runs', async () => {
    expect(await runCli(['--port', '0', '--driver', 'better-sqlite3'], { cli })).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(
        /^cloudauth-mock: [^\n]*better-sqlite3 does not load[^\n]*; what runs here: --driver node-sqlite3-wasm\n$/,
      ),
    });
  });
});

test('its bin is a script that a shell hands to node', () => {
  const bin = readFileSync(join(app, 'node_modules/cloudauth-mock', OURS.bin['cloudauth-mock']), 'utf8');
  expect(bin).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('both entry points can be imported and work', () => {
  writeFileSync(
    join(app, 'use.js'),
    `import { createCloudauthMock } from 'cloudauth-mock';
     import { handlers } from 'cloudauth-mock/msw';
     const mock = createCloudauthMock();
     console.log(mock.url, handlers(mock).length > 0);`,
  );
  expect(inApp('use.js')).toBe('https://cloudauth.aliyuncs.com true\n');
});

test('in CommonJS both are the same as in an ES module', () => {
  writeFileSync(
    join(app, 'use.cjs'),
    `const { createCloudauthMock, OptionError } = require('cloudauth-mock');
     const { handlers } = require('cloudauth-mock/msw');
     import('cloudauth-mock').then((es) => {
       console.log(es.createCloudauthMock === createCloudauthMock, es.OptionError === OptionError);
       console.log(handlers(createCloudauthMock()).length > 0);
     });`,
  );
  expect(inApp('use.cjs')).toBe('true true\ntrue\n');
});

/** As it is written in either kind of module. */
const TYPED = `
  const mock: CloudauthMock = createCloudauthMock({ port: 0, device: 'polls:2' });
  export const url: string = mock.url;
  export const count: number = handlers(mock).length;
  setupServer(...handlers(mock));
  export const isOurs = (error: unknown): error is OptionError => error instanceof OptionError;
  // @ts-expect-error there is no such option
  createCloudauthMock({ nothing: 1 });
  // @ts-expect-error a mock has no such member
  mock.nothing;`;

test.each(['use.mts', 'use.cts'])('a strict TypeScript project sees the types of both: %s', (file) => {
  writeFileSync(
    join(app, file),
    `import { type CloudauthMock, createCloudauthMock, OptionError } from 'cloudauth-mock';
     import { handlers } from 'cloudauth-mock/msw';
     import 'cloudauth-mock/register';
     import { setupServer } from 'msw/node';
     ${TYPED}`,
  );
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const flags = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'node20',
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  expect(inApp(tsc, ...flags, file)).toBe('');
});

test('its types need no package that is not installed with it', () => {
  writeFileSync(join(app, 'checked.mts'), "export { createCloudauthMock } from 'cloudauth-mock';");
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', ...['--module', 'node20'], ...['--target', 'es2023'], ...['--types', 'node']];
  expect(inApp(tsc, ...flags, 'checked.mts')).toBe('');
});

const RUNNERS = 'test/runners/node_modules';

test('publint finds nothing wrong with it', () => {
  expect(inApp(resolve(RUNNERS, 'publint/src/cli.js'), 'node_modules/cloudauth-mock', '--pack', 'false')).toContain(
    'All good!',
  );
});

test('the types of every entry are those of its kind of module', () => {
  const attw = resolve(RUNNERS, '@arethetypeswrong/cli/dist/index.js');
  expect(
    inApp(attw, tarball, '--profile', 'node16', '--format', 'ascii', ...['--ignore-rules', 'cjs-resolves-to-esm']),
  ).toContain('node16 (from CJS): 🟢 (CJS)');
});
