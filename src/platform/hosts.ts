/** A wildcard is bound to, not called: where a server that is bound to `host` is found on this machine. */
export const calledAs = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

/** As a URL or a Host header writes it: IPv6 in brackets. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
