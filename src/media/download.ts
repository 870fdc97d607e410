/** The only file that connects to addresses named in calls: which of them may be fetched, and how many bytes. */
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import ipaddr from 'ipaddr.js';
import type { Options } from '../config/options.js';
import { collect } from '../platform/collect.js';
import { FETCH_MARK } from './fetch-mark.js';

export interface Address {
  readonly address: string;
  readonly family: number;
}
/** All addresses of a host. @throws when it has none */
export type Resolve = (host: string) => Promise<readonly Address[]>;

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

class Refused extends Error {}

const MAX_REDIRECTS = 5;
const LONGEST_ADDRESS = 8 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Every IPv6 address assigned so far lies in here. IPv4 written as IPv6, in its several forms, lies outside. */
const HANDED_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * `public` allows this machine and addresses without a special purpose. Private networks are not among them, nor are the
 * metadata services of clouds: 169.254.169.254, and Alibaba's 100.100.100.200.
 * @param policy `loopback`: this machine; `public`: the open internet as well
 */
export function isAllowed({ address }: Address, policy: Options['fetch']): boolean {
  if (policy === 'none' || !ipaddr.isValid(address)) return false;
  const ip = ipaddr.parse(address);
  if (ip.range() === 'loopback') return true;
  if (policy === 'loopback' || ip.range() !== 'unicast') return false;
  return ip.kind() === 'ipv4' || ip.match(HANDED_OUT);
}

const systemResolve: Resolve = (host) => lookup(host, { all: true });

/**
 * Fetches an http(s) address where the policy allows all its host resolves to; each redirect is judged anew. Never
 * rejects: what went wrong is the answer.
 */
export async function download(
  address: string,
  policy: Options['fetch'],
  { maxBytes, timeoutMs, until }: Bounds,
  resolve: Resolve = systemResolve,
): Promise<Downloaded> {
  if (policy === 'none') return { refused: 'fetch-is-none' };
  const late = AbortSignal.timeout(timeoutMs);
  const signal = until ? AbortSignal.any([late, until]) : late;
  try {
    let url = read(address, undefined);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const response = await get(url, await judged(url, policy, resolve, signal), signal);
      const { statusCode = 0, headers } = response;
      if (REDIRECTS.includes(statusCode) && headers.location) {
        response.destroy();
        url = read(headers.location, url);
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
    if (error instanceof Refused) return { refused: error.message };
    return { refused: signal.aborted ? 'timeout' : `unreachable${codeOf(error)}` };
  }
}

/** Node's code of the failure, e.g. `-ECONNREFUSED`, `-ENOTFOUND`. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^\w{1,50}$/.test(code) ? `-${code}` : '';
}

/** @throws Refused */
function read(address: string, base: URL | undefined): URL {
  if (address.length > LONGEST_ADDRESS) throw new Refused('address-over-8-KB');
  if (!URL.canParse(address, base)) throw new Refused('not-a-URL');
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refused('neither-http-nor-https');
  if (url.username || url.password) throw new Refused('credentials-in-URL');
  return url;
}

/** One forbidden address among several refuses the host: Node chooses which of them to connect to. @throws Refused */
async function judged(url: URL, policy: Options['fetch'], resolve: Resolve, signal: AbortSignal): Promise<Address[]> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  late.catch(() => undefined);
  signal.throwIfAborted();
  const found = await Promise.race([resolve(url.hostname.replace(/^\[|\]$/g, '')), late]);
  if (found.length === 0 || !found.every((one) => isAllowed(one, policy))) throw new Refused('address-not-allowed');
  return [...found];
}

/** Connects to the checked addresses and does not resolve the name again: the second answer could be another. */
const get = (url: URL, addresses: Address[], signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      agent: false,
      signal,
      headers: { [FETCH_MARK]: '1' },
      lookup: (_host, { all }, done) =>
        all ? done(null, addresses) : done(null, addresses[0]!.address, addresses[0]!.family),
    });
    request
      .once('response', resolve)
      .once('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        reject(new Refused(`status-${statusCode}`));
      })
      .once('error', reject)
      // the connection may also end without an error event
      .once('close', () => reject(new Error('closed')))
      .end();
  });

/** @throws Refused */
async function body(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length']) > maxBytes) {
    response.destroy();
    throw new Refused('too-large');
  }
  // an iteration that ends early destroys the response
  return collect(response, maxBytes, () => new Refused('too-large'));
}
