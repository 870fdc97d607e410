/** How hosts are written, and which of them are this machine. */

/** A wildcard is bound to, not called: where a server that is bound to `host` is found on this machine. */
export const calledAs = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

/** As a URL or a Host header writes it: IPv6 in brackets. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host means this machine only: a name or an address, without a port. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** The name or address of a Host header, without its port, in lower case. */
export const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** RFC 1918 and link-local, and the same of IPv6 (RFC 4193): `URL` writes every form of an address like this. */
const PRIVATE =
  /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[f[cd][\da-f]{2}:[\da-f:.]*\]|\[fe[89ab][\da-f]:[\da-f:.]*\])$/;

/** Whether a host is this machine or has a private address. @param name as `URL` writes it, in lower case */
export const isThisNetwork = (name: string): boolean =>
  isLoopback(name) || name.endsWith('.localhost') || PRIVATE.test(name);
