/** Name → the bytes of one request. */
export const hostileRequests: Readonly<Record<string, () => Buffer>>;
