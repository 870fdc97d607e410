/** How hosts are written, and which of them are this machine. */

/** A wildcard is bound to, not called: where a server that is bound to `host` is found on this machine. */
export const calledAs = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

/** As a URL or a Host header writes it: IPv6 in brackets. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host means this machine only: a name or an address, without a port. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
