/** `cloudauth-mock coverage`: which documented outcomes a running emulator has answered. */
import { OptionError } from '../config/options.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { Coverage } from '../scenarios/coverage.js';
import { ask, placeOf } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0, or 1 when coverage is below `--min`
 * @throws OptionError; Unanswered
 */
export async function coverage(call: Call): Promise<0 | 1> {
  const { min = '0', account = DEFAULT_ACCOUNT } = call.flags;
  if (min === '' || !(Number(min) >= 0 && Number(min) <= 100))
    throw new OptionError(`--min: '${min}' is not a number from 0 to 100`);
  const seen = await ask<Coverage>(placeOf(call), `/coverage?account=${encodeURIComponent(account)}`);
  call.out(call.options('json').json ? `${JSON.stringify(seen, null, 2)}\n` : report(seen));
  if (seen.percent >= Number(min)) return 0;
  const t = await call.translator();
  call.err(`cloudauth-mock: ${t(`coverage of ${seen.percent} % is below --min ${min}`)}\n`);
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
