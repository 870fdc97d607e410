/** Trace ids of callers: W3C Trace Context, `traceparent: 00-<32 hex>-<16 hex>-<2 hex>`, 55 characters in lower case. */

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** @param headers names in lower case. @returns its 32 characters; undefined where none was sent, or what is none */
export function traceIdOf({ traceparent }: Readonly<Record<string, string | undefined>>): string | undefined {
  return traceparent?.length === 55 ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}
