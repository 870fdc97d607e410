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

/** Characters of a value; more of them at once others would notice. */
const PIECE = 1024 * 1024 + 1;
/** Of the string to sign; the rest is hashed and forgotten. */
const KEPT = 4 * 1024 * 1024;

/**
 * {@link rpcStringToSign}, of a longer one its beginning, and {@link rpcSignature} of a call of megabytes: others have
 * their turn between its pieces.
 */
export async function signLong(
  method: string,
  params: ReadonlyMap<string, string>,
  secret: string,
): Promise<{ readonly stringToSign: string; readonly signature: string }> {
  const hmac = createHmac('sha1', `${secret}&`);
  let stringToSign = '';
  const add = (piece: string) => {
    hmac.update(piece, 'latin1');
    if (stringToSign.length < KEPT) stringToSign += piece;
  };
  add(`${method}&%2F&`);
  let ampersand = '';
  for (const name of [...params.keys()].sort()) {
    if (name === 'Signature') continue;
    add(`${ampersand}${percentEncodeTwice(name)}%3D`);
    ampersand = '%26';
    for (const piece of piecesOf(params.get(name)!)) {
      add(percentEncodeTwice(piece));
      await breath(piece.length);
    }
  }
  return { stringToSign, signature: hmac.digest('base64') };
}

/** None ends in half a character. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = at + PIECE;
    const isHalf = end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00;
    yield text.slice(at, isHalf ? end + 1 : end);
    at = isHalf ? end + 1 : end;
  }
}
