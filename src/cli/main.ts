#!/usr/bin/env node
/** argv → createCloudauthMock().listen(). Exit codes: 0 stopped, 1 crash, 2 usage, 3 port in use, 5 storage. */
import { parseArgs } from 'node:util';
import { envName, OptionError, type Options, readOptions, settings } from '../config/options.js';
import type { CloudauthMock } from '../emulator/api.js';
import { createLoggingMock } from '../emulator/create-mock.js';
import { VERSION } from '../platform/version.js';
import { StorageError } from '../store/database.js';
import { banner } from './banner.js';
import { healthcheck } from './healthcheck.js';

const EXIT = { stopped: 0, crash: 1, usage: 2, portInUse: 3, storage: 5 } as const;

const say = (text: string): void => void process.stderr.write(text);

function fail(code: number, message: string): never {
  say(`cloudauth-mock: ${message}\n`);
  process.exit(code);
}

function readArgv(argv: string[]) {
  const flags = Object.values(settings).map(({ flag }) => [flag, { type: 'string', multiple: true }] as const);
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(flags),
      json: { type: 'boolean' },
      watch: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
  const { json, watch, help: wantsHelp, version, ...rest } = values as Record<string, unknown>;
  return {
    json: json === true || process.env[envName('json')] === 'true',
    watch: watch === true || process.env[envName('watch')] === 'true',
    wantsHelp,
    version,
    flags: rest as Record<string, string[]>,
    command: positionals,
  };
}

/** They have flags of their own, so they stand first. */
const PRINTING = ['identities', 'errors', 'coverage', 'device'];

async function main(argv: string[]): Promise<void> {
  if (PRINTING.includes(argv[0] ?? '')) {
    if (argv.includes('--help') || argv.includes('-h')) return printHelp(argv[0]);
    const run =
      argv[0] === 'device' ? (await import('./device.js')).runDevice : (await import('./catalogue.js')).runCommand;
    process.exitCode = await run(argv, process.env, { out: (text) => process.stdout.write(text), err: say });
    return;
  }
  const { json, watch, wantsHelp, version, flags, command } = readArgv(argv);
  if (command[0] === 'help') return printHelp(command[1]);
  if (wantsHelp) return printHelp(command[0]);
  if (version) return void process.stdout.write(`${VERSION}\n`);
  const [name = 'start', ...extra] = command;
  const options = readOptions(flags, process.env);
  if (name === 'explain') return (await import('./explain.js')).explainCommand(extra, options.accessKeys, json);
  if (extra.length > 0 || !['start', 'healthcheck'].includes(name)) {
    throw new OptionError(
      `unknown command '${command.join(' ')}'; there are start, healthcheck, explain, and, as the first word, ${PRINTING.join(', ')}; see --help`,
    );
  }
  if (name === 'healthcheck') process.exit(await healthcheck(options.host, options.port, say));
  await start(options, json, watch);
}

const printHelp = async (command?: string): Promise<void> =>
  void process.stdout.write((await import('./help.js')).help(command));

async function start(options: Options, json: boolean, watch: boolean): Promise<void> {
  const mock = createLoggingMock(options, say, watch);
  // npm and a terminal both pass Ctrl-C on: the second signal of one key press is not impatience
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void mock.close().then(() => process.exit(EXIT.stopped));
    });
  }
  await mock.listen();
  const { url } = mock;
  if (options.log !== 'silent') say(banner(url, options));
  process.stdout.write(
    json ? `${JSON.stringify(ready(mock))}\n` : `cloudauth-mock ready http=${url} pid=${process.pid}\n`,
  );
}

const ready = ({ url }: CloudauthMock) => ({
  name: 'cloudauth-mock',
  version: VERSION,
  ready: true,
  http: url,
  pid: process.pid,
});

function explain(error: unknown): never {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (error instanceof OptionError || code?.startsWith('ERR_PARSE_ARGS'))
    // Node goes on about arguments that begin with a hyphen
    fail(EXIT.usage, `${message.replace(/\. To specify.*$/s, '')}\nTry: cloudauth-mock --help`);
  // by its name: its file would load the readers of scenarios with every start
  if ((error as Error).name === 'ScenarioError') fail(EXIT.usage, message);
  if (error instanceof StorageError) fail(EXIT.storage, message);
  if (code === 'EADDRINUSE')
    fail(EXIT.portInUse, `${message.replace(/^listen EADDRINUSE: /, '')}; stop what holds the port, or use --port 0`);
  if (['EACCES', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND'].includes(code ?? ''))
    fail(EXIT.usage, `cannot listen: ${message}; check --host and --port`);
  fail(EXIT.crash, stack ?? String(error));
}

process.on('uncaughtException', explain);
main(process.argv.slice(2)).catch(explain);
