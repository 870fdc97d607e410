#!/usr/bin/env node
/** The process around a command. Exit codes: 0 stopped, 1 crash, 2 usage, 3 port in use, 5 storage. */
import { OptionError } from '../config/options.js';
import { systemClock } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import { asItIs, translator } from '../platform/translate.js';
import { StorageError } from '../store/database.js';
import type { Streams } from './command.js';
import { readerOf } from './reader.js';
import { run } from './run.js';

const EXIT = { crash: 1, usage: 2, portInUse: 3, storage: 5 } as const;

const out = (text: string): void => void process.stdout.write(text);
const err = (text: string): void => void process.stderr.write(text);

const reader = readerOf(process.env, process.stderr.isTTY === true);
let json = false;
const streams: Streams = {
  ...{ out, err },
  reader,
  failAsJson() {
    json = true;
  },
};

function fail(code: number, message: string): never {
  err(
    json
      ? `${JSON.stringify({ time: new Date(systemClock.now()).toISOString(), level: 'error', message })}\n`
      : `cloudauth-mock: ${message}\n`,
  );
  process.exit(code);
}

/** @returns what people are told: the exit code, and the message, whose second line is a thing to try */
function explained(error: unknown): [code: number, message: string, then?: string] {
  const { code, message, stack, option = '--port' } = error as NodeJS.ErrnoException & { option?: string };
  if (error instanceof OptionError || code?.startsWith('ERR_PARSE_ARGS'))
    // Node goes on about arguments that begin with a hyphen
    return [EXIT.usage, message.replace(/\. To specify.*$/s, ''), 'Try: cloudauth-mock --help'];
  if (error instanceof InputError) return [EXIT.usage, message];
  if (error instanceof StorageError) return [EXIT.storage, message];
  if (code === 'EADDRINUSE') {
    const what = message.replace(/^listen EADDRINUSE: /, '');
    return [EXIT.portInUse, `${what}; stop what holds the port, or use ${option} 0`];
  }
  if (['EACCES', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND'].includes(code ?? ''))
    return [EXIT.usage, `cannot listen: ${message}; check --host and ${option}`];
  return [EXIT.crash, stack ?? String(error)];
}

async function end(error: unknown): Promise<never> {
  const [code, ...lines] = explained(error);
  const t = await translator(json ? 'en' : reader.lang).catch(() => asItIs);
  // a config file has a paragraph for each thing that is wrong
  const say = (text: string) => text.split('\n').map(t).join('\n');
  fail(code, lines.map((text) => text && say(text)).join('\n'));
}

// whoever reads one of them may leave (`| head`): what is said from then on is lost, and nothing else
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.on('uncaughtException', (error) => {
  const [code, message] = explained(error);
  fail(code, message);
});
run(process.argv.slice(2), process.env, streams).then((code) => {
  if (code !== undefined) process.exitCode = code;
}, end);
