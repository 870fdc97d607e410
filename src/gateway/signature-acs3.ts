/**
 * ACS3-HMAC-SHA256, the default of every current vendor SDK. Pure.
 * Source: the platform's “V3 请求体签名机制” page and captures of openapi-core; vectors in the tests.
 */
import { createHash, createHmac } from 'node:crypto';
import type { RpcRequest } from './request.js';
import { canonicalQuery } from './signature-rpc.js';

export interface Acs3Authorization {
  readonly algorithm: string;
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Far more than any client signs: each is looked for among the headers that came. */
const MOST_SIGNED = 200;

/** @returns undefined when the header is not `<algorithm> Credential=…,SignedHeaders=…,Signature=…` */
export function parseAuthorization(header: string): Acs3Authorization | undefined {
  const match = /^(ACS3-[\w-]+)\s+Credential=([^,\s]*)\s*,\s*SignedHeaders=([^,\s]*)\s*,\s*Signature=(\S*)\s*$/.exec(
    header,
  );
  if (!match) return undefined;
  const signedHeaders = match[3]!.split(';', MOST_SIGNED + 1);
  if (signedHeaders.length > MOST_SIGNED) return undefined;
  return { algorithm: match[1]!, accessKeyId: match[2]!, signedHeaders, signature: match[4]! };
}

/**
 * The request as the server saw it: raw Host with port, the headers the client declares, and the hash of the body that
 * really came. The query is encoded again from its decoded form: openapi-core leaves `*` raw in the URL but signs `%2A`.
 */
export function canonicalRequest(request: RpcRequest, signedHeaders: readonly string[]): string {
  const names = signedHeaders.map((name) => name.toLowerCase()).sort();
  const header = (name: string) => (Object.hasOwn(request.headers, name) ? request.headers[name]! : '');
  const value = (name: string) => (name === 'host' ? request.host : header(name)).trim();
  return [
    request.method,
    request.path,
    // of two equal names the first counts, as it does for the operation
    canonicalQuery(new Map([...new URLSearchParams(request.query)].reverse())),
    names.map((name) => `${name}:${value(name)}\n`).join(''),
    names.join(';'),
    sha256(request.body),
  ].join('\n');
}

export const acs3StringToSign = (canonical: string): string => `ACS3-HMAC-SHA256\n${sha256(canonical)}`;

/** @returns lower-case hex; the key is the bare secret, without `&` */
export const acs3Signature = (stringToSign: string, secret: string): string =>
  createHmac('sha256', secret).update(stringToSign).digest('hex');

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
