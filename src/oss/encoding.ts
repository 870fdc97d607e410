/** How names travel: percent-encoded UTF-8 in paths and queries, bare bytes in headers. */

/** Some clients send bytes bare in the request line; Node reads each as one character. */
const encodeBytes = (raw: string): string =>
  raw.replace(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);

/**
 * Decodes once: Python and Go send the slashes of a key as `%2F`. A bare plus is a space, as in a query: the older Go
 * client sends it so, and ali-oss makes sure never to send one. @throws URIError when it is not UTF-8
 */
export function decodePath(raw: string): string {
  const path = decodeURIComponent(encodeBytes(raw).replaceAll('+', '%20'));
  if (/\p{Surrogate}/u.test(path)) throw new URIError('half a character');
  return path;
}

/**
 * Of two equal names the first counts, for the signature and for the operation. The `&` keeps a question mark it may begin
 * with: the older Go client asks for `??objectMeta`, and means by it a GetObject.
 */
export const decodeQuery = (raw: string): Map<string, string> =>
  new Map([...new URLSearchParams(`&${encodeBytes(raw)}`)].reverse());

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a client meant by a header that Node read as Latin-1. */
export function headerText(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  try {
    return utf8.decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}
