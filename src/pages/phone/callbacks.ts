/**
 * What an app or a page is told when a verification ends: SAF's mobile SDK gives a retCode (its own guides), as its web
 * page does; Cloudauth's SDK of 2017 one of five words. Neither says what an expired session brings: guessed.
 */
export type End = 'pass' | 'fail' | 'quit' | 'expire';

export const ENDS: readonly End[] = ['pass', 'fail', 'quit', 'expire'];

/** 2002, a network error, comes from no ending. */
export const RET_CODES = { pass: 1000, fail: 2006, quit: 1003, expire: 1001 } as const satisfies Record<End, number>;
/** AUDIT_IN_AUDIT is what a task still under review brings. */
const AUDITS: Readonly<Record<End, string>> = {
  pass: 'AUDIT_PASS',
  fail: 'AUDIT_FAIL',
  quit: 'AUDIT_NOT',
  expire: 'AUDIT_EXCEPTION',
};

export const callbackOf = (product: 'cloudauth' | 'saf', end: End): string =>
  product === 'saf' ? String(RET_CODES[end]) : AUDITS[end];

export const isEnd = (word: unknown): word is End => ENDS.includes(word as End);
