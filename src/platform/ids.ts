/**
 * Every id the emulator mints, in the format the documents print. Randomness is drawn here and nowhere else,
 * from nanoid's pool: one system call per id was nearly a third of a request's CPU.
 */
import { randomFillSync, randomUUID } from 'node:crypto';
import { customAlphabet, customRandom } from 'nanoid';
import { mayHoldIdNumber } from './redact.js';

const HEX = '0123456789abcdef';
const UPPER_HEX = '0123456789ABCDEF';
const DIGITS = '0123456789';
const ALNUM = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE64 = `${ALNUM}+/`;

export interface Ids {
  /** Upper-case UUID, e.g. `8FC3D6AC-9FED-4311-8DA7-C4BF47D9F260` (document 000). */
  requestId(): string;
  /** 32 lower-case hex digits: a VerifyToken (document 004), a queryId or zimId (document 003). */
  token(): string;
  /** 22 letters and digits, e.g. `1KQMcnLd4m37LN2D0F0WCD` (document 002, section 2). */
  taskId(): string;
  /** `ZSTP` + yyyyMMdd + 20 digits, e.g. `ZSTP2018013076546767654695203625` (document 003). */
  bizId(nowMs: number): string;
  /** `LTAI5t` + 18 letters and digits: the long-term key in the addresses of pictures. */
  readerKey(): string;
  /** `STS.` + 24 letters and digits. */
  stsKey(): string;
  /** 44 letters and digits. */
  stsSecret(): string;
  /** `CAIS` + 240 base64 characters, the look of a real security token (document 004). */
  stsToken(): string;
  /** `prod/` + 17 characters, no trailing slash, e.g. `prod/RdNLC@Ox2n-1s7NMt` (document 002, section 5). */
  ossPath(): string;
  /** 24 upper-case hex digits: OSS's `x-oss-request-id`, e.g. `66F10B88708A5D313649AD20` (its error samples). */
  ossRequestId(): string;
  /** 32 upper-case hex digits: an OSS UploadId. */
  uploadId(): string;
  /** 32 lower-case hex digits: where an object's bytes are kept. Never shown. */
  blobId(): string;
}

type Draw = (alphabet: string, size: number) => () => string;

/** Uniform in [0, 1). mulberry32 over a string hash: tests want the same sequence on every machine, not secrecy. */
export function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function seeded(seed: string): Draw {
  const random = seededRandom(seed);
  const byte = () => Math.floor(random() * 256);
  return (alphabet, size) => customRandom(alphabet, size, (bytes) => Uint8Array.from({ length: bytes }, byte));
}

/** @param bytes of each text; for base64 a multiple of 3. Drawing characters one by one shows in the bench. */
function randomText(bytes: number, encoding: 'base64' | 'hex'): () => string {
  const pool = Buffer.alloc(bytes * 64);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytes;
    return pool.toString(encoding, used - bytes, used);
  };
}

/** Drawn again while it looks like an ID number, which is masked wherever it is shown: nobody could copy such an id. */
const legible = (draw: () => string) => (): string => {
  let id = draw();
  while (mayHoldIdNumber(id)) id = draw();
  return id;
};

/**
 * @param seed the same seed gives the same sequence; absent means random. With a stored database the caller must
 *   add something that changes at every start, or a second run would mint the first run's ids again.
 */
export function createIds(seed?: string): Ids {
  const draw: Draw = seed === undefined ? customAlphabet : seeded(seed);
  const uuidHex = draw(HEX, 32);
  const seededUuid = () => uuidHex().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  const uuid = legible(seed === undefined ? randomUUID : seededUuid);
  const alnum24 = draw(ALNUM, 24);
  const base64 = seed === undefined ? randomText(180, 'base64') : draw(BASE64, 240);
  const tail = draw(DIGITS, 20);
  const alnum18 = draw(ALNUM, 18);
  const path = [draw(ALNUM, 5), draw(ALNUM, 4), draw(ALNUM, 6)] as const;
  return {
    requestId: () => uuid().toUpperCase(),
    token: legible(seed === undefined ? randomText(16, 'hex') : draw(HEX, 32)),
    taskId: legible(draw(ALNUM, 22)),
    bizId: (nowMs) => `ZSTP${new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '')}${tail()}`,
    readerKey: () => `LTAI5t${alnum18()}`,
    stsKey: () => `STS.${alnum24()}`,
    stsSecret: draw(ALNUM, 44),
    stsToken: () => `CAIS${base64()}`,
    ossPath: () => `prod/${path[0]()}@${path[1]()}-${path[2]()}`,
    ossRequestId: legible(draw(UPPER_HEX, 24)),
    uploadId: legible(draw(UPPER_HEX, 32)),
    blobId: draw(HEX, 32),
  };
}

/** The serial number of a certificate: positive, and of 16 bytes (RFC 5280, 4.1.2.2). */
export function certificateSerial(): Buffer {
  const serial = randomFillSync(Buffer.alloc(16));
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return serial;
}
