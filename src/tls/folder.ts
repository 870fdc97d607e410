/** The folder a CA lives in between runs: where it is, and how it is made, read and replaced as a whole. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve, win32 } from 'node:path';
import { InputError } from '../platform/input-error.js';

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

/** Where a user's programs keep what is not theirs to edit. @param given of `--data-dir` */
export function dataFolder(given: string | undefined, { platform, env, home }: Machine = thisMachine()): string {
  if (given !== undefined) return resolve(given);
  const { XDG_DATA_HOME: xdg = '', LOCALAPPDATA: local = '' } = env;
  if (platform === 'win32') return win32.join(local || win32.join(home, 'AppData', 'Local'), 'cloudauth-mock');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'cloudauth-mock');
  // of a relative one the specification says that it is to be ignored
  return join(isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'cloudauth-mock');
}

export type Files = Readonly<Record<string, string | Buffer>>;

export const isThere = (folder: string): boolean => existsSync(folder);

/**
 * Writes a folder nobody can see half of: of two processes that make it at once one wins, and both find it there.
 * @param replace whether one that is there gives way @throws InputError
 */
export function makeFolder(folder: string, files: Files, replace: boolean): void {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    const made = mkdtempSync(`${folder}.new-`);
    try {
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(made, name), content, { mode: isSecret(name) ? 0o600 : 0o644 });
      // clients of other users read the certificate too
      chmodSync(made, 0o755);
      if (replace && isThere(folder)) takeAway(folder);
      renameSync(made, folder);
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
  } catch (error) {
    // somebody else was quicker
    if (!replace && isThere(folder)) return;
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new InputError(`cannot write ${folder} (${code || message}); --data-dir names another folder`);
  }
}

function takeAway(folder: string): void {
  const old = mkdtempSync(`${folder}.old-`);
  renameSync(folder, join(old, 'ca'));
  rmSync(old, { recursive: true, force: true });
}

const isSecret = (name: string): boolean => name.endsWith('.key');

/** @throws InputError with what is wrong */
export function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    throw new InputError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Whether others than its owner may read a file; Windows does not tell. */
export function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
}
