/**
 * OSS signature V1 (HMAC-SHA1). Pure. Source: OSS's pages on signatures in headers and in URLs, the SDKs' lists of
 * signed sub-resources, and captures of ali-oss, aliyun-sdk and oss2; vectors in the tests.
 */
import { createHmac } from 'node:crypto';
import { percentEncode } from '../platform/url-text.js';
import type { Credential } from '../store/credentials.js';
import type { Target } from './address.js';
import { headerText } from './encoding.js';
import type { OssRequest } from './message.js';

/** Query names that are part of what is signed; any other may be changed without a new signature. */
const SUB_RESOURCES = new Set(
  `acl uploads location cors logging website referer lifecycle delete append tagging objectMeta uploadId partNumber
   security-token position img style styleName replication replicationProgress replicationLocation cname bucketInfo comp
   qos live status vod startTime endTime symlink stat restore versions versioning versionId encryption policy
   requestPayment qosInfo asyncFetch sequential inventory inventoryId continuation-token worm wormId wormExtend callback
   callback-var transferAcceleration metaQuery resourceGroup regionList cloudboxes response-content-type
   response-content-language response-expires response-cache-control response-content-disposition
   response-content-encoding`.split(/\s+/),
);

/** Older clients list what they know of `x-oss-*`, the second generation (Go v2) signs all of it. */
const isSigned = (name: string): boolean => SUB_RESOURCES.has(name) || /^(x-oss-|udf)/.test(name);

export interface V1Parts {
  readonly method: string;
  readonly headers: OssRequest['headers'];
  /** Decoded query. */
  readonly params: ReadonlyMap<string, string>;
  /** The Date line: `x-oss-date`, else `Date`; in a URL `Expires`. */
  readonly date: string;
}

export const v1StringToSign = ({ method, headers, params, date }: V1Parts, target: Target): string =>
  [
    method,
    headers['content-md5'] ?? '',
    headerText(headers['content-type'] ?? ''),
    date,
    ...ossHeaders(headers).map(([name, value]) => `${name}:${value}`),
    resource(target, params),
  ].join('\n');

/** @returns base64; the key is the bare secret */
export const v1Signature = (stringToSign: string, secret: string): string =>
  createHmac('sha1', secret).update(stringToSign).digest('base64');

/** Every `x-oss-*` header, sorted. */
export const ossHeaders = (headers: OssRequest['headers']): [name: string, value: string][] =>
  Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => [name, headerText(headers[name]!).trim()]);

/** The key is not encoded; a sub-resource without a value has no `=`, however it was sent. */
function resource({ bucket, key, bare }: Target, params: ReadonlyMap<string, string>): string {
  const signed = [...params.keys()].filter(isSigned).sort();
  const query = signed.map((name) => (params.get(name) ? `${name}=${params.get(name)}` : name)).join('&');
  return `/${bucket}${bucket === '' || bare ? '' : `/${key}`}${query && `?${query}`}`;
}

export interface Presigned {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly bucket: string;
  readonly key: string;
  /** Unix time, seconds. */
  readonly expiresS: number;
}

/** @returns the query of a signed URL: `OSSAccessKeyId=…&Expires=…&Signature=…[&security-token=…]` */
export function presign(
  credential: Pick<Credential, 'access_key_id' | 'secret' | 'security_token'>,
  { method, bucket, key, expiresS }: Presigned,
): string {
  const token = credential.security_token;
  const params = new Map(token ? [['security-token', token]] : []);
  const stringToSign = v1StringToSign({ method, headers: {}, params, date: String(expiresS) }, { bucket, key });
  return [
    `OSSAccessKeyId=${percentEncode(credential.access_key_id)}`,
    `Expires=${expiresS}`,
    `Signature=${percentEncode(v1Signature(stringToSign, credential.secret))}`,
    ...(token ? [`security-token=${percentEncode(token)}`] : []),
  ].join('&');
}
