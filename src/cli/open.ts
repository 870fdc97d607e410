/** `cloudauth-mock open`: the console of a running emulator, in the system's browser. */
import { spawn } from 'node:child_process';
import { accountQuery, accountSide } from './client.js';
import { type Call, Unanswered } from './command.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or no browser can be opened
 */
export async function open(call: Call): Promise<0> {
  const { ask, place } = accountSide(call);
  // who is refused, or asks a port where nobody is, is told so here and not by a browser
  await ask('');
  const query = String(new URLSearchParams(accountQuery(call)));
  const address = `${place.url}/_mock/console${query && `?${query}`}`;
  if (!call.flags.print) await show(address, call);
  call.out(`${address}\n`);
  return 0;
}

/** What opens an address, by system; `BROWSER` goes before it. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

async function show(address: string, { env }: Call): Promise<void> {
  const [command, ...args] = env.BROWSER ? [env.BROWSER] : (OPENERS[process.platform] ?? ['xdg-open']);
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true, windowsHide: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Unanswered(`no browser can be opened (${command}: ${error.code}); open it yourself: ${address}`)),
    );
  });
  child.unref();
}
