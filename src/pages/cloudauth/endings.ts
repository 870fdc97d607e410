/** How a tester can have a task end on the page, and the words for it. The failures are those AuditConclusions documents. */
import { NO_CARD, OTHERWISE } from '../../products/magic.js';
import { queryErrors } from '../../products/saf/2017-03-31/codes.js';
import type { Outcome } from '../../verification/outcome.js';
import { BLURRED } from '../../verification/verification.js';
import type { Text } from '../ui/language.js';

export interface Ending {
  readonly outcome: Outcome;
  readonly text: Text;
}

const failed = (reason: string, en: string): Ending => ({
  outcome: { kind: 'fail', reason },
  text: { zh: `不通过：${reason}`, en: `Fail: ${en}` },
});

export const endings: Readonly<Record<string, Ending>> = {
  pass: { outcome: { kind: 'pass' }, text: { zh: '通过', en: 'Pass' } },
  blurred: failed(BLURRED, 'card photo blurred'),
  mismatch: failed(OTHERWISE, 'card and data differ'),
  'no-card': failed(NO_CARD, 'not an ID card'),
  quit: { outcome: { kind: 'quit' }, text: { zh: '中途退出', en: 'Quit' } },
  expire: { outcome: { kind: 'expire' }, text: { zh: '会话过期', en: 'Expire' } },
};

/** What the documented AuditConclusions mean, in English. */
export const endingReasons: ReadonlyMap<string, string> = new Map(
  Object.values(endings).flatMap(({ outcome, text }) =>
    outcome.kind === 'fail' && outcome.reason ? [[outcome.reason, text.en.replace('Fail: ', '')]] : [],
  ),
);

/** The first of the failures, for who does not care which. */
const SHORT: Readonly<Record<string, string>> = { fail: 'blurred' };

export const ENDING_WORDS: readonly string[] = [...Object.keys(endings), ...Object.keys(SHORT)];

/** A code of SAF's query fails a task as well: none of the documented reasons speaks of a face. @returns undefined for a word that means none */
export function endingOf(word: string): Ending | undefined {
  const isSafFailure = word !== '300' && Object.hasOwn(queryErrors, word);
  const name = isSafFailure ? SHORT.fail! : Object.hasOwn(SHORT, word) ? SHORT[word]! : word;
  return Object.hasOwn(endings, name) ? endings[name] : undefined;
}
