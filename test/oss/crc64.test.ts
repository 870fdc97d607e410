import { expect, test } from 'vitest';
import { Crc64, combineCrc64 } from '../../src/oss/crc64.js';

const crc64 = (bytes: Uint8Array): bigint => {
  const crc = new Crc64();
  crc.update(bytes);
  return crc.digest();
};

/** One bit at a time, as the polynomial is defined. */
function slowCrc64(bytes: Uint8Array): bigint {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return crc ^ 0xffffffffffffffffn;
}

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) >> 3);

test.each([
  ['123456789', 11051210869376104954n],
  ['hello', 11177612005948864433n],
  ['', 0n],
])('of %j is the published value', (text, value) => {
  expect(crc64(Buffer.from(text))).toBe(value);
});

test('is the polynomial’s at every length up to 70 bytes', () => {
  const lengths = Array.from({ length: 70 }, (_, length) => bytes.subarray(0, length));
  expect(lengths.map(crc64)).toEqual(lengths.map(slowCrc64));
});

test('is the same however the bytes arrive', () => {
  const crc = new Crc64();
  for (const [start, end] of [
    [0, 1],
    [1, 12],
    [12, 12],
    [12, 900],
    [900, 1000],
  ])
    crc.update(bytes.subarray(start, end));
  expect(crc.digest()).toBe(slowCrc64(bytes));
});

test('of two stretches is combined without reading them again', () => {
  const cuts = [0, 1, 255, 999, 1000];
  const combined = cuts.map((cut) =>
    combineCrc64(crc64(bytes.subarray(0, cut)), crc64(bytes.subarray(cut)), bytes.length - cut),
  );
  expect(combined).toEqual(cuts.map(() => slowCrc64(bytes)));
});
