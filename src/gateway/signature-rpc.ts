/**
 * RPC signature 1.0 (HMAC-SHA1). Pure. Source: the platform's “RPC API 签名机制” page; vectors in the tests.
 * What arrived was decoded once; it is encoded again canonically, so a raw `*`, a `+` or a `%7E` makes no difference.
 */
import { createHmac } from 'node:crypto';
import { breath } from '../platform/turn.js';
import { percentEncode, percentEncodeTwice } from '../platform/url-text.js';

/** Names sorted by code unit; empty values are kept as `name=`. */
export const canonicalQuery = (params: ReadonlyMap<string, string>): string =>
  [...params.keys()]
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(params.get(name)!)}`)
    .join('&');

/**
 * Everything but `Signature` is signed: the canonical query, encoded as a whole. The path is always `/` for RPC calls,
 * whatever was requested.
 */
export function rpcStringToSign(method: string, params: ReadonlyMap<string, string>): string {
  let query = '';
  for (const name of [...params.keys()].sort()) {
    if (name === 'Signature') continue;
    query += `${query && '%26'}${percentEncodeTwice(name)}%3D${percentEncodeTwice(params.get(name)!)}`;
  }
  return `${method}&%2F&${query}`;
}

/** @param stringToSign ASCII, as it is encoded. @returns base64 of the HMAC; the key is the secret followed by `&` */
export const rpcSignature = (stringToSign: string, secret: string): string =>
  createHmac('sha1', `${secret}&`).update(stringToSign, 'latin1').digest('base64');

/** Of a longer text a hash takes as long as others would notice. */
const PIECE = 4 * 1024 * 1024;

/** {@link rpcSignature} of a text of any length: others have their turn between its pieces. */
export async function rpcSignatureOfLong(stringToSign: string, secret: string): Promise<string> {
  const hmac = createHmac('sha1', `${secret}&`);
  for (let at = 0; at < stringToSign.length; at += PIECE) {
    hmac.update(stringToSign.slice(at, at + PIECE), 'latin1');
    await breath(PIECE);
  }
  return hmac.digest('base64');
}
