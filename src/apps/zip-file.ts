/**
 * One file of a zip, found by the directory at its end. Packages come from strangers: what is unpacked is bounded while
 * it is unpacked, which the library used elsewhere here does not do: it goes on to the end of what is packed.
 */
import { inflateRawSync } from 'node:zlib';

const END = Buffer.from('PK\x05\x06', 'latin1');
/** The end record, and the longest comment behind it. */
const MAX_END = 22 + 0xffff;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

export interface FoundFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** @returns the first file of such a name; undefined when there is none. @throws RangeError when it is no zip, or the file is larger */
export function findFile(zip: Buffer, names: readonly RegExp[], maxBytes: number): FoundFile | undefined {
  const tail = Math.max(0, zip.length - MAX_END);
  const end = tail + zip.subarray(tail).lastIndexOf(END);
  if (end < tail) throw new RangeError('no zip');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, nameEnd);
    if (names.some((pattern) => pattern.test(name))) return { name, bytes: unpack(zip, at, maxBytes) };
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return undefined;
}

function unpack(zip: Buffer, entry: number, maxBytes: number): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  const method = zip.readUInt16LE(entry + 10);
  if (method === DEFLATED) return inflateRawSync(packed, { maxOutputLength: maxBytes });
  if (method !== STORED || packed.length > maxBytes) throw new RangeError('stored otherwise, or too large');
  return packed;
}
