/** GBK bytes of a text, percent-encoded. Node decodes GBK but does not encode it: the table is made from its decoder, once. */
import { percentEncode } from '../platform/url-text.js';

const FIRST_LEAD = 0x81;
const FIRST_TRAIL = 0x40;
const TRAILS = 0xfe - FIRST_TRAIL + 1;

let table: Map<string, string> | undefined;

/** Decodes all pairs of bytes in one call, with a newline between two: one call per pair would use up the search's time. */
function gbkTable(): Map<string, string> {
  if (table) return table;
  const bytes = Buffer.alloc((0xfe - FIRST_LEAD + 1) * TRAILS * 3, '\n');
  for (let at = 0; at * 3 < bytes.length; at++) {
    bytes[at * 3] = FIRST_LEAD + Math.floor(at / TRAILS);
    bytes[at * 3 + 1] = FIRST_TRAIL + (at % TRAILS);
  }
  table = new Map();
  for (const [at, char] of gbkDecode(bytes).split('\n').entries()) {
    if (char.length === 1 && char !== '\ufffd' && !table.has(char))
      table.set(char, escapeBytes(bytes.subarray(at * 3, at * 3 + 2)));
  }
  return table;
}

/** A trail byte can be an ASCII letter or digit, which is not escaped. */
const escapeBytes = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) => (byte < 0x80 ? percentEncode(String.fromCharCode(byte)) : `%${byte.toString(16).toUpperCase()}`))
    .join('');

export const gbkDecode = (bytes: Buffer): string => new TextDecoder('gbk').decode(bytes);

/** What GBK has no bytes for becomes a question mark, as in Java. */
export const gbkEncode = (text: string): string =>
  text.replace(/[\u0000-\u007f]+|[^\u0000-\u007f]/gu, (part) =>
    part.codePointAt(0)! < 0x80 ? percentEncode(part) : (gbkTable().get(part) ?? '%3F'),
  );
