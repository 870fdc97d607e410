// Before `npm start` and `npm test`: installs and builds what is missing, and nothing when nothing changed. Nothing is
// compiled before a start; with --all, for the tests, all is made up front.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBeingMade, isMissing } from './older-node.mjs';
import { distInputs, hash } from './stamp.mjs';

const PATIENCE_MS = 15_000;
const say = (text) => process.stderr.write(`${text}\n`);

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < 20) {
  say(`cloudauth-mock needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** @returns the exit code; rejects when there is no such command */
const run = (command, args) =>
  new Promise((resolve, reject) =>
    // a shell finds npm where it is a script, as on Windows
    spawn(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
      .on('error', reject)
      .on('close', resolve),
  );

/** Runs a step unless its inputs are as they were when it last succeeded. */
async function step(stamp, inputs, announcement, command, args) {
  const now = hash(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  say(announcement);
  const startedAt = performance.now();
  const still = setInterval(
    () => say(`  still at it, ${Math.round((performance.now() - startedAt) / 1000)} s …`),
    PATIENCE_MS,
  );
  const line = `${command} ${args.join(' ')}`;
  const failure = await run(command, args).then(
    (code) => (code === 0 ? undefined : `'${line}' failed with exit code ${code}; see above.`),
    (error) => `cannot run '${line}': ${error.message}`,
  );
  clearInterval(still);
  if (failure) {
    say(failure);
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

await step(
  'node_modules/.cloudauth-mock-stamp',
  ['package-lock.json'],
  'Installing packages …',
  'npm',
  // the binaries that are needed come as packages of their own: no script has to run, no compiler to be there
  ['ci', '--ignore-scripts', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'],
);
const everything = process.argv.includes('--all');
if (everything)
  await step(
    'test/runners/node_modules/.cloudauth-mock-stamp',
    ['test/runners/package-lock.json'],
    'Installing the test runners that the tests run …',
    'npm',
    ['ci', '--prefix', 'test/runners', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'],
  );
const build = everything ? ['.ci/build.mjs'] : ['.ci/build.mjs', '--types-later'];
await step('dist/.stamp', distInputs(), 'Building …', process.execPath, build);

const OLDER_NODE = fileURLToPath(new URL('older-node.mjs', import.meta.url));
if (isMissing()) {
  const why = `Node ${process.versions.node} is served best by better-sqlite3 12`;
  if (everything) {
    say(`${why}, which is made now: up to 2 minutes, once.`);
    const code = await run(process.execPath, [OLDER_NODE]);
    if (code !== 0) say('It cannot be made here, see above: the tests use SQLite as WebAssembly only.');
  } else if (isBeingMade()) {
    say(`${why}, which is still being made in the background; this start runs SQLite as WebAssembly.`);
  } else {
    say(`${why}: it is made in the background for the next start; this one runs SQLite as WebAssembly.`);
    spawn(process.execPath, [OLDER_NODE], { detached: true, stdio: 'ignore', windowsHide: true }).unref();
  }
}
