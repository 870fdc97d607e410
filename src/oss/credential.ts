/** The credential behind an AccessKeyId: its account, its secret, and the bucket and path it may be used for. */

import type { Callers } from '../gateway/callers.js';
import type { Clock } from '../platform/clock.js';
import type { Hint } from '../platform/hint.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
import { ossError } from './errors.js';

export interface CredentialDeps {
  readonly callers: Callers;
  readonly directory: Directory;
  /** Told of a caller whose signature nobody can check. */
  onUnchecked?(account: string): void;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
}

export interface Credential {
  readonly account: string;
  readonly accessKeyId: string;
  readonly secret: string;
  /** `*`: any. Undefined: none, the upload buckets are the vendor's and not the account's. */
  readonly bucket: string | undefined;
  /** Keys must begin with it. */
  readonly path: string;
  /** Nobody here knows the secret: whatever signature there is will do. */
  readonly unchecked?: true;
}

/**
 * The security token is judged before the signature: OSS knows an STS key only by its token.
 * @throws OssError InvalidAccessKeyId, InvalidSecurityToken, AccessKeyIdAndSecurityTokenNotMatch, SecurityTokenExpired
 */
export async function findCredential(
  accessKeyId: string,
  token: string | undefined,
  deps: CredentialDeps,
): Promise<Credential> {
  const owner = await deps.callers(accessKeyId);
  if (owner && !owner.role) {
    const { account, secret, securityToken = '', unchecked } = owner;
    if (unchecked) deps.onUnchecked?.(account);
    if (unchecked) return { account, accessKeyId, secret, bucket: undefined, path: '', unchecked };
    if (securityToken === '' && token) throw unknown(accessKeyId, token);
    if (securityToken !== (token ?? '')) throw token ? ossError('InvalidSecurityToken') : unknown(accessKeyId);
    return { account, accessKeyId, secret, bucket: undefined, path: '' };
  }
  const account = await deps.directory.ofCredential(accessKeyId);
  const found = account === undefined ? undefined : await deps.storeOf(account).credentials.find(accessKeyId);
  if (account === undefined || !found) throw unknown(accessKeyId, token);
  const { secret, security_token, path, expires_at, role } = found;
  // no permissions are emulated: a role may do what can be done
  const bucket = role ? '*' : found.bucket;
  // without its token an STS key is not in OSS's records (help page on this very message, cause 3)
  if (!token && security_token) throw unknown(accessKeyId, undefined, 'oss-no-token');
  if ((token ?? '') !== security_token) {
    const another = await deps.storeOf(account).credentials.hasToken(token ?? '');
    throw ossError(another ? 'AccessKeyIdAndSecurityTokenNotMatch' : 'InvalidSecurityToken');
  }
  if (deps.clockOf(account).now() >= expires_at) throw ossError('SecurityTokenExpired', { SecurityToken: token ?? '' });
  return { account, accessKeyId, secret, bucket, path };
}

/** With a token the same words have another number (OSS, 0002-00000002): it was taken for an STS call. */
const unknown = (accessKeyId: string, token?: string, hint?: Hint) =>
  ossError('InvalidAccessKeyId', { OSSAccessKeyId: accessKeyId }, undefined, hint, token ? '0002-00000002' : undefined);
