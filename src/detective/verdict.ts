/** Judges one captured request as the gateway would, except that it may be old: no emulator needed. */

import { type AccessKey, type Accounts, createAccounts } from '../gateway/accounts.js';
import { authenticate, claimedAccessKeyId, parseTimestamp, SIGNATURE_WINDOW_MS } from '../gateway/common-params.js';
import { ApiError } from '../gateway/errors.js';
import type { RpcRequest } from '../gateway/request.js';
import { acs3StringToSign, canonicalRequest, parseAuthorization } from '../gateway/signature-acs3.js';
import { rpcStringToSign } from '../gateway/signature-rpc.js';
import { systemClock } from '../platform/clock.js';
import { sentences } from '../platform/hint.js';
import { requestOf } from './capture.js';
import { type Capture, CaptureError } from './captured.js';
import { masked } from './excerpt.js';
import { type Explanation, explain, withoutSecrets } from './explain.js';
import { BUDGET, type Budget } from './search.js';

export interface Verdict {
  readonly scheme: 'RPC' | 'ACS3';
  readonly matches: boolean;
  /** `none` when it matches, else causes joined by `+`, `unknown`, or the hint of the gateway's refusal. */
  readonly cause: string;
  /** The gateway's code, where it refuses. */
  readonly code?: string;
  /** What the gateway signs; for ACS3 the canonical request. */
  readonly serverString: string;
  readonly explanation?: Explanation;
  /** What else is worth knowing: a stale timestamp, local time, a signature sent unencoded. */
  readonly notes: readonly string[];
}

/** A command may search longer than a call, whose client waits for the answer. */
const PATIENT: Budget = { ...BUDGET, ms: 2_000, mostBytes: undefined };

/** @param keys beside the default pair. @throws CaptureError when the key is not known */
export async function judge(capture: Capture, keys: readonly AccessKey[], now = systemClock.now()): Promise<Verdict> {
  const request = requestOf(capture);
  const accounts = trusting(request, createAccounts(capture.key ? [...keys, capture.key] : keys));
  const id = claimedAccessKeyId(request);
  const timestamp = parseTimestamp(timestampOf(request));
  const verdict = {
    scheme: request.scheme,
    serverString: withoutSecrets(masked(serverStringOf(request)), accounts.keys),
    notes: notes(request, timestamp, now),
  };
  const refusal = await refusalOf(request, accounts, timestamp ?? now);
  if (!refusal) return { ...verdict, matches: true, cause: 'none' };
  if (refusal.code === 'InvalidAccessKeyId.NotFound')
    throw new CaptureError(`the secret of ${shownId(id)} is not known; pass it with --access-key ID:SECRET`);
  const { code, hint } = refusal;
  if (code !== 'SignatureDoesNotMatch') {
    const [said] = await sentences(hint === undefined ? [] : [hint]);
    return { ...verdict, matches: false, cause: said?.en ?? code, code };
  }
  const explanation = explain(request, { id, secret: accounts(id)!.secret }, accounts.keys, PATIENT);
  return { ...verdict, matches: false, cause: explanation.cause, code, explanation };
}

/** Whether an STS token is the right one cannot be known here; the signature can be judged all the same. */
function trusting(request: RpcRequest, accounts: Accounts): Accounts {
  const token =
    request.scheme === 'ACS3' ? request.headers['x-acs-security-token'] : request.params.get('SecurityToken');
  const find = (id: string) => {
    const caller = accounts(id);
    return caller && { ...caller, securityToken: token || caller.securityToken };
  };
  return Object.assign(find, accounts);
}

const shownId = (id: string): string => (/^[\w.-]{1,128}$/.test(id) ? id : 'that AccessKeyId');

async function refusalOf(request: RpcRequest, accounts: Accounts, now: number): Promise<ApiError | undefined> {
  const callers = Object.assign(async (id: string) => accounts(id), { unknown: 'unknown-access-key' } as const);
  try {
    await authenticate(request, { callers, now: () => now, takeNonce: async () => ({}) });
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

const timestampOf = (request: RpcRequest): string =>
  (request.scheme === 'ACS3' ? request.headers['x-acs-date'] : request.params.get('Timestamp')) ?? '';

function serverStringOf(request: RpcRequest): string {
  if (request.scheme === 'RPC') return rpcStringToSign(request.method, request.params);
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  if (!authorization) return '';
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  return `${canonical}\n\n${acs3StringToSign(canonical)}`;
}

function notes(request: RpcRequest, timestamp: number | undefined, now: number): string[] {
  const off = timestamp === undefined ? 0 : timestamp - now;
  const hours = Math.round(off / 3_600_000);
  const wholeHours = hours !== 0 && Math.abs(hours) <= 14 && Math.abs(off - hours * 3_600_000) < 120_000;
  return [
    ...(Math.abs(off) > SIGNATURE_WINDOW_MS
      ? [
          `the timestamp is ${Math.round(Math.abs(off) / 1000)} s ${off < 0 ? 'old' : 'ahead'}: sent now, the gateway would answer InvalidTimeStamp.Expired`,
        ]
      : []),
    ...(wholeHours
      ? [`off by ${hours} whole hours: local time seems to be sent as UTC; take the time in UTC before writing the Z`]
      : []),
    ...((request.params.get('Signature') ?? '').includes(' ')
      ? ['the Signature was sent unencoded: its + arrives as a space, which is forgiven here; send %2B']
      : []),
  ];
}
