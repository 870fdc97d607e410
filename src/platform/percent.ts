/** Percent-encoding, as every signature and address wants it. */

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
