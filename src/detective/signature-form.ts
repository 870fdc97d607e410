/** Reads a received signature: its form alone proves the digest's encoding and the hash, so neither has to be searched. */
import { percentDecode } from '../platform/url-text.js';
import type { CauseId } from './causes.js';

export interface SignatureForm {
  readonly algorithm: 'sha1' | 'sha256';
  /** The digest itself. */
  readonly digest: Buffer;
  /** What is wrong with the form. */
  readonly wrong: readonly CauseId[];
}

const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** @returns undefined when no HMAC-SHA1 or HMAC-SHA256 looks so */
export function signatureForm(received: string, scheme: 'RPC' | 'ACS3'): SignatureForm | undefined {
  const wrong: CauseId[] = [];
  // a `+` that was not encoded arrives as a space, and the gateway forgives that
  let text = received.replaceAll(' ', '+');
  if (scheme === 'RPC' && /%[0-9a-f]{2}/i.test(text)) {
    text = percentDecode(text) ?? text;
    wrong.push('signature-encoded-twice');
  }
  if (scheme === 'RPC' && /[\r\n]$/.test(text)) {
    text = text.trimEnd();
    wrong.push('newline-after-signature');
  }
  const digest = HEX.test(text) ? fromHex(text, scheme, wrong) : fromBase64(text, scheme, wrong);
  if (digest?.length !== 20 && digest?.length !== 32) return undefined;
  const algorithm = digest.length === 20 ? 'sha1' : 'sha256';
  if (scheme === 'RPC' && algorithm === 'sha256') wrong.push('sha256');
  if (scheme === 'ACS3' && algorithm === 'sha1') wrong.push('sha1');
  return { algorithm, digest, wrong };
}

function fromHex(text: string, scheme: 'RPC' | 'ACS3', wrong: CauseId[]): Buffer {
  if (scheme === 'RPC') wrong.push('hex-digest');
  else if (/[A-F]/.test(text)) wrong.push('upper-case-hex-digest');
  return Buffer.from(text, 'hex');
}

function fromBase64(text: string, scheme: 'RPC' | 'ACS3', wrong: CauseId[]): Buffer | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const hex = bytes.toString('latin1');
  if (HEX.test(hex)) {
    wrong.push('base64-of-hex');
    return Buffer.from(hex, 'hex');
  }
  if (scheme === 'ACS3') wrong.push('base64-digest');
  else if (/[-_]/.test(text)) wrong.push('url-safe-base64');
  if (scheme === 'RPC' && text.length % 4 !== 0) wrong.push('base64-without-padding');
  return bytes;
}
