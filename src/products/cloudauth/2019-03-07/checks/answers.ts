/** A row of the information checks: what one can answer beside “it is right”, and what its page says of it alone. */
import type { Hint } from '../../../../platform/hint.js';
import type { Endings } from '../../../../verification/endings.js';
import type { Texts } from './call.js';
import type { Hashing } from './forms.js';
import type { PictureRule } from './pictures.js';

/**
 * By SubCode; where the page knows none, by BizCode. A SubCode's first digit is its BizCode, unless the row says another:
 * 1 is consistent, 2 is not, 3 no record.
 */
export type Answers = Readonly<Record<string, readonly [zh: string, en: string, biz?: string]>>;

export const bizCodeOf = (answers: Answers, reason: string | undefined): string =>
  reason === undefined ? '1' : (answers[reason]?.[2] ?? reason[0]!);

/** What is known when an answer is made. */
export interface Said {
  /** Of {@link Row.answers}; undefined: it is right. */
  readonly reason?: string;
  readonly input: Texts;
  readonly mobile?: string;
}

export interface Row {
  readonly answers: Answers;
  /** The one meant by a mere `fail`, and by a test person who fails. */
  readonly usual: string;
  /** The one of a test person who is in no record. */
  readonly none: string;
  /** Other spellings. */
  readonly also?: Readonly<Record<string, readonly string[]>>;
  /** SubCode of what is right. */
  readonly passes?: string;
  readonly hashing?: Hashing;
  /** Parameters that this call needs beside those every call does. */
  readonly needs?: (input: Texts) => readonly string[];
  /** @returns what is wrong with a parameter of its own; undefined when nothing is */
  readonly refuse?: (input: Texts) => Hint | undefined;
  readonly pictures?: readonly PictureRule[];
  /** Members of its answer alone; one may be absent. */
  readonly members?: Readonly<Record<string, (said: Said, row: Row) => unknown>>;
}

/** `201` and `301` mean to differ and to have no record, also where only a BizCode says so. */
const BIZ: Readonly<Record<string, string>> = { '2': '201', '3': '301', '201': '2', '301': '3' };

export function endingsOf(of: string, { answers, usual, none, also = {} }: Row): Endings {
  const records = (reason: string): string[] => [
    ...(reason === usual ? ['Error.RealNameCheckFail'] : []),
    // what test people order of other calls, where it says something of a person's record
    ...(reason === none ? ['520', '530'] : []),
  ];
  const spelt = (reason: string): string[] =>
    [...records(reason), ...(also[reason] ?? []), BIZ[reason] ?? ''].filter((each) => each && !(each in answers));
  return {
    of,
    ends: ['pass', 'fail'],
    // digits come first in an object: as people read them
    reasons: Object.entries(answers).map(([reason, [zh, en]]) => ({ reason, also: spelt(reason), text: { zh, en } })),
    usual,
  };
}

/** Those of checks whose page knows no SubCode. */
export const BIZ_CODES = {
  '2': ['核验不一致', 'they do not belong together'],
  '3': ['查无记录', 'there is no record'],
} as const satisfies Answers;

/** Of questions about one thing: there is an answer, or no record. */
export const NO_RECORD = { '3': BIZ_CODES['3'] } as const satisfies Answers;
