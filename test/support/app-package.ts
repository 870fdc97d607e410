/** App packages, as small as they can be. */
import { strToU8, type Zippable, zipSync } from 'fflate';

/** `<manifest package="…">` as Android's tools compile it. @param utf8 whether strings are UTF-8 or UTF-16, both occur */
export function androidManifest(name: string, utf8 = true): Buffer {
  const strings = ['versionName', '1.0', 'http://schemas.android.com/apk/res/android', 'package', name, 'manifest'];
  const u16 = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
  const i32 = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
  const chunk = (type: number, header: Buffer, body: Buffer) =>
    Buffer.concat([u16(type, header.length + 8), i32(header.length + 8 + body.length), header, body]);
  const length8 = (n: number) => (n > 127 ? Buffer.from([0x80 | (n >> 8), n & 0xff]) : Buffer.from([n]));
  const encoded = strings.map((text) => {
    const bytes = Buffer.from(text, utf8 ? 'utf8' : 'utf16le');
    return utf8
      ? Buffer.concat([length8(text.length), length8(bytes.length), bytes, Buffer.from([0])])
      : Buffer.concat([u16(text.length), bytes, u16(0)]);
  });
  const offsets = encoded.map((_, index) => Buffer.concat(encoded.slice(0, index)).length);
  const data = Buffer.concat([...encoded, Buffer.alloc((4 - (Buffer.concat(encoded).length % 4)) % 4)]);
  const pool = chunk(
    0x0001,
    i32(strings.length, 0, utf8 ? 256 : 0, 28 + strings.length * 4, 0),
    Buffer.concat([i32(...offsets), data]),
  );
  const attribute = (namespace: number, key: number, value: number) =>
    Buffer.concat([i32(namespace, key, value), u16(8), Buffer.from([0, 3]), i32(value)]);
  const root = chunk(
    0x0102,
    i32(2, -1),
    Buffer.concat([i32(-1, 5), u16(20, 20, 2, 0, 0, 0), attribute(2, 0, 1), attribute(-1, 3, 4)]),
  );
  const space = chunk(0x0100, i32(2, -1), i32(-1, 2));
  return chunk(0x0003, Buffer.alloc(0), Buffer.concat([pool, space, root]));
}

export const zip = (files: Zippable): Buffer => Buffer.from(zipSync(files));

export const apk = (manifest: Uint8Array): Buffer =>
  zip({
    'classes.dex': strToU8('dex'),
    'AndroidManifest.xml': manifest,
    'assets/AndroidManifest.xml': strToU8(''),
  });

export const ipa = (plist: Uint8Array): Buffer =>
  zip({ 'Payload/Demo.app/Frameworks/A.framework/Info.plist': strToU8('x'), 'Payload/Demo.app/Info.plist': plist });

export const xmlPlist = (identifier: string): Uint8Array =>
  strToU8(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleName</key><string>Demo</string>
<key>CFBundleIdentifier</key><string>${identifier}</string></dict></plist>`);
