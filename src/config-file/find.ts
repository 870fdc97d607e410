/** Where the config file lies: in the working folder, or above it as far as the project goes. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { OptionError } from '../config/options.js';

const BASE = 'cloudauth-mock.config.';
export const CONFIG_NAMES: readonly string[] = ['yaml', 'json', 'mjs', 'ts'].map((end) => BASE + end);
/** What somebody may take for one of these. */
const MISTAKEN = /^cloudauth-mock\.config\.(yml|js|cjs|mts|cts|jsonc|json5|toml)$/;

/** As messages call a file. */
export const shownPath = (file: string): string => relative('', file) || file;

/**
 * @param user the number of who asks; undefined where users have none
 * @returns undefined where there is none. @throws OptionError where it is not clear which counts
 */
export function findConfig(from = workingFolder(), user = process.getuid?.()): string | undefined {
  for (const folder of from === undefined ? [] : projectFolders(from)) {
    const file = configIn(folder);
    if (file === undefined) continue;
    if (folder !== from && isOfAnother(file, user))
      throw new OptionError(`${shownPath(file)} belongs to another user; name it with --config, or give --no-config`);
    return file;
  }
  return undefined;
}

/** Undefined where it was deleted. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Up to the nearest with package.json or .git; outside of a project the folder alone, for what lies above may be anybody's. */
function projectFolders(from: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    folders.push(folder);
    if (['package.json', '.git'].some((name) => existsSync(join(folder, name)))) return folders;
    if (folder === dirname(folder)) return [from];
  }
}

/** The config file of a folder. @throws OptionError */
export function configIn(folder: string): string | undefined {
  const names = namesIn(folder);
  const [name, other] = names.filter((each) => CONFIG_NAMES.includes(each));
  if (other !== undefined)
    throw new OptionError(`there are ${name} and ${other} in one folder; keep one, or name it with --config`);
  if (name !== undefined) return join(folder, name);
  const mistaken = names.find((each) => MISTAKEN.test(each));
  if (mistaken === undefined) return undefined;
  throw new OptionError(`${mistaken} is not read; call it ${CONFIG_NAMES.join(', ')}, or give --no-config`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(BASE));
  } catch {
    return [];
  }
}

/** Whoever may write above a project's folder could run code here. */
function isOfAnother(file: string, user: number | undefined): boolean {
  const { uid } = statSync(file);
  return user !== undefined && uid !== 0 && uid !== user;
}
