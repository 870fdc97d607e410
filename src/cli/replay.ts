/** `cloudauth-mock replay`: a call of the journal made again. */
import { OptionError } from '../config/options.js';
import type { JournalEntry } from '../control/journal-entry.js';
import { oneLine } from '../platform/redact.js';
import { accountQuery, ask, placeOf } from './client.js';
import type { Call } from './command.js';
import { callLine } from './logs.js';

/**
 * @returns the exit code: 0, whatever it was answered
 * @throws OptionError; Unanswered when the emulator cannot be reached or refuses
 */
export async function replay(call: Call): Promise<0> {
  const { words, out, lang } = call;
  const [id = '', ...extra] = words;
  if (extra.length > 0 || !/^\d{1,15}$/.test(id))
    throw new OptionError('replay takes the number of a call, as logs prints it: cloudauth-mock replay 7');
  const { json } = call.options('json');
  const query = new URLSearchParams({ ...accountQuery(call), lang });
  const made = await ask<JournalEntry>(placeOf(call), `/requests/${id}/replay?${query}`, {});
  out(json ? `${JSON.stringify(made, null, 2)}\n` : `${oneLine(callLine(made))}\n${oneLine(made.answer)}\n`);
  return 0;
}
