/** `cloudauth-mock logs`: what has happened to an account, and with `--follow` what happens. */
import type { MockEvent } from '../control/events.js';
import type { JournalEntry } from '../control/journal-entry.js';
import { timeOfDay } from '../platform/log.js';
import { oneLine } from '../platform/redact.js';
import type { Translate } from '../platform/translate.js';
import { accountQuery, listen, placeOf } from './client.js';
import type { Call } from './command.js';

/**
 * @returns the exit code: 0 when there is no more
 * @throws OptionError; Unanswered when the emulator cannot be reached, refuses, or is killed
 */
export async function logs(call: Call): Promise<0> {
  const { flags, out, lang } = call;
  const { json } = call.options('json');
  const t = await call.translator();
  const clock = timeOfDay();
  const query = new URLSearchParams({ ...accountQuery(call), lang });
  if (!flags.follow) query.set('only', 'kept');
  for await (const event of listen<MockEvent>(placeOf(call), `/events?${query}`)) {
    const time = event.at === undefined ? '' : `${clock(Date.parse(event.at))} `;
    out(json ? `${JSON.stringify(event)}\n` : `${time}${oneLine(said(event, t))}\n`);
  }
  return 0;
}

function said(event: MockEvent, t: Translate): string {
  switch (event.kind) {
    case 'call':
      return callLine(event.call);
    case 'upload': {
      const { status, operation, ms, code } = event.upload;
      return words(status, `oss/${operation}`, `${ms} ms`, code);
    }
    case 'callback': {
      const { outcome, verification, url, hint } = event.callback;
      return words('callback', outcome, verification, url, hint);
    }
    case 'verification': {
      const { id, product, end, reason } = event.verification;
      return words(end, product, id, reason);
    }
    case 'page':
      return words('page', event.page.step, event.page.id, event.page.product);
    case 'refused':
      return words('refused', event.refused.why, event.refused.more && `(+${event.refused.more})`);
    case 'missed':
      return t(`${event.missed} event(s) were dropped before they could be read`);
    case 'reset':
      return t('the account was reset');
  }
}

export const callLine = ({ id, status, operation, subject, ms, code, why, replayOf }: JournalEntry): string =>
  words(
    ...([status, operation, subject, `${ms} ms`, `#${id}`] as const),
    ...[replayOf === undefined ? undefined : `= #${replayOf}`, code, why],
  );

const words = (...parts: readonly (string | number | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('  ');
