/**
 * The package in a compiled AndroidManifest.xml (ResourceTypes.h of the Android platform). Only what leads there is read,
 * once and forwards: the readers to be had loop for ever on a chunk of no length, or unpack every string there is.
 */

const STRING_POOL = 0x0001;
const XML = 0x0003;
const START_ELEMENT = 0x0102;
const UTF8 = 1 << 8;
/** Of the strings that are looked at. */
const MAX_BYTES = 512;

/** @returns undefined when the root element names none. @throws RangeError when the bytes are no such file */
export function manifestPackage(file: Buffer): string | undefined {
  if (file.readUInt16LE(0) !== XML) throw new RangeError('no binary XML');
  let strings: ((index: number) => string) | undefined;
  let at = file.readUInt16LE(2);
  while (at < file.length) {
    const type = file.readUInt16LE(at);
    const size = file.readUInt32LE(at + 4);
    if (size < 8 || at + size > file.length) throw new RangeError('a chunk without an end');
    const chunk = file.subarray(at, at + size);
    if (type === STRING_POOL) strings ??= stringPool(chunk);
    // the first element is the root
    if (type === START_ELEMENT && strings) return attribute(chunk, 'package', strings);
    at += size;
  }
  return undefined;
}

/** An attribute is namespace, name, raw value, then the typed value; all are indexes of strings. */
function attribute(element: Buffer, wanted: string, strings: (index: number) => string): string | undefined {
  const body = element.readUInt16LE(2);
  const start = body + element.readUInt16LE(body + 8);
  const size = element.readUInt16LE(body + 10);
  const count = element.readUInt16LE(body + 12);
  if (size < 20) throw new RangeError('attributes that overlap');
  for (let index = 0; index < count; index++) {
    const at = start + index * size;
    const value = element.readInt32LE(at + 8);
    if (value >= 0 && strings(element.readInt32LE(at + 4)) === wanted) return strings(value);
  }
  return undefined;
}

/** Lengths are in one or two units, the high bit of the first says which; UTF-8 gives characters, then bytes. */
function stringPool(chunk: Buffer): (index: number) => string {
  const offsets = chunk.readUInt16LE(2);
  const count = chunk.readUInt32LE(8);
  const utf8 = (chunk.readUInt32LE(16) & UTF8) !== 0;
  const start = chunk.readUInt32LE(20);
  return (index) => {
    if (index < 0 || index >= count) throw new RangeError('no such string');
    let at = start + chunk.readUInt32LE(offsets + index * 4);
    if (!utf8) {
      const units = chunk.readUInt16LE(at);
      return bounded(chunk, 'utf16le', at + 2, units * 2);
    }
    at += chunk.readUInt8(at) & 0x80 ? 2 : 1;
    const first = chunk.readUInt8(at);
    const bytes = first & 0x80 ? ((first & 0x7f) << 8) | chunk.readUInt8(at + 1) : first;
    at += first & 0x80 ? 2 : 1;
    return bounded(chunk, 'utf8', at, bytes);
  };
}

function bounded(chunk: Buffer, encoding: 'utf8' | 'utf16le', at: number, bytes: number): string {
  if (bytes > MAX_BYTES || at + bytes > chunk.length) throw new RangeError('a string too long');
  return chunk.toString(encoding, at, at + bytes);
}
