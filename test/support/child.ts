/** The built CLI as a child process. Only processes started here are ever ended, each by its own pid. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallOptions, call, type Reply } from './call.js';
import { CLI, requireFreshDist } from './dist.js';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Child {
  readonly pid: number;
  /** What it wrote to stderr so far. */
  stderr(): string;
  /** Resolves once stderr holds `pattern`. */
  logged(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Nobody reads any more what it writes: as after `| head`. */
  closeOutput(): void;
  /** Resolves when it is gone and all it wrote has been read. */
  readonly exit: Promise<Exit>;
}

export interface Emulator extends Child, AsyncDisposable {
  /** From the ready line. */
  readonly url: string;
  /** With `--https`. */
  readonly secureUrl: string | undefined;
  readonly port: number;
  call(params: Record<string, string>, options?: CallOptions): Promise<Reply>;
}

export interface SpawnOptions {
  readonly env?: Record<string, string>;
  /** Default: the built CLI of this working tree. */
  readonly cli?: string;
  /** Default: that of the test runner. */
  readonly cwd?: string;
  /** How many file descriptors the system gives it. */
  readonly descriptors?: number;
  /** Words of a command that becomes it. */
  readonly before?: readonly string[];
}

function start(args: readonly string[], { env = {}, cli = CLI, cwd, descriptors, before = [] }: SpawnOptions) {
  requireFreshDist();
  // neither options nor the tester's own language
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CLOUDAUTH_MOCK_|LC_|LANG)/.test(name));
  const command = [...before, process.execPath, cli, ...args];
  if (descriptors !== undefined) command.unshift('sh', '-c', `ulimit -n ${descriptors}; exec "$0" "$@"`);
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
  });
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const exit = once(child, 'close').then(
    ([code, signal]): Exit => ({ code, signal, stdout: out.text(), stderr: err.text() }),
  );
  const logged = (pattern: RegExp) => until(child.stderr, 'data', () => pattern.test(err.text()));
  return {
    child,
    out,
    pid: child.pid!,
    stderr: err.text,
    logged,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    closeOutput() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    exit,
  };
}

function collect(stream: ChildProcessWithoutNullStreams['stdout']) {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { text: () => text };
}

async function until(stream: NodeJS.EventEmitter, event: string, met: () => boolean): Promise<void> {
  while (!met()) await once(stream, event);
}

/** Runs it to its end. */
export function runCli(
  args: readonly string[],
  options: SpawnOptions & { readonly input?: string } = {},
): Promise<Exit> {
  const { child, exit } = start(args, options);
  if (options.input !== undefined) child.stdin.end(options.input);
  return exit;
}

/** Starts a command that goes on. */
export function spawnCli(args: readonly string[], options: SpawnOptions = {}) {
  const { child, out, ...rest } = start(args, options);
  return { ...rest, printed: (pattern: RegExp) => until(child.stdout, 'data', () => pattern.test(out.text())) };
}

/** Starts it, on a free port unless `args` say otherwise, and waits for its ready line. */
export async function startCli(args: readonly string[] = [], options: SpawnOptions = {}): Promise<Emulator> {
  const { child, out, ...rest } = start(args.includes('--port') ? args : ['--port', '0', ...args], options);
  const ready = until(child.stdout, 'data', () => out.text().includes('\n'));
  const early = rest.exit.then(({ code, stderr }) =>
    Promise.reject(new Error(`ended before it was ready (${code}): ${stderr}`)),
  );
  await Promise.race([ready, early]);
  early.catch(() => {});
  const url = /http:\/\/[^\s"]+/.exec(out.text())![0];
  return {
    ...rest,
    url,
    secureUrl: /https:\/\/[^\s"]+/.exec(out.text())?.[0],
    port: Number(new URL(url).port),
    call: (params, callOptions) => call({ fetch }, params, { url: `${url}/`, ...callOptions }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await rest.exit;
    },
  };
}

/** An empty folder that is gone when the test is over. */
export async function scratch(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'cloudauth-mock-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
