/** A command as a child of this one: its streams are this process's own, its signals and its end as well. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface ChildEnd {
  readonly code: number;
  /** Why it never ran. */
  readonly failure?: string;
}

/** What a terminal sends reaches everybody who sits at it, the child too. */
const OF_THE_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const PASSED_ON: readonly NodeJS.Signals[] = [...OF_THE_TERMINAL, 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

const isWindows = process.platform === 'win32';

/** As the shell of Windows takes it, where npm and others are scripts. */
const quoted = (word: string): string => (/^[\w./:\\@=-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`);

/**
 * A signal that ended it gives 128 and its number, as in a shell.
 * @param prepare makes its environment when signals are listened to already: what it leaves has to be taken away
 */
export function runChild(
  [command = '', ...args]: readonly string[],
  prepare: () => NodeJS.ProcessEnv,
): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const atTerminal = process.stdin.isTTY || process.stdout.isTTY;
    // what comes before the child is there is handled after it: all of this is one turn
    const handlers = PASSED_ON.filter((signal) => !isWindows || OF_THE_TERMINAL.includes(signal)).map((signal) => {
      const isHeard = isWindows || (atTerminal && OF_THE_TERMINAL.includes(signal));
      const handler = () => void (isHeard || child.kill(signal));
      process.on(signal, handler);
      return [signal, handler] as const;
    });
    const options = { stdio: 'inherit', env: prepare() } as const;
    const child = isWindows
      ? spawn([command, ...args].map(quoted).join(' '), { ...options, shell: true })
      : spawn(command, args, options);
    // should this process end first, the child does not outlive it
    const orphaned = () => void child.kill();
    process.on('exit', orphaned);
    const end = (ended: ChildEnd) => {
      process.off('exit', orphaned);
      for (const [signal, handler] of handlers) process.off(signal, handler);
      resolve(ended);
    };
    child.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const failure = code === 'ENOENT' ? `there is no command '${command}'` : `'${command}' cannot be run (${code})`;
      end({ code: code === 'ENOENT' ? 127 : 126, failure });
    });
    child.once('exit', (code, signal) => end({ code: code ?? 128 + (signal ? constants.signals[signal] : 0) }));
  });
}
