/** The endings of a kind as a page offers them: by the word that `end` and `auto` take, the usual failure first. */
import type { Endings, Reason } from '../../verification/endings.js';
import type { Lang, Text } from './language.js';

/** What may stand in `auto` and `end`, one word each. */
export function choicesOf(
  endings: Endings,
  words: { readonly pass: Text; readonly quit: Text; readonly expire: Text },
  failed: (reason: Reason) => Text,
): [word: string, text: Text][] {
  return [
    ['pass', words.pass],
    ...reasonsOf(endings).map((each): [string, Text] => [wordOf(each), failed(each)]),
    ['quit', words.quit],
    ['expire', words.expire],
  ];
}

/** The usual one first. */
export const reasonsOf = ({ reasons, usual }: Endings): readonly Reason[] =>
  [...reasons].sort((a, b) => Number(b.reason === usual) - Number(a.reason === usual));

/** A sentence has a short word that stands for it. */
const wordOf = ({ reason, also = [] }: Reason): string => (isCode(reason) ? reason : (also[0] ?? reason));

const isCode = (reason: string): boolean => /^[\w.]+$/.test(reason);

/** For a list: in English a Chinese sentence with what it means. */
export const reasonText = ({ reason, text }: Reason, lang: Lang): string =>
  lang === 'en' && !isCode(reason) ? `${text.en} (${reason})` : text[lang];

/** What a documented reason means, in English; undefined for any other text. */
export function meaningOf(endings: Endings, reason: string): string | undefined {
  return endings.reasons.find((each) => each.reason === reason)?.text.en;
}
