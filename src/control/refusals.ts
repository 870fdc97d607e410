/**
 * What was kept out before it was a call: TLS that failed, what is no HTTP, a web page that may not call. Nobody knows whose
 * client it was, so account `default` is told. Such clients try again and again: only so many are listed, the rest counted.
 */
import type { Clock } from '../platform/clock.js';
import type { Text } from '../platform/language.js';
import type { Log } from '../platform/log.js';
import { maskText } from '../platform/redact.js';
import { translator } from '../platform/translate.js';
import type { Noted } from './events.js';
import type { Journal } from './journal.js';

/** Listed in {@link WITHIN_MS}. */
const MOST = 20;
const WITHIN_MS = 10_000;

export interface Refusals {
  /** Says it in the log, and lists it. */
  tell(what: string | Text): void;
  /** Whether one more may be listed now; it counts as listed. */
  admits(): boolean;
}

/** @param account who is told */
export function createRefusals(journal: Pick<Journal, 'note'>, account: string, log: Log, wallClock: Clock): Refusals {
  let since = Number.NEGATIVE_INFINITY;
  let listed = 0;
  let unlisted = 0;
  const admits = (): boolean => {
    const now = wallClock.now();
    if (Math.abs(now - since) > WITHIN_MS) {
      since = now;
      listed = 0;
    }
    if (++listed <= MOST) return true;
    unlisted++;
    return false;
  };
  return {
    admits,
    tell(what) {
      const { en, zh } = typeof what === 'string' ? { en: what, zh: undefined } : what;
      log.warn(en);
      if (!admits()) return;
      const more = unlisted > 0 ? unlisted : undefined;
      unlisted = 0;
      const noted: Noted = async (lang) => {
        const why = lang === 'en' ? en : (zh ?? (await translator(lang))(en));
        return { kind: 'refused', refused: { why: maskText(why), more } };
      };
      journal.note(account, wallClock.now(), noted);
    },
  };
}
