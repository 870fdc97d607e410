/** The text of addresses: percent-encoding, as every signature wants it too, and the target of a request line. */

const UNRESERVED = /^[\w.~-]*$/;

/** RFC 3986: letters, digits and `-_.~` stay; every other UTF-8 byte becomes `%XX`. */
export const percentEncode = (text: string): string =>
  UNRESERVED.test(text)
    ? text
    : encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** The same for a path: its slashes stay. */
export const percentEncodePath = (path: string): string => percentEncode(path).replaceAll('%2F', '/');

/** @returns undefined when it is not percent-encoded UTF-8 */
export function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `/p?q` of the absolute form `http://host/p?q` (RFC 9112, 3.2); of `http://host` it is empty. */
export const originForm = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');

/** @returns path and query, neither decoded; the query without its `?` */
export function splitTarget(target: string): { path: string; query: string } {
  const origin = originForm(target);
  const mark = origin.indexOf('?');
  return mark < 0
    ? { path: origin || '/', query: '' }
    : { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
}
