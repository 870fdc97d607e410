/** The hosts file of this system: where it is, and how it is replaced at once, keeping owner and rights. */
import { chmodSync, chownSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { InputError } from '../platform/input-error.js';
import { Unanswered } from './command.js';
import { withBlock } from './hosts-block.js';

export const hostsFile = (platform: string, { SystemRoot = 'C:\\Windows' }: NodeJS.ProcessEnv): string =>
  platform === 'win32' ? win32.join(SystemRoot, 'System32', 'drivers', 'etc', 'hosts') : '/etc/hosts';

/** A character for a byte. */
const AS_BYTES = 'latin1';
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];

/**
 * @param lines of the block; none: it is taken away
 * @returns whether anything had to be changed
 * @throws InputError where there is no such file, or its block is not whole; Unanswered where it cannot be written
 */
export function setBlock(file: string, lines: readonly string[]): boolean {
  try {
    // a link stays a link
    const path = realpathSync(file);
    const before = readFileSync(path, AS_BYTES);
    const after = withBlock(before, lines);
    if (after !== before) replace(path, after);
    return after !== before;
  } catch (error) {
    const code = codeOf(error);
    if (FORBIDDEN.includes(code))
      throw new Unanswered(`${file} cannot be changed (${code}): run it as administrator, or name another with --file`);
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code))
      throw new InputError(`there is no hosts file ${file} (${code}): name one with --file`);
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Written beside it first, so that nobody ever reads half of it; where none can be put beside it, as in a container, in its place. */
function replace(path: string, text: string): void {
  const { mode, uid, gid } = statSync(path);
  const beside = `${path}.cloudauth-mock-${process.pid}`;
  try {
    writeFileSync(beside, text, { encoding: AS_BYTES, flag: 'wx' });
    chmodSync(beside, mode);
    if (process.getuid?.() === 0) chownSync(beside, uid, gid);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    if (![...FORBIDDEN, 'ENOENT', 'EBUSY', 'EXDEV'].includes(codeOf(error))) throw error;
    writeFileSync(path, text, { encoding: AS_BYTES });
  }
}
