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
  /^(package\.json|LICENSE|SUPPORTED\.md|config\.schema\.json|README(\.zh-CN)?\.md|docs\/.+\.md|scenarios\/.+\.(yaml|json)|dist\/([\w./-]+\.(js|js\.map|d\.ts|json)|\.stamp))$/;

let app: string;
let files: string[];

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
  const tarball = join(app, JSON.parse(packed)[0].filename);
  files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  // what an install would bring, and nothing we only develop with; msw is the user's own
  for (const name of [...Object.keys(OURS.dependencies), 'msw', '@types/node']) link(name);
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
  expect(files).toEqual(expect.arrayContaining(['package.json', 'dist/cli.js', 'dist/index.d.ts', 'dist/msw.d.ts']));
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

test('a strict TypeScript project sees the types of both', () => {
  writeFileSync(
    join(app, 'use.ts'),
    `import { type CloudauthMock, createCloudauthMock } from 'cloudauth-mock';
     import { handlers } from 'cloudauth-mock/msw';
     const mock: CloudauthMock = createCloudauthMock({ port: 0, device: 'polls:2' });
     export const url: string = mock.url;
     export const count: number = handlers(mock).length;
     // @ts-expect-error there is no such option
     createCloudauthMock({ nothing: 1 });
     // @ts-expect-error a mock has no such member
     mock.nothing;`,
  );
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const flags = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  expect(inApp(tsc, ...flags, 'use.ts')).toBe('');
});
