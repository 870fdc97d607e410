/**
 * What the page at CertifyUrl tells the merchant's: `response`, one parameter more of ReturnUrl, the text of a JSON object as a
 * program has received it; in an iframe it is posted. It holds no result: only DescribeFaceVerify can be believed.
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

/** Why a page gives up, without anything submitted; the same table. That all come with code 1003 is inferred. */
export const GIVEN_UP = {
  Z5052: { zh: '系统错误', en: 'system error' },
  Z5053: { zh: '网络错误', en: 'network error' },
  Z5054: { zh: '无法使用摄像头', en: 'failed to access the camera' },
  Z5056: { zh: '重试次数过多', en: 'retry limit' },
  Z5057: { zh: '浏览器不支持', en: 'unsupported browser' },
} as const;
export type GivenUp = keyof typeof GIVEN_UP;

export const isGivenUp = (word: string | undefined): word is GivenUp => Object.hasOwn(GIVEN_UP, word ?? '');

export type State = keyof typeof ROWS;

/** @param alive whether it can be gone on with, if it is open. @returns undefined while it can */
export function stateOf({ status }: Verification, alive: boolean): State | undefined {
  if (status === 'passed' || status === 'failed' || status === 'quit') return status;
  return alive ? undefined : 'expired';
}

/** @param why of one that was left, where the person did not leave by choice */
export function responseOf(certifyId: string, state: State, why?: GivenUp): string {
  const [code, subCode, reason] = state === 'quit' && why ? ([1003, why, GIVEN_UP[why].en] as const) : ROWS[state];
  return JSON.stringify({ code, subCode, reason, extInfo: { certifyId } });
}

/**
 * Its own query stays, and `response` comes behind it. Where `#` leads on to a route (`#/done`) it is not known whether the
 * vendor appends before or behind that: there it stands in both places, for either reader.
 */
export function withResponse(returnUrl: string, response: string): string {
  const [, address = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(returnUrl) ?? [];
  const parameter = `response=${encodeURIComponent(response)}`;
  return appended(address, parameter) + (/^#!?\//.test(fragment) ? appended(fragment, parameter) : fragment);
}

function appended(text: string, parameter: string): string {
  const joint = text.includes('?') ? (/[?&]$/.test(text) ? '' : '&') : '?';
  return text + joint + parameter;
}
