/**
 * What the page at CertifyUrl tells the merchant's: `response`, one parameter more of ReturnUrl, the text of a JSON object as a
 * program has received it. It holds no result: only DescribeFaceVerify can be believed.
 */
import type { Verification } from '../../verification/verification.js';

/** Of the table of the sister product's web page, one row of which was captured of this one. */
const ROWS = {
  passed: [1000, 'Z5050', 'process success'],
  failed: [2006, 'Z5051', 'process fail'],
  quit: [1003, 'Z5055', 'user quit'],
  // nothing is known of one whose time is over
  expired: [1003, 'Z5052', 'system error'],
} as const;

export type State = keyof typeof ROWS;

/** @param alive whether it can be gone on with, if it is open. @returns undefined while it can */
export function stateOf({ status }: Verification, alive: boolean): State | undefined {
  if (status === 'passed' || status === 'failed' || status === 'quit') return status;
  return alive ? undefined : 'expired';
}

export function responseOf(certifyId: string, state: State): string {
  const [code, subCode, reason] = ROWS[state];
  return JSON.stringify({ code, subCode, reason, extInfo: { certifyId } });
}

/** Its own query stays, `response` comes behind it, and before a `#` (where it goes there is not known). */
export function withResponse(returnUrl: string, response: string): string {
  const [before = '', ...fragment] = returnUrl.split('#');
  const joint = before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?';
  return [`${before}${joint}response=${encodeURIComponent(response)}`, ...fragment].join('#');
}
