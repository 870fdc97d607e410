/**
 * RPC signature 1.0 (HMAC-SHA1). Pure. Source: the platform's “RPC API 签名机制” page; vectors in the tests.
 * What arrived was decoded once; it is encoded again canonically, so a raw `*`, a `+` or a `%7E` makes no difference.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { percentEncode } from '../platform/url-text.js';

/** Names sorted by code unit; empty values are kept as `name=`. */
export const canonicalQuery = (params: ReadonlyMap<string, string>): string =>
  [...params.keys()]
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(params.get(name)!)}`)
    .join('&');

/** The second time only the `%` of the first are left to encode. */
const encodedTwice = (value: string): string => percentEncode(value).replaceAll('%', '%25');

/**
 * Everything but `Signature` is signed: the canonical query, encoded as a whole. The path is always `/` for RPC calls,
 * whatever was requested.
 */
export function rpcStringToSign(method: string, params: ReadonlyMap<string, string>): string {
  let query = '';
  for (const name of [...params.keys()].sort()) {
    if (name === 'Signature') continue;
    query += `${query && '%26'}${encodedTwice(name)}%3D${encodedTwice(params.get(name)!)}`;
  }
  return `${method}&%2F&${query}`;
}

/** @returns base64 of the HMAC; the key is the secret followed by `&` */
export function rpcSignature(stringToSign: string, secret: string): string {
  if (secret !== last?.secret) last = { secret, key: createSecretKey(`${secret}&`, 'utf8') };
  return createHmac('sha1', last.key).update(stringToSign).digest('base64');
}

/** Nearly every call is signed with the secret of the one before. */
let last: { readonly secret: string; readonly key: KeyObject } | undefined;
