/** What runs before `npm start` and `npm test`: it installs and builds what is missing, and nothing when nothing changed. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';

/** A project of the same layout, whose npm and build only note that they were called. */
function project() {
  const root = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
  const write = (file: string, text: string, mode?: number) => writeFileSync(join(root, file), text, { mode });
  for (const folder of ['.ci', 'src', 'bin']) mkdirSync(join(root, folder));
  copyFileSync('.ci/prepare.mjs', join(root, '.ci/prepare.mjs'));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src/a.ts'])
    write(file, '{}');
  write('steps', '');
  write(
    '.ci/build.mjs',
    `import fs from 'node:fs'; fs.rmSync('dist', { recursive: true, force: true }); fs.mkdirSync('dist'); fs.writeFileSync('dist/cli.js', ''); fs.appendFileSync('steps', 'build\\n');`,
  );
  const npm = (exit: number) => write('bin/npm', `#!/bin/sh\necho "npm $1" >> steps\nexit ${exit}\n`, 0o755);
  npm(0);
  return {
    root,
    write,
    npm,
    /** @returns what was printed, the exit code, and the steps taken */
    prepare(cwd = root) {
      write('steps', '');
      const PATH = `${join(root, 'bin')}${delimiter}${process.env.PATH}`;
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, '.ci/prepare.mjs')], {
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

test('a fresh clone is installed with npm ci and built, and told how long that may take', () => {
  using clone = project();
  const first = clone.prepare();
  expect(first).toMatchObject({ status: 0, steps: ['npm ci', 'build'] });
  expect(first.printed).toContain('better-sqlite3');
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
  expect(clone.prepare().steps).toEqual(['npm ci', 'build']);
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
  expect(failed).toMatchObject({ status: 1, steps: ['npm ci'] });
  expect(failed.printed).toMatch(/'npm ci [^']*' failed with exit code 7; see above\.\n$/);
  clone.npm(0);
  expect(clone.prepare().steps).toEqual(['npm ci', 'build']);
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
  expect(clone.prepare(tmpdir()).steps).toEqual(['npm ci', 'build']);
});
