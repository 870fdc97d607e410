/** Events as they are sent: several consoles look at the same ones, so a row is put into words once for all of them. */
import { eventOf, type MockEvent, type Read, type Reading } from './events.js';

/** Rows that are kept for the next reader. */
const SHARED = 500;
/** Characters of one text: what is larger comes in several, and a slow reader holds no more than one. */
const PIECE = 64 * 1024;

/** @returns texts of server-sent events */
export function createEventTexts() {
  const shared = new Map<string, string>();
  const written = (one: Read, event: MockEvent): string => `id: ${one.id}\ndata: ${JSON.stringify(event)}\n\n`;
  const textOf = (account: string, one: Read, reading: Reading): string | Promise<string> => {
    // only rows are alike for all, and small
    if (!reading.brief || one.item?.kind !== 'call') {
      const event = eventOf(account, one, reading);
      return event instanceof Promise ? event.then((told) => written(one, told)) : written(one, event);
    }
    const key = `${reading.lang}/${one.id}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    const text = written(one, eventOf(account, one, reading) as MockEvent);
    shared.set(key, text);
    if (shared.size > SHARED) shared.delete(shared.keys().next().value!);
    return text;
  };
  return async function* (account: string, batch: readonly Read[], reading: Reading): AsyncGenerator<string, void> {
    let text = '';
    for (const one of batch) {
      const next = textOf(account, one, reading);
      text += typeof next === 'string' ? next : await next;
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
    if (text !== '') yield text;
  };
}
