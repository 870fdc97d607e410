// Before `npm start` and `npm test`: installs and builds what is missing, and nothing when nothing changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = 15_000;
const say = (text) => process.stderr.write(`${text}\n`);

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < 20) {
  say(`cloudauth-mock needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}

const hash = (files) => {
  const sum = createHash('sha256').update(process.version);
  for (const file of files) sum.update(file).update(readFileSync(file));
  return sum.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((name) => statSync(name).isFile())
    .sort();

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
  'Installing packages. Where better-sqlite3 has no prebuilt binary for this machine it is compiled: 1–2 minutes, once.',
  'npm',
  ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'],
);
await step(
  'dist/.stamp',
  [...filesBelow('src'), 'package.json', 'package-lock.json', '.ci/build.mjs', 'tsconfig.json', 'tsconfig.build.json'],
  'Building …',
  process.execPath,
  ['.ci/build.mjs'],
);
