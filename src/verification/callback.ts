/** A callback: the address of the caller's that is told how a verification has ended. */
import { percentEncode } from '../platform/url-text.js';

export interface Callback {
  /** As the caller gave it. */
  readonly url: string;
  /** Of the query, in the order in which the vendor appends them. */
  readonly params: readonly (readonly [name: string, value: string])[];
  /** Why it is not called, whatever the address: one of the reasons in hint-texts.ts. */
  readonly refused?: string;
}

/** With everything in its address. */
export type ReadyCallback = Omit<Callback, 'params'>;

/** Its own query stays as it is written, and what is appended comes behind it; a `#` and what follows is never sent. */
export function readyCallback({ url, params, refused }: Callback): ReadyCallback {
  const [before = ''] = url.split('#', 1);
  const joint = before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?';
  const appended = params.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
  return { url: `${before}${joint}${appended}`, refused };
}
