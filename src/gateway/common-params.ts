/**
 * The public parameters of a call, the same for both signature schemes: presence, form, skew, key, token, signature,
 * replay, in the order they stand below. No code after this file depends on which scheme signed.
 */
import { flat } from '../platform/flat.js';
import { sameText } from '../platform/same-text.js';
import type { TakenNonce } from '../store/nonces.js';
import type { Caller } from './accounts.js';
import type { Callers } from './callers.js';
import { ApiError } from './errors.js';
import { acs3Mismatch, gatewayError } from './gateway-errors.js';
import type { RpcRequest } from './request.js';
import { acs3Signature, acs3StringToSign, canonicalRequest, parseAuthorization } from './signature-acs3.js';
import { rpcSignature, rpcStringToSign, signLong } from './signature-rpc.js';

/** How far a timestamp may lie in the past or the future, by the wall clock. */
export const SIGNATURE_WINDOW_MS = 15 * 60_000;

interface Signed {
  readonly accessKeyId: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly securityToken?: string;
  /** @returns the error to raise when the client's signature is not the one the secret gives */
  mismatch(secret: string): Promise<ApiError | undefined>;
}

export interface AuthenticateOptions {
  readonly callers: Callers;
  /** Wall clock, ms. */
  now(): number;
  /** Takes a nonce for the call; undefined when it was seen within the window. @param timestamp of the call, ms */
  takeNonce(accessKeyId: string, nonce: string, timestamp: number): Promise<TakenNonce | undefined>;
}

export interface Admitted {
  readonly caller: Caller;
  /** Absent when the call was let through without one. */
  readonly nonce?: TakenNonce;
}

export async function authenticate(request: RpcRequest, options: AuthenticateOptions): Promise<Admitted> {
  const signed = request.scheme === 'ACS3' ? readAcs3(request) : readRpc(request);
  const timestamp = checkTimestamp(signed.timestamp, options.now());
  const caller = await options.callers(signed.accessKeyId);
  if (!caller) throw gatewayError('InvalidAccessKeyId.NotFound', {}, options.callers.unknown);
  if (!caller.unchecked) {
    checkSecurityToken(caller, signed);
    const mismatch = await signed.mismatch(caller.secret);
    if (mismatch) throw mismatch;
  }
  const nonce = await options.takeNonce(caller.accessKeyId, signed.nonce, timestamp);
  if (!nonce) throw gatewayError('SignatureNonceUsed');
  return { caller, nonce };
}

/** The id a call claims, signed or not: for the log, and for `--signature off`. */
export const claimedAccessKeyId = (request: RpcRequest): string =>
  (request.scheme === 'ACS3'
    ? parseAuthorization(request.headers.authorization ?? '')?.accessKeyId
    : request.params.get('AccessKeyId')) ?? '';

/** What every RPC call must carry to be authenticated, in the order its absence is noticed. */
export const RPC_PARAMS = [
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
] as const;

/** What a call may carry beside its operation's own: the public parameters, and what SDKs add to any call. */
export const COMMON_PARAMS = [
  ...RPC_PARAMS,
  ...['Action', 'Version', 'Format', 'SecurityToken', 'BearerToken', 'SignatureType', 'RegionId'],
  ...['ResourceOwnerId', 'ResourceOwnerAccount', 'OwnerId', 'OwnerAccount', 'SourceIp', 'Lang'],
] as const;

function readRpc(request: RpcRequest): Signed {
  const { params } = request;
  for (const name of RPC_PARAMS) {
    if (!params.get(name)) throw gatewayError('Missing{ParameterName}', { ParameterName: name });
  }
  if (params.get('SignatureMethod')!.toUpperCase() !== 'HMAC-SHA1') throw gatewayError('InvalidSignatureMethod');
  if (params.get('SignatureVersion') !== '1.0')
    throw gatewayError('Invalid{ParameterName}', { ParameterName: 'SignatureVersion' });
  return {
    accessKeyId: params.get('AccessKeyId')!,
    timestamp: params.get('Timestamp')!,
    nonce: params.get('SignatureNonce')!,
    securityToken: params.get('SecurityToken'),
    async mismatch(secret) {
      const { stringToSign, signature } = await signed(request, secret);
      // a client that forgets to encode its signature sends `+`, which arrives as a space (the platform's own example does)
      const received = params.get('Signature')!.replaceAll(' ', '+');
      if (sameText(received, signature)) return undefined;
      return gatewayError('SignatureDoesNotMatch', { StringToSign: told(stringToSign) });
    },
  };
}

/** A picture of 300 KB in the URL is told whole, for SDKs compare; of what a client could not read more than the beginning is not. */
const TOLD = 2 * 1024 * 1024;
const told = (text: string): string => (text.length > TOLD ? `${text.slice(0, TOLD)}…` : text);

function signed({ method, params, query, body }: RpcRequest, secret: string) {
  if (query.length + body.length > LONG) return signLong(method, params, secret);
  const stringToSign = rpcStringToSign(method, params);
  return { stringToSign, signature: rpcSignature(stringToSign, secret) };
}

/** A call whose signature takes as long as others would notice. */
const LONG = 1024 * 1024;

const ACS3_HEADERS = {
  'x-acs-date': 'Timestamp',
  'x-acs-signature-nonce': 'SignatureNonce',
  'x-acs-content-sha256': 'ContentSha256',
};

function readAcs3(request: RpcRequest): Signed {
  const { headers } = request;
  const authorization = parseAuthorization(headers.authorization ?? '');
  if (!authorization?.signature) throw gatewayError('IncompleteSignature', {}, 'authorization-unreadable');
  if (authorization.algorithm !== 'ACS3-HMAC-SHA256') throw gatewayError('InvalidSignatureMethod');
  if (!authorization.accessKeyId) throw gatewayError('Missing{ParameterName}', { ParameterName: 'AccessKeyId' });
  for (const [header, name] of Object.entries(ACS3_HEADERS)) {
    if (!headers[header])
      throw gatewayError('Missing{ParameterName}', { ParameterName: name }, ['missing-header', { header }]);
  }
  const unsigned = Object.keys(headers).find(
    (name) => mustBeSigned(name) && !authorization.signedHeaders.includes(name),
  );
  if (unsigned) throw gatewayError('IncompleteSignature', {}, ['unsigned-header', { header: unsigned }]);
  return {
    accessKeyId: authorization.accessKeyId,
    timestamp: headers['x-acs-date']!,
    nonce: headers['x-acs-signature-nonce']!,
    securityToken: headers['x-acs-security-token'],
    async mismatch(secret) {
      const canonical = canonicalRequest(request, authorization.signedHeaders);
      const stringToSign = acs3StringToSign(canonical);
      if (sameText(authorization.signature, acs3Signature(stringToSign, secret))) return undefined;
      const values = { StringToSign: stringToSign, CanonicalRequest: told(canonical) };
      return new ApiError('SignatureDoesNotMatch', acs3Mismatch, values);
    },
  };
}

/** The page's rule: `host` and every `x-acs-*` header that is present. */
const mustBeSigned = (name: string): boolean => name === 'host' || name.startsWith('x-acs-');

/** @returns ms since the epoch */
function checkTimestamp(timestamp: string, now: number): number {
  const instant = parseTimestamp(timestamp);
  if (instant === undefined)
    throw gatewayError('InvalidTimeStamp.Format', {}, /%3a/i.test(timestamp) ? 'encoded-twice' : undefined);
  const offMs = instant - now;
  if (Math.abs(offMs) > SIGNATURE_WINDOW_MS) {
    const hint = isLocalTime(offMs) ? 'local-time' : 'clock-off';
    throw gatewayError('InvalidTimeStamp.Expired', {}, [hint, { seconds: Math.round(offMs / 1000) }]);
  }
  return instant;
}

/** A timestamp that is off by whole hours is usually local time with a `Z` behind it. */
const isLocalTime = (offMs: number): boolean =>
  Math.abs(offMs) <= 14 * 3_600_000 && Math.abs(offMs - Math.round(offMs / 3_600_000) * 3_600_000) < 120_000;

/**
 * Reads `YYYY-MM-DDThh:mm:ssZ`. Two documents print `2014-7-29T12:00:00Z`, and the live gateway was seen to accept
 * milliseconds; `Date.parse` refuses the former.
 * @returns ms since the epoch, or undefined
 */
export function parseTimestamp(value: string): number | undefined {
  if (value === lastRead.value) return lastRead.ms;
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?Z$/.exec(value);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(ms);
  const sane = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!sane) return undefined;
  lastRead = { value: flat(value), ms };
  return ms;
}

/** Calls of one second bear one timestamp. */
let lastRead = { value: '', ms: 0 };

function checkSecurityToken(caller: Caller, signed: Signed): void {
  if (caller.securityToken === undefined) {
    if (signed.securityToken) throw gatewayError('InvalidSecurityToken.Malformed', {}, 'no-security-token');
    return;
  }
  if (!signed.securityToken) throw gatewayError('Missing{ParameterName}', { ParameterName: 'SecurityToken' });
  if (!sameText(signed.securityToken, caller.securityToken))
    throw gatewayError('InvalidSecurityToken.MismatchWithAccessKey');
  if (caller.expired) throw gatewayError('InvalidSecurityToken.Expired', {}, 'role-expired');
}
