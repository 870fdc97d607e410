/**
 * Which bucket and key a call is for. Clients say it in many ways, some in none that can be read (see {@link candidates});
 * what they sign is always `/bucket/key`, so the signature shows which one is meant.
 */
import { BUCKETS } from '../verification/buckets.js';
import { decodePath } from './encoding.js';
import { ossError } from './errors.js';
import { bucketOfHost } from './host.js';
import type { OssRequest } from './message.js';

export interface Target {
  /** Empty: the call names no bucket (ListBuckets). */
  readonly bucket: string;
  /** Empty: the call is on the bucket. */
  readonly key: string;
  /** The call is on the bucket, and its path has no slash behind it: aliyun-sdk (V1) signs what it sends. */
  readonly bare?: true;
}

type Address = Pick<OssRequest, 'path' | 'host'>;

/** Buckets a call names: in its host, in the first segment of its path. */
export function bucketsNamed({ path, host }: Address, publicHost?: string): string[] {
  const ofHost = bucketOfHost(host, publicHost);
  const [inPath] = decoded(path).split('/');
  return [...(ofHost === undefined ? [] : [ofHost]), ...(inPath ? [inPath] : [])];
}

/**
 * Every bucket and key a call may mean, the likeliest first:
 * - virtual host;
 * - path style, with plain slashes or `%2F`, also where ali-oss names the bucket in the host as well (`sldEnable` and an IP);
 * - the bucket nowhere but in the signature: CNAME style, and what ali-oss presigns with V4 for an IP;
 * - path style with a bucket nobody has;
 * - no bucket at all.
 * @param own the bucket the caller's credential is for
 * @throws OssError InvalidObjectName when the path is not percent-encoded UTF-8
 */
export function candidates({ path, host }: Address, publicHost?: string, own?: string): Target[] {
  const whole = decoded(path);
  const [bucket = '', ...rest] = whole.split('/');
  const inPath = { bucket, key: rest.join('/') };
  const ofHost = bucketOfHost(host, publicHost);
  const known = BUCKETS.includes(bucket);
  return [
    ...(ofHost === undefined ? [] : [{ bucket: ofHost, key: whole }]),
    ...(known ? [inPath] : []),
    ...(known && whole === bucket ? [{ bucket, key: '', bare: true } as const] : []),
    ...[...BUCKETS].sort((a, b) => Number(b === own) - Number(a === own)).map((name) => ({ bucket: name, key: whole })),
    ...(known || bucket === '' ? [] : [inPath]),
    ...(whole === '' ? [{ bucket: '', key: '' }] : []),
  ];
}

/** Without its first slash. */
function decoded(path: string): string {
  try {
    return decodePath(path.replace(/^\//, ''));
  } catch {
    throw ossError('InvalidObjectName');
  }
}
