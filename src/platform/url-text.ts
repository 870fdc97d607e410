/** The text of addresses: percent-encoding, as every signature wants it too, and the target of a request line. */

const UNRESERVED = /^[\w.~-]*$/;
/** From here on bytes are looked up one by one: a megabyte of `!` would be a million calls of a function. */
const LONG = 4096;

/** RFC 3986: letters, digits and `-_.~` stay; every other UTF-8 byte becomes `%XX`. */
export const percentEncode = (text: string): string =>
  UNRESERVED.test(text)
    ? text
    : text.length > LONG
      ? encodeLong(text, '%')
      : encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Encoded, and what that gives encoded once more: only its `%` are left to encode. */
export function percentEncodeTwice(text: string): string {
  if (text.length > LONG) return encodeLong(text, '%25');
  const once = percentEncode(text);
  return once === text ? text : once.replaceAll('%', '%25');
}

/** Byte → whether it stays. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(UNRESERVED.test(String.fromCharCode(byte))));
const HEX = Buffer.from('0123456789ABCDEF');

function encodeLong(text: string, percent: '%' | '%25'): string {
  const bytes = Buffer.from(text);
  const encoded = Buffer.allocUnsafe(bytes.length * (percent.length + 2));
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (PLAIN[byte] === 1) encoded[end++] = byte;
    else {
      encoded[end++] = 0x25;
      if (percent === '%25') {
        encoded[end++] = 0x32;
        encoded[end++] = 0x35;
      }
      encoded[end++] = HEX[byte >> 4]!;
      encoded[end++] = HEX[byte & 15]!;
    }
  }
  return encoded.toString('latin1', 0, end);
}

/** The same for a path: its slashes stay. */
export const percentEncodePath = (path: string): string => percentEncode(path).replaceAll('%2F', '/');

/** The pairs of a query or form, decoded, as `URLSearchParams` reads them: of megabytes it takes a tenth of a second. */
export function formPairs(text: string): Iterable<[name: string, value: string]> {
  if (text.length <= LONG) return new URLSearchParams(text);
  const parts = text.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [decodeLong(part), ''] : [decodeLong(part.slice(0, at)), decodeLong(part.slice(at + 1))];
  });
}

/** Byte → the digit it is, in hexadecimal; 16: none. */
const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? 16 : digit;
});

function decodeLong(text: string): string {
  if (!/[%+]/.test(text)) return wellFormed(text);
  const bytes = Buffer.from(text);
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0x25 && at + 2 < bytes.length && DIGIT[bytes[at + 1]!]! < 16 && DIGIT[bytes[at + 2]!]! < 16) {
      bytes[end++] = DIGIT[bytes[at + 1]!]! * 16 + DIGIT[bytes[at + 2]!]!;
      at += 2;
    } else bytes[end++] = byte === 0x2b ? 0x20 : byte;
  }
  return bytes.toString('utf8', 0, end);
}

/** Half characters become U+FFFD. */
const wellFormed = (text: string): string => (/\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text);

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

/** `host:port` of the absolute form; undefined of any other. */
export const authorityOf = (target: string): string | undefined =>
  /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];

/** @returns path and query, neither decoded; the query without its `?` */
export function splitTarget(target: string): { path: string; query: string } {
  const origin = originForm(target);
  const mark = origin.indexOf('?');
  return mark < 0
    ? { path: origin || '/', query: '' }
    : { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
}
