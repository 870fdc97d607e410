/**
 * CRC-64/XZ (ECMA-182 reflected), which OSS sends as `x-oss-hash-crc64ecma` and its Java client compares. Each value is
 * kept as two 32-bit halves: a BigInt per byte would be a hundred times slower.
 */

/** The polynomial, reflected. */
const POLY = 0xc96c5795d7870f42n;
const POLY_HIGH = Number(POLY >> 32n) | 0;
const POLY_LOW = Number(POLY & 0xffffffffn) | 0;
/** So many bytes are folded in one step, each with a table of its own. */
const SLICES = 8;

/** High and low half of each entry, `SLICES` tables of 256 after each other. */
const HIGH = new Int32Array(256 * SLICES);
const LOW = new Int32Array(256 * SLICES);
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      high ^= POLY_HIGH;
      low ^= POLY_LOW;
    }
  }
  HIGH[byte] = high;
  LOW[byte] = low;
}
for (let index = 256; index < 256 * SLICES; index++) {
  const high = HIGH[index - 256]!;
  const low = LOW[index - 256]!;
  HIGH[index] = HIGH[low & 255]! ^ (high >>> 8);
  LOW[index] = LOW[low & 255]! ^ ((low >>> 8) | (high << 24));
}

/** The checksum of bytes that arrive in pieces. */
export class Crc64 {
  #high = -1;
  #low = -1;

  update(bytes: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    let at = 0;
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const folded = bytes.length - (bytes.length % SLICES);
    for (; at < folded; at += SLICES) {
      const a = low ^ words.getInt32(at, true);
      const b = high ^ words.getInt32(at + 4, true);
      const i0 = 1792 + (a & 255);
      const i1 = 1536 + ((a >>> 8) & 255);
      const i2 = 1280 + ((a >>> 16) & 255);
      const i3 = 1024 + (a >>> 24);
      const i4 = 768 + (b & 255);
      const i5 = 512 + ((b >>> 8) & 255);
      const i6 = 256 + ((b >>> 16) & 255);
      const i7 = b >>> 24;
      high = HIGH[i0]! ^ HIGH[i1]! ^ HIGH[i2]! ^ HIGH[i3]! ^ HIGH[i4]! ^ HIGH[i5]! ^ HIGH[i6]! ^ HIGH[i7]!;
      low = LOW[i0]! ^ LOW[i1]! ^ LOW[i2]! ^ LOW[i3]! ^ LOW[i4]! ^ LOW[i5]! ^ LOW[i6]! ^ LOW[i7]!;
    }
    for (; at < bytes.length; at++) {
      const index = (low ^ bytes[at]!) & 255;
      low = ((low >>> 8) | (high << 24)) ^ LOW[index]!;
      high = (high >>> 8) ^ HIGH[index]!;
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): bigint {
    return (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0);
  }
}

/** a × b modulo the polynomial; the highest bit is x⁰. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = 1n << 63n; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= b;
    b = b & 1n ? (b >> 1n) ^ POLY : b >> 1n;
  }
  return product;
}

/**
 * The checksum of two stretches of bytes one after the other: of the parts of an upload nothing is read again.
 * @param length of the second stretch
 */
export function combineCrc64(first: bigint, second: bigint, length: number): bigint {
  let shifted = first;
  let power = 1n << 55n; // x⁸: one byte further
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shifted = multiply(power, shifted);
    power = multiply(power, power);
  }
  return shifted ^ second;
}
