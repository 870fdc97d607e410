/** How a tester can have a SAF session end on the page or the phone: each failure a query documents, and the three others. */
import { queryErrors } from '../../products/saf/2017-03-31/codes.js';
import type { Outcome } from '../../verification/outcome.js';
import type { Text } from '../ui/language.js';

export interface SafEnding {
  readonly outcome: Outcome;
  readonly text: Text;
}

const failures = Object.entries(queryErrors)
  // it says that the session has not ended
  .filter(([code]) => code !== '300')
  .map(([code, row]): [string, SafEnding] => {
    const zh = 'resultMsgSub' in row ? (row.resultMsgSub ?? row.message) : row.message;
    return [code, { outcome: { kind: 'fail', reason: code }, text: { zh, en: `${code}: ${row.when}` } }];
  });

/** Those that can be chosen by their word, in the order they are shown. */
export const safEndings: ReadonlyMap<string, SafEnding> = new Map<string, SafEnding>([
  ['pass', { outcome: { kind: 'pass' }, text: { zh: '通过', en: 'Pass' } }],
  ...failures.sort(([a], [b]) => Number(b === 'Z1146') - Number(a === 'Z1146')),
  ['quit', { outcome: { kind: 'quit' }, text: { zh: '用户退出', en: 'Quit' } }],
  ['expire', { outcome: { kind: 'expire' }, text: { zh: '会话过期', en: 'Expire' } }],
]);

/** `fail` is the failure most mean: that face is not the person's. @returns undefined for a word that means none */
export const safEndingOf = (word: string): SafEnding | undefined => safEndings.get(word === 'fail' ? 'Z1146' : word);
