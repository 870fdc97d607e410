// Before `npm start` and `npm test`: installs and builds what is missing, and nothing when nothing changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const PATIENCE_MS = 15_000;
const say = (text) => process.stderr.write(`${text}\n`);

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
  const code = await new Promise((resolve) => spawn(command, args, { stdio: ['ignore', 2, 2] }).on('close', resolve));
  clearInterval(still);
  if (code !== 0) {
    say(`'${command} ${args.join(' ')}' failed with exit code ${code}; see above.`);
    process.exit(1);
  }
  mkdirSync(stamp.replace(/\/[^/]*$/, ''), { recursive: true });
  writeFileSync(stamp, now);
}

await step(
  'node_modules/.cloudauth-mock-stamp',
  ['package-lock.json'],
  'Installing packages. Where better-sqlite3 has no prebuilt binary for this machine it is compiled: 1–2 minutes, once.',
  'npm',
  ['ci', '--no-fund', '--no-audit', '--loglevel=error'],
);
await step(
  'dist/.stamp',
  [...filesBelow('src'), 'package.json', '.ci/build.mjs', 'tsconfig.json', 'tsconfig.build.json'],
  'Building …',
  process.execPath,
  ['.ci/build.mjs'],
);
