/** A command as a child of this one: its streams are this process's own, its signals and its end as well. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { cmdWord } from '../platform/shell.js';

export interface ChildEnd {
  readonly code: number;
  /** Why it never ran. */
  readonly failure?: string;
}

interface Signals {
  /** What a terminal sends reaches everybody who sits at it, the child too. */
  readonly ofTerminal: readonly NodeJS.Signals[];
  readonly others: readonly NodeJS.Signals[];
}

/** Windows has no others that a process could be told of, and none that it could send: the child hears all of them itself. */
export const signalsOf = (platform: NodeJS.Platform): Signals =>
  platform === 'win32'
    ? { ofTerminal: ['SIGINT', 'SIGBREAK', 'SIGHUP'], others: [] }
    : { ofTerminal: ['SIGINT', 'SIGQUIT'], others: ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] };

/** On Windows npm and others are scripts, which only its shell starts; it takes a line. */
export const commandFor = ([command = '', ...args]: readonly string[], platform: NodeJS.Platform) =>
  platform === 'win32'
    ? ({ command: [command, ...args].map(cmdWord).join(' '), args: [], shell: true } as const)
    : ({ command, args, shell: false } as const);

/**
 * A signal that ended it gives 128 and its number, as in a shell.
 * @param prepare makes its environment when signals are listened to already: what it leaves has to be taken away
 */
export function runChild(words: readonly string[], prepare: () => NodeJS.ProcessEnv): Promise<ChildEnd> {
  const { platform } = process;
  const { ofTerminal, others } = signalsOf(platform);
  const { command, args, shell } = commandFor(words, platform);
  return new Promise((resolve) => {
    const isTold = platform === 'win32' || process.stdin.isTTY || process.stdout.isTTY;
    // what comes before the child is there is handled after it: all of this is one turn
    const handlers = [...ofTerminal, ...others].map((signal) => {
      const isHeard = isTold && ofTerminal.includes(signal);
      const handler = () => void (isHeard || child.kill(signal));
      process.on(signal, handler);
      return [signal, handler] as const;
    });
    const child = spawn(command, args, { stdio: 'inherit', env: prepare(), shell });
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
