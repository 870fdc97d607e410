/**
 * OSS signature V4 (OSS4-HMAC-SHA256). Pure. Source: OSS's page on signature version 4 and captures of ali-oss and oss2;
 * vectors in the tests. Virtual host or not, what is signed is `/bucket/key`.
 */
import { createHash, createHmac } from 'node:crypto';
import { percentEncode, percentEncodePath } from '../platform/url-text.js';
import type { Target } from './address.js';
import { headerText } from './encoding.js';
import type { OssRequest } from './message.js';
import { ossHeaders } from './signature-v1.js';

export const V4_ALGORITHM = 'OSS4-HMAC-SHA256';

export interface V4Credential {
  readonly accessKeyId: string;
  /** yyyyMMdd */
  readonly day: string;
  /** Without `oss-`: `cn-shanghai`. */
  readonly region: string;
}

/** @returns undefined when it is not `<id>/<yyyyMMdd>/<region>/oss/aliyun_v4_request` */
export function parseV4Credential(text: string): V4Credential | undefined {
  const match = /^([^/]+)\/(\d{8})\/([^/]+)\/oss\/aliyun_v4_request$/.exec(text);
  return match ? { accessKeyId: match[1]!, day: match[2]!, region: match[3]! } : undefined;
}

export interface V4Authorization {
  readonly credential: string;
  readonly additionalHeaders: readonly string[];
  readonly signature: string;
}

/** @returns undefined when Credential or Signature is missing; oss2 puts a space after each comma */
export function parseV4Authorization(header: string): V4Authorization | undefined {
  const items = new Map(
    header
      .slice(V4_ALGORITHM.length)
      .split(',')
      .map((item) => {
        const [name = '', ...value] = item.trim().split('=');
        return [name, value.join('=')];
      }),
  );
  const [credential, signature] = [items.get('Credential'), items.get('Signature')];
  if (!credential || !signature) return undefined;
  return { credential, signature, additionalHeaders: additionalNames(items.get('AdditionalHeaders')) };
}

/** `host;Range` → `['host', 'range']` */
export const additionalNames = (list: string | undefined): string[] =>
  [...new Set((list ?? '').toLowerCase().split(';').filter(Boolean))].sort();

export interface V4Parts {
  readonly method: string;
  /** As sent; the server has replaced `headers.host`. */
  readonly host: string;
  readonly headers: OssRequest['headers'];
  /** Decoded query; `x-oss-signature` is not signed. */
  readonly params: ReadonlyMap<string, string>;
  /** Lower case, sorted. */
  readonly additionalHeaders: readonly string[];
}

export function canonicalRequest(parts: V4Parts, { bucket, key }: Target): string {
  const { method, params, additionalHeaders } = parts;
  const headers = new Map(ossHeaders(parts.headers));
  for (const name of ['content-type', 'content-md5', ...additionalHeaders]) {
    const value = name === 'host' ? parts.host : Object.hasOwn(parts.headers, name) ? parts.headers[name]! : undefined;
    if (value !== undefined) headers.set(name, headerText(value).trim());
  }
  return [
    method,
    percentEncodePath(bucket === '' ? '/' : `/${bucket}/${key}`),
    [...params]
      .filter(([name]) => name !== 'x-oss-signature')
      .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
      // by name alone: `callback=` stands before `callback-var=`, though `-` is less than `=`
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => (value ? `${name}=${value}` : name))
      .join('&'),
    [...headers.keys()]
      .sort()
      .map((name) => `${name}:${headers.get(name)}\n`)
      .join(''),
    additionalHeaders.join(';'),
    headers.get('x-oss-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

/** @param date `x-oss-date`; of the Go client, which sends none, its `Date` as it is */
export const v4StringToSign = (date: string, { day, region }: V4Credential, canonical: string): string =>
  `${V4_ALGORITHM}\n${date}\n${day}/${region}/oss/aliyun_v4_request\n${createHash('sha256').update(canonical).digest('hex')}`;

const hmac = (key: Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** @returns lower-case hex */
export const v4Signature = (stringToSign: string, secret: string, { day, region }: V4Credential): string =>
  [day, region, 'oss', 'aliyun_v4_request', stringToSign]
    .reduce(hmac, Buffer.from(`aliyun_v4${secret}`))
    .toString('hex');
