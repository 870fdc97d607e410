const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host means this machine only: a name or an address, without a port. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
