/** Tells this machine to trust the CA, where its system has a standard way: what its own programs and browsers then do. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, posix } from 'node:path';
import { InputError } from '../platform/input-error.js';
import { wordsOf } from '../platform/shell.js';

type Step = readonly [command: string, ...words: string[]];

/** By the tool that there is: Debian, Ubuntu and Alpine; Fedora and Red Hat; Arch. */
const OF_LINUX: readonly (readonly [tool: string, steps: (ca: string) => readonly Step[]])[] = [
  [
    'update-ca-certificates',
    (ca) => [['cp', ca, '/usr/local/share/ca-certificates/cloudauth-mock.crt'], ['update-ca-certificates']],
  ],
  [
    'update-ca-trust',
    (ca) => [
      ['cp', ca, '/etc/pki/ca-trust/source/anchors/cloudauth-mock.crt'],
      ['update-ca-trust', 'extract'],
    ],
  ],
  ['trust', (ca) => [['trust', 'anchor', '--store', ca]]],
];

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Whether it has a tool of that name. */
  has(tool: string): boolean;
}

/** @returns undefined where the system has no way that is known */
export function stepsFor(ca: string, { platform, home, has }: Machine): readonly Step[] | undefined {
  switch (platform) {
    case 'darwin': {
      const keychain = posix.join(home, 'Library', 'Keychains', 'login.keychain-db');
      return [['security', 'add-trusted-cert', '-r', 'trustRoot', '-k', keychain, ca]];
    }
    case 'win32':
      return [['certutil', '-user', '-addstore', 'Root', ca]];
    default:
      return OF_LINUX.find(([tool]) => has(tool))?.[1](ca);
  }
}

function isThere(tool: string): boolean {
  // those of an administrator are on nobody else's path
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What the tools say goes to stderr. @returns the commands that were run @throws InputError with what to run */
export function install(caFile: string): string[] {
  const { platform } = process;
  const steps = stepsFor(caFile, { platform, home: homedir(), has: isThere });
  if (!steps)
    throw new InputError('no tool of this system that installs a CA was found; see the lines for each client');
  const lines = steps.map((step) => step.map(wordsOf(platform)).join(' '));
  for (const [index, [command, ...words]] of steps.entries()) {
    const { status, error } = spawnSync(command, words, { stdio: ['inherit', 2, 2] });
    if (status === 0) continue;
    const why = (error as NodeJS.ErrnoException | undefined)?.code ?? `exit code ${status}`;
    // Windows and macOS ask the user, who may have declined
    const by = platform === 'linux' ? 'as root, run' : 'to try it by hand, run';
    throw new InputError(`'${lines[index]}' failed (${why}); ${by}: ${lines.join(' && ')}`);
  }
  return lines;
}
