/** What app packages call themselves, and what hostile ones get for it. */
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packageName } from '../../src/media/app-package/package-name.js';
import { androidManifest, apk, ipa, xmlPlist, zip } from '../support/app-package.js';

/** Written by Python's plistlib: 20 keys, among them CFBundleIdentifier `com.example.demo`, and shared objects. */
const BINARY_PLIST = Buffer.from(
  [
    'YnBsaXN0MDDfEBQBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicrXxASQ0ZCdW5kbGVJZGVudGlmaWVyXxATQ0ZCdW5kbGVJ',
    'ZGVudGlmaWVyWFxDRkJ1bmRsZU5hbWVfEA9DRkJ1bmRsZVZlcnNpb25US2V5MFRLZXkxVUtleTEwVUtleTExVUtleTEyVUtleTEzVEtleTJUS2V5',
    'M1RLZXk0VEtleTVUS2V5NlRLZXk3VEtleThUS2V5OVZOZXN0ZWReVUlEZXZpY2VGYW1pbHlfEBBjb20uZXhhbXBsZS5kZW1vUm5vYnk6T4tRMRAA',
    'EAEQChALEAwQDRACEAMQBBAFEAYQBxAIEAnRKClRYa8QFCoqKioqKioqKioqKioqKioqKioqUXiiGh8ACAAzAEgAXgBrAH0AggCHAI0AkwCZAJ8A',
    'pACpAK4AswC4AL0AwgDHAM4A3QDwAPMA+AD6APwA/gEAAQIBBAEGAQgBCgEMAQ4BEAESARQBFgEZARsBMgE0AAAAAAAAAgEAAAAAAAAALAAAAAAA',
    'AAAAAAAAAAAAATc=',
  ].join(''),
  'base64',
);

const NAME = 'com.example.demo';
const readable: [string, Buffer, string][] = [
  ['an apk with UTF-8 strings', apk(androidManifest(NAME)), 'ANDROID'],
  ['an apk with UTF-16 strings', apk(androidManifest(NAME, false)), 'ANDROID'],
  ['an apk whose name takes two bytes to count', apk(androidManifest(`com.${'a'.repeat(140)}`)), 'ANDROID'],
  ['an ipa with a binary Info.plist', ipa(BINARY_PLIST), 'IOS'],
  ['an ipa with an XML Info.plist', ipa(xmlPlist(NAME)), 'IOS'],
];

test.each(readable)('%s is read', async (_what, bytes, platform) => {
  const found = { packageName: expect.stringMatching(/^com\.(example\.demo|a{140})$/) };
  expect(await packageName(bytes, null)).toEqual(found);
  expect(await packageName(bytes, platform)).toEqual(found);
});

test.each(readable)('%s is refused for the other platform', async (_what, bytes, platform) => {
  const other = platform === 'IOS' ? 'ANDROID' : 'IOS';
  expect(await packageName(bytes, other)).toEqual({ refused: `package-is-for-${platform}` });
});

test.each<[string, Buffer, string]>([
  ['text', Buffer.from('<html>not found</html>'), 'package-cannot-be-read'],
  ['nothing', Buffer.alloc(0), 'package-cannot-be-read'],
  ['a zip of something else', zip({ 'a.txt': strToU8('a') }), 'neither-apk-nor-ipa'],
  ['an empty zip', zip({}), 'neither-apk-nor-ipa'],
  ['an apk cut short', apk(androidManifest(NAME)).subarray(0, -30), 'package-cannot-be-read'],
  ['a manifest that is text', apk(strToU8('<manifest package="a"/>')), 'package-cannot-be-read'],
  ['an Info.plist that is none', ipa(strToU8('hello')), 'package-cannot-be-read'],
  ['an Info.plist without the key', ipa(strToU8('<plist><dict/></plist>')), 'package-has-no-name'],
  ['a name that is none', apk(androidManifest('a b\u0000')), 'package-has-no-name'],
  ['an empty name', apk(androidManifest('')), 'package-has-no-name'],
])('%s is refused', async (_what, bytes, refused) => {
  expect(await packageName(bytes, null)).toEqual({ refused });
});

describe('hostile packages are refused, and soon', () => {
  /** Without the bound of two seconds these would end when the test has long been given up. */
  const soon = (bytes: Buffer) => packageName(bytes, null, 2000);
  const UNREADABLE = { refused: 'package-cannot-be-read' };

  const bomb = zip({ 'AndroidManifest.xml': [new Uint8Array(100 * 1024 * 1024), { level: 1 }] });

  test('a manifest of 100 MB, packed well', async () => {
    expect(await soon(bomb)).toEqual(UNREADABLE);
  });

  test('a manifest that claims to be small and is not', async () => {
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(100, lying.lastIndexOf('PK\u0001\u0002') + 24);
    expect(await soon(lying)).toEqual(UNREADABLE);
  });

  test('a good manifest of more than 1 MB', async () => {
    expect(await soon(ipa(Buffer.concat([xmlPlist(NAME), Buffer.alloc(1_000_001, ' ')])))).toEqual(UNREADABLE);
  });

  test('a directory that claims more files than it has', async () => {
    const short = zip({ a: strToU8('a') });
    short.writeUInt16LE(0xffff, short.length - 22 + 10);
    expect(await soon(short)).toEqual(UNREADABLE);
  });

  test('a manifest with a chunk of no length', async () => {
    const manifest = androidManifest(NAME);
    manifest.writeUInt32LE(0, 8 + 4);
    expect(await soon(apk(manifest))).toEqual(UNREADABLE);
  });

  test('a manifest whose strings are all the same long one', async () => {
    const manifest = androidManifest('a'.repeat(32_000), false);
    const count = 220_000;
    const offsets = Buffer.alloc(count * 4);
    for (let index = 0; index < count; index++) offsets.writeUInt32LE(manifest.readUInt32LE(8 + 28 + 4 * 4), index * 4);
    const pool = Buffer.concat([manifest.subarray(8, 8 + 28), offsets, manifest.subarray(8 + 28 + 6 * 4)]);
    pool.writeUInt32LE(pool.readUInt32LE(4) + offsets.length - 6 * 4, 4);
    pool.writeUInt32LE(count, 8);
    pool.writeUInt32LE(28 + count * 4, 20);
    const before = process.resourceUsage().maxRSS;
    expect(await soon(apk(Buffer.concat([manifest.subarray(0, 8), pool])))).toEqual(UNREADABLE);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(600_000);
  });

  test('a binary Info.plist of arrays that all hold the next one twice', async () => {
    const depth = 60;
    const arrays = Array.from({ length: depth }, (_, n) => Buffer.from([0xa2, n + 1, n + 1]));
    const objects = Buffer.concat([Buffer.from('bplist00'), ...arrays, Buffer.from([0x50])]);
    const offsets = Buffer.from(Array.from({ length: depth + 1 }, (_, n) => 8 + n * 3));
    const trailer = Buffer.alloc(32);
    trailer.set([1, 1], 6);
    trailer.writeBigUInt64BE(BigInt(depth + 1), 8);
    trailer.writeBigUInt64BE(BigInt(objects.length), 24);
    expect(await soon(ipa(Buffer.concat([objects, offsets, trailer])))).toEqual(UNREADABLE);
  });

  test('an XML Info.plist nested without end', async () => {
    const deep = `<plist>${'<array>'.repeat(100_000)}`;
    expect(await soon(ipa(strToU8(deep)))).toEqual(UNREADABLE);
  });

  test('an XML Info.plist whose entities multiply', async () => {
    const entities = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('');
    const plist = `<!DOCTYPE plist [<!ENTITY e0 "lol">${entities}]><plist><dict><key>CFBundleIdentifier</key><string>&e20;</string></dict></plist>`;
    expect(await soon(ipa(strToU8(plist)))).toEqual({ refused: expect.stringMatching(/^package-/) });
  });
});
