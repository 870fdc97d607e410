/** Events as they are sent: several consoles look at the same ones, so a row is put into words once for all of them. */
import { eventOf, type Read, type Reading } from './events.js';

/** Rows that are kept for the next reader. */
const SHARED = 500;
/** Characters of one text: what is larger comes in several, and a slow reader holds no more than one. */
const PIECE = 64 * 1024;

/** @returns texts of server-sent events */
export function createEventTexts() {
  const shared = new Map<string, string>();
  const textOf = async (account: string, one: Read, reading: Reading): Promise<string> => {
    // only rows are alike for all, and small
    const key = reading.brief && one.item ? `${reading.lang}/${one.id}` : undefined;
    const known = key === undefined ? undefined : shared.get(key);
    if (known !== undefined) return known;
    const text = `id: ${one.id}\ndata: ${JSON.stringify(await eventOf(account, one, reading))}\n\n`;
    if (key !== undefined) {
      shared.set(key, text);
      if (shared.size > SHARED) shared.delete(shared.keys().next().value!);
    }
    return text;
  };
  return async function* (account: string, batch: readonly Read[], reading: Reading): AsyncGenerator<string, void> {
    let text = '';
    for (const one of batch) {
      text += await textOf(account, one, reading);
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
    if (text !== '') yield text;
  };
}
