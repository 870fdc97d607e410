/** Fetches what a call names: pictures and app packages, and how many bytes of them. */
import type { IncomingMessage } from 'node:http';
import {
  connect,
  failureOf,
  judged,
  type Reach,
  Refused,
  type Resolve,
  systemResolve,
  webAddress,
} from '../outgoing/way-out.js';
import { collect } from '../platform/collect.js';

export interface Bounds {
  /** Of the body. */
  readonly maxBytes: number;
  /** For all of it: names, redirects, body. */
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly until?: AbortSignal;
}

export type Downloaded =
  | { readonly bytes: Buffer; readonly contentType: string | undefined }
  /** In ASCII, without spaces. */
  | { readonly refused: string };

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Fetches an http(s) address where the policy allows all its host resolves to; each redirect is judged anew. Never
 * rejects: what went wrong is the answer.
 */
export async function download(
  address: string,
  policy: Reach,
  { maxBytes, timeoutMs, until }: Bounds,
  resolve: Resolve = systemResolve,
): Promise<Downloaded> {
  if (policy === 'none') return { refused: 'fetch-is-none' };
  const late = AbortSignal.timeout(timeoutMs);
  const signal = until ? AbortSignal.any([late, until]) : late;
  try {
    let url = webAddress(address);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const response = await connect(url, await judged(url, policy, resolve, signal), signal);
      const { statusCode = 0, headers } = response;
      if (REDIRECTS.includes(statusCode) && headers.location) {
        response.destroy();
        url = webAddress(headers.location, url);
        continue;
      }
      if (statusCode !== 200) {
        response.destroy();
        return { refused: `status-${statusCode}` };
      }
      return { bytes: await body(response, maxBytes), contentType: headers['content-type'] };
    }
    return { refused: 'too-many-redirects' };
  } catch (error) {
    return { refused: failureOf(error, signal) };
  }
}

/** @throws Refused */
async function body(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length']) > maxBytes) {
    response.destroy();
    throw new Refused('too-large');
  }
  // an iteration that ends early destroys the response
  return collect(response, maxBytes, () => new Refused('too-large'));
}
