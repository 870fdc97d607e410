/**
 * CFBundleIdentifier in an app's Info.plist, XML or binary. A binary one is read here, for that key alone: objects may
 * be shared, and readers that build all of them are kept busy for ever by some thirty arrays, each twice in the one before.
 */

const KEY = 'CFBundleIdentifier';
const DICT = 0xd0;
const ASCII = 0x50;
const UTF16 = 0x60;

/** As the parser gives it when order counts: one member, named by the tag. */
type Node = Readonly<Record<string, readonly Node[] | undefined>> & { readonly '#text'?: string };

/** @returns undefined when there is none. @throws when the bytes are no property list */
export async function bundleIdentifier(file: Buffer): Promise<string | undefined> {
  if (file.toString('latin1', 0, 6) === 'bplist') return binaryMember(file, KEY);
  const { XMLParser } = await import('fast-xml-parser');
  const document: Node[] = new XMLParser({ preserveOrder: true, parseTagValue: false }).parse(file.toString('utf8'));
  const child = (nodes: readonly Node[] | undefined, tag: string) => nodes?.find((node) => node[tag])?.[tag];
  const members = child(child(document, 'plist'), 'dict') ?? [];
  const at = members.findIndex(({ key }) => key?.[0]?.['#text'] === KEY);
  return at < 0 ? undefined : members[at + 1]?.string?.[0]?.['#text'];
}

/** Header, objects, table of their offsets, trailer: sizes of an offset and of a reference, count, top object, table. */
function binaryMember(file: Buffer, wanted: string): string | undefined {
  const trailer = file.length - 32;
  const offsetBytes = file.readUInt8(trailer + 6);
  const refBytes = file.readUInt8(trailer + 7);
  const table = Number(file.readBigUInt64BE(trailer + 24));
  const objectAt = (ref: number) => file.readUIntBE(table + ref * offsetBytes, offsetBytes);
  const top = header(file, objectAt(Number(file.readBigUInt64BE(trailer + 16))));
  if (top.type !== DICT) return undefined;
  const member = (index: number) => objectAt(file.readUIntBE(top.start + index * refBytes, refBytes));
  for (let index = 0; index < top.count; index++) {
    const key = member(index);
    // many keys may be one long text: none is read that cannot be ours
    if (header(file, key).count === wanted.length && text(file, key) === wanted)
      return text(file, member(top.count + index));
  }
  return undefined;
}

/** A count of 15 means that the count is the number that follows. */
function header(file: Buffer, at: number): { type: number; count: number; start: number } {
  const type = file.readUInt8(at) & 0xf0;
  const count = file.readUInt8(at) & 0x0f;
  if (count < 15) return { type, count, start: at + 1 };
  const bytes = 1 << (file.readUInt8(at + 1) & 0x0f);
  return { type, count: file.readUIntBE(at + 2, bytes), start: at + 2 + bytes };
}

function text(file: Buffer, at: number): string | undefined {
  const { type, count, start } = header(file, at);
  if (type === ASCII) return file.toString('latin1', start, start + count);
  if (type !== UTF16) return undefined;
  return Buffer.from(file.subarray(start, start + count * 2))
    .swap16()
    .toString('utf16le');
}
