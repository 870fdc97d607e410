/**
 * CallbackUrl and CallbackToken of an operation that starts a verification: whether the address answers is asked at once, and
 * it is called when the verification has passed or failed.
 */
import type { Context } from '../gateway/context.js';
import type { Hint } from '../platform/hint.js';
import { isLoopback } from '../platform/hosts.js';

/** What a verification keeps of them in its `data`. */
export interface KeptCallback {
  readonly url: string;
  readonly token?: string;
  /** Why it will not be called, whatever the address. */
  readonly refused?: string;
}

const FROM_PAGE = 'asked-for-by-a-web-page';

/** @param refuse fails the call: the address is none, or nobody answers there */
export async function callbackOf(
  { CallbackUrl: url, CallbackToken: token }: { readonly CallbackUrl?: string; readonly CallbackToken?: string },
  { callbacks, fromPage, note }: Pick<Context, 'callbacks' | 'fromPage' | 'note'>,
  refuse: (hint: Hint) => never,
): Promise<KeptCallback | undefined> {
  if (url === undefined) return undefined;
  const problem = fromPage ? ({ kind: 'not-allowed', why: FROM_PAGE } as const) : await callbacks.check(url);
  if (problem && problem.kind !== 'not-allowed') return refuse(['callback-unusable', { why: problem.why }]);
  if (problem) note(['no-callback', { why: problem.why }]);
  if (URL.canParse(url) && isPlain(new URL(url))) note('callback-http');
  return { url, token, refused: fromPage ? FROM_PAGE : undefined };
}

const isPlain = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && !isLoopback(hostname);
