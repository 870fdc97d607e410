// better-sqlite3 13 needs Node 22.14. For an older one, version 12 is made here: downloaded where its maker has it for this
// machine, else compiled, which takes a minute or two. Exits 0 when it is there, or not needed.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = fileURLToPath(new URL('../node_modules/better-sqlite3-12', import.meta.url));
/** Which Node it was last made for, and whether it could be. */
const NOTE = `${FOLDER}/.made`;
const MADE = `${process.version} made`;

// asked again after an install
const isNeeded = () => Number(process.versions.napi) < 10 && existsSync(FOLDER);
const noted = () => (existsSync(NOTE) ? readFileSync(NOTE, 'utf8') : '');
/** It is needed, and nobody has tried to make it for this Node. */
export const isMissing = () => isNeeded() && !noted().startsWith(process.version);

/** Where it is made: an emulator that starts meanwhile must not load a binary that is half written. */
const WORKSHOP = '.better-sqlite3-12-';
const TOO_LONG_MS = 20 * 60_000;
/** Somebody is at it. */
export const isBeingMade = () =>
  readdirSync(dirname(FOLDER)).some(
    (name) => name.startsWith(WORKSHOP) && Date.now() - statSync(resolve(FOLDER, '..', name)).mtimeMs < TOO_LONG_MS,
  );

function make() {
  const workshop = resolve(FOLDER, '..', WORKSHOP + process.pid);
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  // the headers that came with node; else node-gyp downloads them
  const nodedir = process.env.npm_config_nodedir ?? (existsSync(`${prefix}/include/node/node.h`) ? prefix : undefined);
  try {
    cpSync(FOLDER, workshop, { recursive: true, filter: (source) => !source.startsWith(`${FOLDER}/build`) });
    const { status } = spawnSync('npm', ['run', 'install', '--silent'], {
      cwd: workshop,
      env: nodedir ? { ...process.env, npm_config_nodedir: nodedir } : process.env,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status === 0) {
      rmSync(`${FOLDER}/build`, { recursive: true, force: true });
      renameSync(`${workshop}/build`, `${FOLDER}/build`);
    }
    writeFileSync(NOTE, status === 0 ? MADE : `${process.version} failed`);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href && isNeeded()) {
  // an emulator may be running beside it
  setPriority(10);
  if (noted() !== MADE) make();
  process.exit(noted() === MADE ? 0 : 1);
}
