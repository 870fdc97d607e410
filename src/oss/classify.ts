/** Which calls are OSS's. Asked of every request before anything else, so an object may be called `healthz` or `_mock/x`. */
import { BUCKETS } from '../verification/buckets.js';
import { bucketOfHost } from './host.js';

const SIGNED_URL = /[?&](OSSAccessKeyId|x-oss-signature|x-oss-credential)=/;

/** A gateway call may carry a picture in its address; no address of OSS is longer than this. */
const LONGEST_TARGET = 72 * 1024;

/**
 * Taken is what is signed for OSS, goes to a bucket's host, begins with a bucket, or is a form of the vendor's SDK. What names an Action in
 * its query or is signed with ACS3 is the gateway's.
 * @param whole path and query as sent
 * @param host as sent
 * @param publicHost of `--public-url`: buckets may be its subdomains
 */
export function isOss(
  whole: string,
  host: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  publicHost?: string,
): boolean {
  const target = whole.length > LONGEST_TARGET ? whole.slice(0, LONGEST_TARGET) : whole;
  const { authorization } = headers;
  if (typeof authorization === 'string' && authorization !== '') {
    if (authorization.startsWith('OSS')) return true;
    if (authorization.startsWith('ACS3-')) return false;
  }
  if (isPageScript(target, host)) return false;
  if (isBucketHost(host, publicHost) || isBucketPath(target) || isSdkForm(target, headers)) return true;
  // a browser asks first, unsigned; of ali-oss at an IP address the path has no bucket either
  if (/(^|[ ,])x-oss-/i.test(String(headers['access-control-request-headers'] ?? ''))) return true;
  return target.length > 1 && SIGNED_URL.test(target) && !/[?&]Action=/.test(target);
}

/**
 * A form posted to `/` says only inside which bucket it is for: one that carries a policy. Asked of a call whose body
 * has been read.
 */
export function isPolicyForm({ method, path, query, headers, body }: ReadCall): boolean {
  const isForm = method === 'POST' && path === '/' && /^multipart\/form-data/i.test(headers['content-type'] ?? '');
  return isForm && !/(^|&)Action=/.test(query) && /name="?policy\b/i.test(body.toString('latin1'));
}

/** A file an `…Advance` method uploads to an address without a bucket: these SDKs send no other forms. A video is no small body. */
const isSdkForm = (target: string, headers: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  target === '/' &&
  /^multipart\/form-data/i.test(String(headers['content-type'] ?? '')) &&
  String(headers['user-agent'] ?? '').startsWith('AlibabaCloud (');

interface ReadCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Of the vendor's hosts any bucket; `localhost` and the public host may have other subdomains. */
function isBucketHost(host: string, publicHost: string | undefined): boolean {
  const bucket = bucketOfHost(host, publicHost);
  return bucket !== undefined && (BUCKETS.includes(bucket) || /\.aliyuncs\.com(:\d+)?$/i.test(host));
}

/** The vendor serves an older jsvm_all.js from a public bucket: here the pages do. */
const isPageScript = (target: string, host: string): boolean =>
  /^cn-shanghai-aliyun-cloudauth\.oss-/i.test(host) && target.startsWith('/web_sdk_js/');

const isBucketPath = (target: string): boolean =>
  target.length > 1 &&
  BUCKETS.some((bucket) => target.startsWith(bucket, 1) && /^($|[/?]|%2F)/i.test(target.slice(bucket.length + 1)));
