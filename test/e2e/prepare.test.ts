/** What runs before `npm start` and `npm test`: it installs and builds what is missing, and nothing when nothing changed. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';

/** A project of the same layout, whose npm and build only note that they were called. */
function project() {
  const root = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
  const write = (file: string, text: string, mode?: number) => writeFileSync(join(root, file), text, { mode });
  for (const folder of ['.ci', 'src', 'bin', 'test/runners']) mkdirSync(join(root, folder), { recursive: true });
  for (const script of ['prepare.mjs', 'stamp.mjs']) copyFileSync(`.ci/${script}`, join(root, '.ci', script));
  for (const file of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    ...['commonjs', 'on-demand', 'one-file', 'sbom', 'types'].map((name) => `.ci/${name}.mjs`),
    'test/runners/package-lock.json',
    'src/a.ts',
  ])
    write(file, '{}');
  write('steps', '');
  write('.ci/page-scripts.mjs', '');
  write(
    '.ci/build.mjs',
    `import fs from 'node:fs'; fs.rmSync('dist', { recursive: true, force: true }); fs.mkdirSync('dist'); fs.writeFileSync('dist/cli.js', ''); fs.appendFileSync('steps', 'build\\n');`,
  );
  // whether another version of the database is to be made, and what making it leaves behind
  const olderNode = (isMissing: boolean) =>
    write(
      '.ci/older-node.mjs',
      `import fs from 'node:fs'; export const isMissing = () => ${isMissing}; export const isBeingMade = () => false; if (import.meta.url.endsWith(process.argv[1])) fs.writeFileSync('made', '');`,
    );
  olderNode(false);
  const npm = (exit: number) =>
    write('bin/npm', `#!/bin/sh\necho "npm $*" | cut -d " " -f 1-3 >> steps\nexit ${exit}\n`, 0o755);
  npm(0);
  return {
    root,
    write,
    npm,
    olderNode,
    /** @returns what was printed, the exit code, and the steps taken */
    prepare({ cwd = root, args = [] as string[] } = {}) {
      write('steps', '');
      const PATH = `${join(root, 'bin')}${delimiter}${process.env.PATH}`;
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, '.ci/prepare.mjs'), ...args], {
        cwd,
        env: { ...process.env, PATH },
        encoding: 'utf8',
      });
      return {
        status,
        printed: stdout + stderr,
        steps: readFileSync(join(root, 'steps'), 'utf8').split('\n').filter(Boolean),
      };
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

test('a fresh clone is installed without running a script, and built', () => {
  using clone = project();
  const first = clone.prepare();
  expect(first).toEqual({
    status: 0,
    printed: 'Installing packages …\nBuilding …\n',
    steps: ['npm ci --ignore-scripts', 'build'],
  });
});

test('before a start on an older Node its database is made in the background, and a line says so', async () => {
  using clone = project();
  clone.prepare();
  clone.olderNode(true);
  const made = new Promise<void>((resolve) => {
    const watcher = watch(clone.root, (_event, name) => {
      if (name !== 'made') return;
      watcher.close();
      resolve();
    });
  });
  const { status, printed } = clone.prepare();
  await made;
  expect([status, printed]).toEqual([
    0,
    expect.stringMatching(/^Node [\d.]+ is served best by better-sqlite3 12: [^\n]*next start[^\n]*\n$/),
  ]);
});

test('before the tests, and only then, the runners they run are installed apart', () => {
  using clone = project();
  const first = clone.prepare({ args: ['--all'] });
  expect(first.steps).toEqual(['npm ci --ignore-scripts', 'npm ci --prefix', 'build']);
  expect(clone.prepare({ args: ['--all'] }).steps).toEqual([]);
  clone.write('test/runners/package-lock.json', 'changed');
  expect([clone.prepare().steps, clone.prepare({ args: ['--all'] }).steps]).toEqual([[], ['npm ci --prefix']]);
});

test('before the tests it is made up front', () => {
  using clone = project();
  clone.olderNode(true);
  const { status, printed } = clone.prepare({ args: ['--all'] });
  expect([status, printed.split('\n').at(-2), existsSync(join(clone.root, 'made'))]).toEqual([
    0,
    expect.stringMatching(/^Node [\d.]+ .* which is made now/),
    true,
  ]);
});

test('a build is fresh until a source of it changes', () => {
  using clone = project();
  clone.prepare();
  const script = `import { isDistFresh } from './.ci/stamp.mjs'; console.log(isDistFresh())`;
  const isFresh = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: clone.root, encoding: 'utf8' }).stdout;
  const before = isFresh();
  clone.write('src/a.ts', 'changed');
  const after = isFresh();
  rmSync(join(clone.root, 'dist'), { recursive: true });
  expect([before, after, isFresh()]).toEqual(['true\n', 'false\n', 'false\n']);
});

test('a second run prints nothing and starts nothing', () => {
  using clone = project();
  clone.prepare();
  expect(clone.prepare()).toEqual({ status: 0, printed: '', steps: [] });
});

test('a changed source is built again, without a new install', () => {
  using clone = project();
  clone.prepare();
  clone.write('src/a.ts', 'changed');
  expect(clone.prepare().steps).toEqual(['build']);
});

test('a source that went away is built again', () => {
  using clone = project();
  clone.write('src/b.ts', '');
  clone.prepare();
  rmSync(join(clone.root, 'src/b.ts'));
  expect(clone.prepare().steps).toEqual(['build']);
});

test('a changed lock file is installed, and built with', () => {
  using clone = project();
  clone.prepare();
  clone.write('package-lock.json', '{"changed":true}');
  expect(clone.prepare().steps).toEqual(['npm ci --ignore-scripts', 'build']);
});

test('a missing dist is built again', () => {
  using clone = project();
  clone.prepare();
  rmSync(join(clone.root, 'dist'), { recursive: true });
  expect(clone.prepare().steps).toEqual(['build']);
});

test('a failed install stops it, says so, and is tried again', () => {
  using clone = project();
  clone.npm(7);
  const failed = clone.prepare();
  expect(failed).toMatchObject({ status: 1, steps: ['npm ci --ignore-scripts'] });
  expect(failed.printed).toMatch(/'npm ci [^']*' failed with exit code 7; see above\.\n$/);
  clone.npm(0);
  expect(clone.prepare().steps).toEqual(['npm ci --ignore-scripts', 'build']);
});

test('without npm it says what is missing', () => {
  using clone = project();
  rmSync(join(clone.root, 'bin/npm'));
  const { status, stderr } = spawnSync(process.execPath, [join(clone.root, '.ci/prepare.mjs')], {
    env: { PATH: join(clone.root, 'bin') },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/cannot run 'npm/);
  expect(stderr).not.toContain('    at ');
});

test('it works from any folder', () => {
  using clone = project();
  expect(clone.prepare({ cwd: tmpdir() }).steps).toEqual(['npm ci --ignore-scripts', 'build']);
});

/** Scripts that the build loads or runs, itself among them. */
function buildScripts(file = 'build.mjs', found = new Set<string>()): Set<string> {
  found.add(`.ci/${file}`);
  const loaded = /from '\.\/([\w-]+\.mjs)';$|\['\.ci\/([\w-]+\.mjs)'\]/gm;
  for (const [, imported, spawned] of readFileSync(`.ci/${file}`, 'utf8').matchAll(loaded)) {
    const next = (imported ?? spawned)!;
    if (!found.has(`.ci/${next}`)) buildScripts(next, found);
  }
  return found;
}

test.each(['Dockerfile', '.dockerignore', '.ci/stamp.mjs'])('%s names every script that the build loads', (file) => {
  const text = readFileSync(file, 'utf8');
  const scripts = [...buildScripts()];
  expect(scripts.length).toBeGreaterThan(4);
  expect(scripts.filter((script) => script !== file && !text.includes(script))).toEqual([]);
});
