/**
 * The one judge of which addresses that somebody else names may be connected to. Downloads and callbacks connect here,
 * tunnels in src/proxy; both to what was judged, without resolving the name again.
 */
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { FETCH_MARK } from './fetch-mark.js';

export interface Address {
  readonly address: string;
  readonly family: number;
}
/** All addresses of a host. @throws when it has none */
export type Resolve = (host: string) => Promise<readonly Address[]>;

/**
 * `loopback`: this machine; `public`: the open internet as well; `private`: private networks besides; `elsewhere`: the open
 * internet alone.
 */
export type Reach = 'none' | 'loopback' | 'public' | 'private' | 'elsewhere';

/** Its message says why, in ASCII, without spaces. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly kind: 'malformed' | 'not-allowed' | 'unreachable' = 'unreachable',
  ) {
    super(message);
  }
}

const LONGEST_ADDRESS = 8 * 1024;

/** Every IPv6 address assigned so far lies in here. IPv4 written as IPv6, in its several forms, lies outside. */
const HANDED_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Metadata services of clouds at addresses that are like any other: Azure; AWS, Google, Oracle and Scaleway by IPv6. All others
 * are link-local, as 169.254.169.254 is, or shared, as Alibaba's 100.100.100.200.
 */
const METADATA = ['168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe', 'fd00:42::42'];
const PRIVATE = ['private', 'uniqueLocal'];

/**
 * `public` allows this machine and addresses without a special purpose; `private` those of RFC 1918 and RFC 4193 as well.
 * Metadata services of clouds are never among them.
 */
export function isAllowed({ address }: Address, reach: Reach): boolean {
  if (reach === 'none' || !ipaddr.isValid(address)) return false;
  const ip = ipaddr.parse(address);
  if (ip.range() === 'loopback') return reach !== 'elsewhere';
  if (reach === 'loopback' || METADATA.includes(ip.toString())) return false;
  if (PRIVATE.includes(ip.range())) return reach === 'private';
  if (ip.range() !== 'unicast') return false;
  return ip.kind() === 'ipv4' || ip.match(HANDED_OUT);
}

export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** @param base of what may be relative. @throws Refused */
export function webAddress(address: string, base?: URL): URL {
  if (address.length > LONGEST_ADDRESS) throw new Refused('address-over-8-KB', 'malformed');
  if (!URL.canParse(address, base)) throw new Refused('not-a-URL', 'malformed');
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refused('neither-http-nor-https', 'malformed');
  if (url.username || url.password) throw new Refused('credentials-in-URL', 'malformed');
  return url;
}

/** As a resolver takes it, or a list of addresses has it: IPv6 without brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** One forbidden address among several refuses the host: Node chooses which of them to connect to. @throws Refused */
export async function judged(url: URL, reach: Reach, resolve: Resolve, signal: AbortSignal): Promise<Address[]> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  late.catch(() => undefined);
  signal.throwIfAborted();
  const found = await Promise.race([resolve(hostOf(url)), late]);
  if (found.length === 0 || !found.every((one) => isAllowed(one, reach)))
    throw new Refused('address-not-allowed', 'not-allowed');
  return [...found];
}

/** For connections to the checked addresses: the second answer to a name could be another. */
export const leadingTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, { all }, done) =>
    all ? done(null, [...addresses]) : done(null, addresses[0]!.address, addresses[0]!.family);

/**
 * Connects to the checked addresses and does not resolve the name again.
 * With `ca` a CA in PEM is trusted beside the public ones
 */
export const connect = (
  url: URL,
  addresses: Address[],
  signal: AbortSignal,
  { method = 'GET', ca }: { readonly method?: 'GET' | 'HEAD'; readonly ca?: string } = {},
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      agent: false,
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      method,
      signal,
      headers: { [FETCH_MARK]: '1' },
      lookup: leadingTo(addresses),
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

/** Why a connection came to nothing, with Node's code of it: `unreachable-ECONNREFUSED`. */
export function failureOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof Refused) return error.message;
  if (signal.aborted) return 'timeout';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `unreachable${/^\w{1,50}$/.test(code) ? `-${code}` : ''}`;
}
