/** Names of this machine, and whether a web page of somebody else's is calling. */

/** Of a Host header without its port, or of an origin. */
export const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The host name of an Origin header, in lower case; what is no origin comes back as it is. */
export const originName = (origin: string): string =>
  URL.canParse(origin) ? new URL(origin).hostname.toLowerCase() : origin;

/** @param origin the Origin header; clients that are no browser send none */
export const isForeignPage = (origin = ''): boolean => origin !== '' && !LOOPBACK_NAME.test(originName(origin));
