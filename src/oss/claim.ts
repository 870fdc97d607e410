/**
 * Reads who a call says has signed it: V1 or V4, in the Authorization header or in the URL. Nothing is checked here.
 * The numbers are those of OSS's page per error (`0002-…`).
 */
import type { Target } from './address.js';
import { type OssError, ossError } from './errors.js';
import type { OssRequest } from './message.js';
import { v1Signature, v1StringToSign } from './signature-v1.js';
import {
  additionalNames,
  canonicalRequest,
  parseV4Authorization,
  parseV4Credential,
  V4_ALGORITHM,
  type V4Credential,
  v4Signature,
  v4StringToSign,
} from './signature-v4.js';

export interface Claim {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly securityToken: string | undefined;
  /** In a header: when it was signed, ms. */
  readonly signedAt?: number;
  /** In a URL: until when it holds, ms. */
  readonly expiresAt?: number;
  /** The error's number when the signature is not ours. */
  readonly ec: string;
  stringToSign(target: Target): string;
  sign(stringToSign: string, secret: string): string;
}

type Params = ReadonlyMap<string, string>;

const V1_MISMATCH = '0002-00000040';
const V4_MISMATCH = '0002-00000201';
/** Seven days (OSS, 0002-00000232). */
const MAX_V4_EXPIRES_S = 604_800;
/** The last second a Date can hold. */
const MAX_UNIX_S = 8.64e12;

/**
 * @returns undefined for an anonymous call
 * @throws OssError when there is a claim but it cannot be read
 */
export function readClaim(request: OssRequest, params: Params): Claim | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) return inHeader(authorization, request, params);
  if (['x-oss-signature-version', 'x-oss-credential', 'x-oss-signature'].some((name) => params.has(name)))
    return v4InUrl(request, params);
  if (['OSSAccessKeyId', 'Signature'].some((name) => params.has(name))) return v1InUrl(request, params);
  return undefined;
}

function inHeader(authorization: string, request: OssRequest, params: Params): Claim {
  if (authorization.trim() === '') throw invalid('Authorization header value is empty.');
  const v4 = authorization.startsWith(`${V4_ALGORITHM} `);
  if (!v4 && !authorization.startsWith('OSS ')) throw invalid('Authorization header is invalid.', '0002-00000061');
  const { headers } = request;
  const securityToken = headers['x-oss-security-token'];
  const date = headers['x-oss-date'] ?? headers.date ?? '';
  const signedAt = instant(date);
  if (Number.isNaN(signedAt)) throw noDate(date === '' ? '0002-00000503' : '0002-00000502');
  if (v4) {
    const read = parseV4Authorization(authorization);
    if (!read) throw invalid('Authorization header is invalid.', '0002-00000202');
    const credential = credentialOf(read.credential);
    const parts = { ...request, params, additionalHeaders: read.additionalHeaders };
    return { ...v4Claim(credential, read.signature, date, parts), securityToken, signedAt };
  }
  const [accessKeyId, signature, ...more] = authorization.slice('OSS '.length).trim().split(':');
  if (!accessKeyId || !signature || more.length > 0)
    throw invalid('AccessKeyId or Signature is missing in Authorization header value.', '0002-00000065');
  return { ...v1Claim(accessKeyId, signature, date, request, params), securityToken, signedAt };
}

function v1InUrl(request: OssRequest, params: Params): Claim {
  const [accessKeyId, expires, signature] = ['OSSAccessKeyId', 'Expires', 'Signature'].map((name) => params.get(name));
  if (!accessKeyId || !expires || !signature)
    throw ossError(
      'AccessDenied',
      {},
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
    );
  if (!/^\d+$/.test(expires) || Number(expires) > MAX_UNIX_S)
    throw ossError('AccessDenied', {}, 'Invalid date (should be seconds since epoch).', undefined, '0002-00000070');
  if (request.headers['x-oss-security-token'] && !params.has('security-token'))
    throw ossError('InvalidRequest', {}, 'Security-token must be provided by query string parameter.');
  return {
    ...v1Claim(accessKeyId, signature, expires, request, params),
    securityToken: params.get('security-token'),
    expiresAt: Number(expires) * 1000,
  };
}

function v4InUrl(request: OssRequest, params: Params): Claim {
  const names = ['x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-expires', 'x-oss-signature'];
  const [version, scope, date, expires, signature] = names.map((name) => params.get(name));
  // these words are guessed after those of V1
  if (!version || !scope || !date || !expires || !signature)
    throw ossError('AccessDenied', {}, `Query-string authentication requires the ${names.join(', ')} parameters`);
  if (version !== V4_ALGORITHM) throw invalid('The x-oss-signature-version parameter is invalid.');
  const credential = credentialOf(scope);
  const signedAt = ISO.test(date) ? instant(date) : Number.NaN;
  if (Number.isNaN(signedAt)) throw noDate('0002-00000502');
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_V4_EXPIRES_S)
    throw invalid('The x-oss-expires parameter is invalid.', '0002-00000232');
  const additionalHeaders = additionalNames(params.get('x-oss-additional-headers'));
  return {
    ...v4Claim(credential, signature, date, { ...request, params, additionalHeaders }),
    securityToken: params.get('x-oss-security-token') ?? request.headers['x-oss-security-token'],
    expiresAt: signedAt + Number(expires) * 1000,
  };
}

type Signed = Pick<Claim, 'accessKeyId' | 'signature' | 'ec' | 'stringToSign' | 'sign'>;

const v1Claim = (
  accessKeyId: string,
  signature: string,
  date: string,
  request: OssRequest,
  params: Params,
): Signed => ({
  accessKeyId,
  signature,
  ec: V1_MISMATCH,
  stringToSign: (target) => v1StringToSign({ ...request, params, date }, target),
  sign: v1Signature,
});

const v4Claim = (
  credential: V4Credential,
  signature: string,
  date: string,
  parts: Parameters<typeof canonicalRequest>[0],
): Signed => ({
  accessKeyId: credential.accessKeyId,
  signature,
  ec: V4_MISMATCH,
  stringToSign: (target) => v4StringToSign(date, credential, canonicalRequest(parts, target)),
  sign: (stringToSign, secret) => v4Signature(stringToSign, secret, credential),
});

/** @throws OssError; also used for forms */
export function credentialOf(text: string): V4Credential {
  const credential = parseV4Credential(text);
  if (!credential) throw invalid('The Credential is invalid.', '0002-00000213');
  return credential;
}

const ISO = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const RFC1123 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** `Tue, 20 Dec 2022 08:48:18 GMT` or `20221220T084818Z`: ali-oss sends either as `x-oss-date`. NaN when it is neither. */
const instant = (text: string): number =>
  RFC1123.test(text)
    ? Date.parse(text)
    : ISO.test(text)
      ? Date.parse(text.replace(ISO, '$1-$2-$3T$4:$5:$6Z'))
      : Number.NaN;

const noDate = (ec: string): OssError =>
  ossError('AccessDenied', {}, 'OSS authentication requires a valid Date.', undefined, ec);

const invalid = (message: string, ec?: string): OssError => ossError('InvalidArgument', {}, message, undefined, ec);
