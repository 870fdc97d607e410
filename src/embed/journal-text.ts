/** The journal of a test that failed, for people: a line for each call, and under it what its hints say. */
import type { JournalEntry } from '../control/journal-entry.js';
import type { CloudauthMock } from '../emulator/api.js';
import { COMMON_PARAMS } from '../gateway/common-params.js';

/** What helps is near the end. */
const SHOWN = 50;

/** What every call carries says nothing of this one. */
const COMMON = new Set<string>(COMMON_PARAMS);

/** @param test its name */
export async function journalText(mock: Pick<CloudauthMock, 'requests'>, test: string): Promise<string> {
  const entries = await mock.requests();
  if (entries.length === 0) return `cloudauth-mock was not called by “${test}”`;
  const more = entries.length > SHOWN ? [`  … ${entries.length - SHOWN} before`] : [];
  return [`cloudauth-mock was called by “${test}”:`, ...more, ...entries.slice(-SHOWN).flatMap(lines)].join('\n');
}

function lines({ id, status, code, operation, params, hints, explanation }: JournalEntry): string[] {
  const own = Object.entries(params).filter(([name]) => !COMMON.has(name));
  const sent = own.map(([name, value]) => `${name}=${value}`);
  return [
    `  #${id} ${status}${code === undefined ? '' : ` ${code}`}  ${operation}  ${sent.join(' ')}`.trimEnd(),
    ...[...hints, ...(explanation?.split('\n') ?? [])].map((hint) => `       ${hint}`),
  ];
}
