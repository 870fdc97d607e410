/**
 * HMAC for many keys over one text, and many texts under one key. `createHmac` spends most of its time on setting up;
 * a search makes a thousand of them. Where Node has no one-shot hash (before 20.12) it is used all the same.
 */
import * as crypto from 'node:crypto';

export type Algorithm = 'sha1' | 'sha256';
type Mac = (key: string, text: string) => Buffer;

/** Of both hashes. */
const BLOCK = 64;

interface Pads {
  readonly inner: Buffer;
  /** Followed by room for the inner digest. */
  readonly outer: Buffer;
}

export function createMac(algorithm: Algorithm): Mac {
  const { hash } = crypto;
  if (typeof hash !== 'function') return (key, text) => crypto.createHmac(algorithm, key).update(text).digest();
  const oneShot = (data: Buffer): Buffer => hash(algorithm, data, 'buffer') as unknown as Buffer;
  const size = algorithm === 'sha1' ? 20 : 32;
  const pads = new Map<string, Pads>();
  const padsOf = (key: string): Pads => {
    let known = pads.get(key);
    if (!known) {
      known = pad(Buffer.byteLength(key) > BLOCK ? oneShot(Buffer.from(key)) : Buffer.from(key), size);
      // where the text serves as the key, each key occurs once: caching would not help
      if (key.length < 256) pads.set(key, known);
    }
    return known;
  };
  let lastText: string | undefined;
  let padded = Buffer.alloc(0);
  return (key, text) => {
    if (text !== lastText) {
      padded = Buffer.allocUnsafe(BLOCK + Buffer.byteLength(text));
      padded.write(text, BLOCK);
      lastText = text;
    }
    const { inner, outer } = padsOf(key);
    padded.set(inner);
    outer.set(oneShot(padded), BLOCK);
    return oneShot(outer);
  };
}

function pad(key: Buffer, size: number): Pads {
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK + size, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  return { inner, outer };
}
