/** `cloudauth-mock coverage`: which documented outcomes a running emulator has answered. */
import { writeFileSync } from 'node:fs';
import { OptionError } from '../config/options.js';
import type { Coverage } from '../scenarios/coverage.js';
import { accountQuery, ask, askText, placeOf } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0, or 1 when coverage is below `--min`
 * @throws OptionError; Unanswered
 */
export async function coverage(call: Call): Promise<0 | 1> {
  const { min = '0', html } = call.flags;
  if (html === '') throw new OptionError('--html: it names no file');
  if (min === '' || !(Number(min) >= 0 && Number(min) <= 100))
    throw new OptionError(`--min: '${min}' is not a number from 0 to 100`);
  const place = placeOf(call);
  const path = (more = {}) => `/coverage?${new URLSearchParams({ ...accountQuery(call), ...more })}`;
  const seen = await ask<Coverage>(place, path());
  if (html !== undefined) writeReport(String(html), await askText(place, path({ format: 'html', lang: call.lang })));
  call.out(call.options('json').json ? `${JSON.stringify(seen, null, 2)}\n` : report(seen));
  if (seen.percent >= Number(min)) return 0;
  const t = await call.translator();
  call.err(`cloudauth-mock: ${t(`coverage of ${seen.percent} % is below --min ${min}`)}\n`);
  return 1;
}

/** @throws OptionError where it cannot be written */
function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new OptionError(`--html: ${(error as Error).message}`);
  }
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
