/** Calls that come from a web page, and which pages may call. */
import type { Hint } from '../platform/hint.js';
import { hostName, isLoopback, isThisNetwork } from '../platform/hosts.js';

type Headers = Readonly<Record<string, string | undefined>>;

/** The host name of an Origin header, in lower case; what is no origin comes back as it is. */
export const originName = (origin: string): string =>
  URL.canParse(origin) ? new URL(origin).hostname.toLowerCase() : origin;

/** Clients that are no browser send neither header. A picture's address is asked for without an Origin. */
export const isForeignPage = ({ origin = '', 'sec-fetch-site': site }: Headers): boolean =>
  site === 'cross-site' || (origin !== '' && !isLoopback(originName(origin)));

export interface OriginOptions {
  readonly allowedOrigins: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly publicUrl?: string;
}

/** @param host the Host the emulator was reached by. @returns why the page may not call; undefined where it may */
export type OriginRule = (headers: Headers, host: string) => Hint | undefined;

/**
 * The key of an emulator is no secret, and its answers may be read by any page (CORS `*`): so only pages of this machine,
 * of private networks, and of the host the emulator is reached by may call it, and those that are let in. A page without
 * an origin of its own (`null`: a file, a sandboxed frame) may.
 */
export function originRule({ allowedOrigins, allowedHosts, publicUrl }: OriginOptions): OriginRule {
  const names = publicUrl === undefined ? allowedHosts : [...allowedHosts, new URL(publicUrl).hostname];
  const anyone = allowedOrigins.includes('*');
  return ({ origin }, host) => {
    if (anyone || origin === undefined || origin === '' || origin === 'null') return undefined;
    const name = originName(origin);
    if (isThisNetwork(name) || name === hostName(host) || names.includes(name)) return undefined;
    if (allowedOrigins.includes(origin.toLowerCase())) return undefined;
    return ['foreign-page', { origin }];
  };
}
