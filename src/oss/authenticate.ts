/**
 * Checks who signed a call, and for which bucket and key. A client can observe the order of the checks: claim, key, token,
 * time, signature, bucket, permission. It is guessed, except that the signature comes before the bucket.
 */

import type { Clock } from '../platform/clock.js';
import type { Hint } from '../platform/hint.js';
import { sameText } from '../platform/same-text.js';
import { BUCKETS } from '../verification/buckets.js';
import { bucketsNamed, candidates, type Target } from './address.js';
import { type Claim, readClaim } from './claim.js';
import { type Credential, type CredentialDeps, findCredential } from './credential.js';
import { decodeQuery } from './encoding.js';
import { type OssError, ossError } from './errors.js';
import type { OssRequest } from './message.js';
import { formClaim, judgePolicy, movedClockHint } from './post-policy.js';

export interface OssCaller {
  readonly account: string;
  readonly accessKeyId: string;
  readonly bucket: string;
  /** Decoded; empty for a call on the bucket. */
  readonly key: string;
  /** Keys must begin with it. */
  readonly path: string;
  /** The query, decoded; of two equal names the first counts. */
  readonly params: ReadonlyMap<string, string>;
  readonly presigned: boolean;
}

/** Who posts a form; its policy may limit how many bytes the file has. */
export interface FormCaller extends OssCaller {
  readonly minBytes: number;
  /** Infinity: the policy sets no limit. */
  readonly maxBytes: number;
}

export interface AuthenticateDeps extends CredentialDeps {
  readonly wallClock: Clock;
  /** Host of `--public-url`: buckets may be its subdomains. */
  readonly publicHost?: string;
}

const MAX_SKEW_MS = 900_000;
const MAX_KEY_BYTES = 1023;

/**
 * Header or URL, V1 or V4. The key has been checked as by {@link checkKey}.
 * @throws OssError and nothing else, whatever was sent
 */
export async function authenticate(request: OssRequest, deps: AuthenticateDeps): Promise<OssCaller> {
  const params = decodeQuery(request.query);
  const claim = readClaim(request, params);
  if (!claim) throw anonymous(request, deps);
  const credential = await findCredential(claim.accessKeyId, claim.securityToken, deps);
  judgeTime(claim, credential, deps);
  const targets = candidates(request, deps.publicHost, credential.bucket);
  const target = targets.find((each) => isOurs(claim, claim.stringToSign(each), credential));
  if (!target) throw mismatch(claim, claim.stringToSign(targets[0]!));
  return admit(target, credential, params, claim.expiresAt !== undefined);
}

/**
 * PostObject: the policy is signed, V1 or V4, and says what may be posted.
 * @param fields of the form before its file, names in lower case; `${filename}` in `key` need not have been replaced
 * @throws OssError and nothing else, whatever was sent
 */
export async function authenticateForm(
  request: OssRequest,
  fields: ReadonlyMap<string, string>,
  deps: AuthenticateDeps,
): Promise<FormCaller> {
  const claim = formClaim(fields);
  if (!claim) throw anonymous(request, deps);
  const credential = await findCredential(claim.accessKeyId, claim.securityToken, deps);
  if (!isOurs(claim, claim.policy, credential)) throw mismatch(claim, claim.policy);
  const named = bucketsNamed(request, deps.publicHost);
  const bucket = named.find((name) => BUCKETS.includes(name)) ?? named[0] ?? credential.bucket ?? '';
  const clocks = { now: deps.clockOf(credential.account).now(), wallClock: deps.wallClock.now() };
  const range = judgePolicy(claim.policy, fields, bucket, clocks);
  const target = { bucket, key: fields.get('key') ?? '' };
  return { ...admit(target, credential, decodeQuery(request.query), false), ...range };
}

/** @throws OssError InvalidObjectName; AccessDenied when the key lies outside of what the caller's credential opens */
export function checkKey(caller: Pick<OssCaller, 'path'>, key: string): void {
  checkName(key);
  if (!key.startsWith(caller.path)) throw forbidden('oss-other-path');
}

/** Headers by the wall clock, as every signature; URLs by the business clock, so that a test can make them expire. */
function judgeTime({ signedAt, expiresAt }: Claim, credential: Credential, deps: AuthenticateDeps): void {
  const now = deps.wallClock.now();
  if (signedAt !== undefined && Math.abs(now - signedAt) > MAX_SKEW_MS)
    throw ossError('RequestTimeTooSkewed', {
      MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
      RequestTime: iso(signedAt),
      ServerTime: iso(now),
    });
  const today = deps.clockOf(credential.account).now();
  if (expiresAt !== undefined && today > expiresAt)
    throw ossError(
      'AccessDenied',
      { Expires: iso(expiresAt), ServerTime: iso(today) },
      'Request has expired.',
      movedClockHint(expiresAt, now),
      '0002-00000069',
    );
}

function admit(
  { bucket, key }: Target,
  { account, accessKeyId, bucket: own, path }: Credential,
  params: ReadonlyMap<string, string>,
  presigned: boolean,
): OssCaller {
  if (bucket !== '' && !BUCKETS.includes(bucket)) throw noSuchBucket(bucket);
  if (own === undefined)
    throw ossError('AccessDenied', {}, 'The bucket you access does not belong to you.', 'oss-foreign-key');
  if (bucket === '' || (own !== '*' && own !== bucket)) throw forbidden('oss-other-bucket');
  const caller = { account, accessKeyId, bucket, key, path, params, presigned };
  if (key !== '') checkKey(caller, key);
  return caller;
}

/** OSS's naming rules; that NUL is refused is guessed. */
function checkName(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw ossError('InvalidObjectName', { ObjectName: key }, 'The Length of Object name must be less than 1024.');
  if (/^[/\\]|\0/.test(key)) throw ossError('InvalidObjectName', { ObjectName: key });
}

type Proof = Pick<Claim, 'accessKeyId' | 'signature' | 'ec' | 'sign'>;

const isOurs = ({ sign, signature }: Proof, stringToSign: string, { secret, unchecked }: Credential): boolean =>
  unchecked === true || sameText(signature, sign(stringToSign, secret));

const mismatch = ({ accessKeyId, signature, ec }: Proof, stringToSign: string): OssError =>
  ossError(
    'SignatureDoesNotMatch',
    {
      OSSAccessKeyId: accessKeyId,
      SignatureProvided: signature,
      StringToSign: stringToSign,
      StringToSignBytes: Buffer.from(stringToSign).toString('hex').toUpperCase().replace(/../g, '$& '),
    },
    undefined,
    'oss-secret',
    ec,
  );

/** The words in which OSS denies what the policy of an STS credential does not allow. */
const forbidden = (hint: Hint): OssError =>
  ossError('AccessDenied', {}, "Access denied by authorizer's policy.", hint, '0003-00000301');

/** OSS's naming rules; that a name against them is judged here is guessed. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

const noSuchBucket = (name: string): OssError =>
  ossError(BUCKET_NAME.test(name) ? 'NoSuchBucket' : 'InvalidBucketName', { BucketName: name }, undefined, [
    'oss-no-bucket',
    { known: BUCKETS },
  ]);

/** The buckets are private. */
function anonymous(request: OssRequest, { publicHost }: AuthenticateDeps): OssError {
  const [bucket] = bucketsNamed(request, publicHost);
  if (bucket !== undefined && !BUCKETS.includes(bucket)) return noSuchBucket(bucket);
  return ossError('AccessDenied', {}, undefined, 'oss-unsigned');
}

const iso = (ms: number): string => new Date(ms).toISOString();
