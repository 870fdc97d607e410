/** Commands that print and end: what the catalogue knows, and what a running emulator has seen. Loaded when one is given. */
import { parseArgs } from 'node:util';
import { OptionError } from '../config/options.js';
import { errors, operations } from '../control/catalogue.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { versions } from '../products/index.js';
import { identities, pictures } from '../products/magic.js';
import type { Coverage } from '../scenarios/coverage.js';
import { ask, type Env, PLACE, placeOf, Unanswered } from './client.js';

export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/**
 * @param argv the command, then its words and flags
 * @returns the exit code: 0, or 1 when coverage is below `--min` or cannot be asked for
 * @throws OptionError when the words or flags are wrong
 */
export async function runCommand([name = '', ...argv]: readonly string[], env: Env, streams: Streams): Promise<0 | 1> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      ...(name === 'coverage' && {
        min: { type: 'string' },
        url: { type: 'string' },
        account: { type: 'string' },
        ...Object.fromEntries(PLACE.map((flag) => [flag, { type: 'string' } as const])),
      }),
    },
  });
  const flags = values as Record<string, string | undefined> & { json?: boolean };
  if (name !== 'errors' && positionals.length > 0) throw new OptionError(`${name} takes no '${positionals[0]}'`);
  if (name === 'coverage') return coverage(flags, env, streams);
  const found = name === 'identities' ? [...identities, ...pictures] : errors(versions, positionals.join(' '));
  if (flags.json) streams.out(`${JSON.stringify(found, null, 2)}\n`);
  else streams.out(name === 'identities' ? identityTable() : errorList(positionals.join(' ')));
  return 0;
}

/** How wide a terminal shows it: Chinese takes two columns. */
const width = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => width(row[column]!))));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => pad(cell, widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

const identityTable = (): string =>
  table([
    ['NUMBER', 'NAME', 'WHAT IT DOES'],
    ...identities.map(({ number, name = '', meaning }) => [number, name, meaning]),
    ...pictures.map(({ picture, meaning }) => [picture, '', meaning]),
  ]);

function errorList(query: string): string {
  const all = operations(versions).length;
  const found = errors(versions, query);
  if (found.length === 0) return `no documented error holds '${query}'\n`;
  return found
    .map(({ code, status, message, when, zh, operations: paths, scenario }) => {
      const where = paths.length === all ? 'every operation' : paths.join(', ');
      return [`${code}  (HTTP ${status})  ${message}`, zh, `when ${when}`, `on ${where}`, scenario]
        .filter((line) => line !== undefined)
        .join('\n    ');
    })
    .join('\n')
    .concat('\n');
}

async function coverage(
  flags: Readonly<Record<string, string | undefined>> & { json?: boolean },
  env: Env,
  streams: Streams,
): Promise<0 | 1> {
  const min = flags.min === undefined ? 0 : Number(flags.min);
  if (flags.min === '' || !(min >= 0 && min <= 100))
    throw new OptionError(`--min: '${flags.min}' is not a number from 0 to 100`);
  const account = encodeURIComponent(flags.account ?? DEFAULT_ACCOUNT);
  let seen: Coverage;
  try {
    seen = await ask<Coverage>(placeOf(flags, env), `/coverage?account=${account}`);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    streams.err(`cloudauth-mock: ${error.message}\n`);
    return 1;
  }
  streams.out(flags.json ? `${JSON.stringify(seen, null, 2)}\n` : report(seen));
  if (seen.percent >= min) return 0;
  streams.err(`cloudauth-mock: coverage of ${seen.percent} % is below --min ${min}\n`);
  return 1;
}

function report({ seen, documented, percent, never }: Coverage): string {
  const missing = new Map<string, string[]>();
  for (const outcome of never) {
    const [operation = '', code = ''] = outcome.split(' ');
    missing.set(operation, [...(missing.get(operation) ?? []), code]);
  }
  const rows = [...missing].map(([operation, codes]) => [`  ${operation}`, codes.join(' ')]);
  return `${rows.length > 0 ? `never seen:\n${table(rows)}\n` : ''}${percent} % of the documented outcomes seen: ${seen} of ${documented}\n`;
}
