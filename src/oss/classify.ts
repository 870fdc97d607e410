/** Which calls are OSS's. Asked of every request before anything else, so an object may be called `healthz` or `_mock/x`. */
import { BUCKETS } from '../verification/buckets.js';

const OSS_HOST = /^[^.]+\.oss[a-z0-9-]*\.aliyuncs\.com(:\d+)?$/i;
const IN_QUERY = /[?&](OSSAccessKeyId|x-oss-signature)=/;
/** A form is posted to a bucket: `/`, or `/<bucket>`. */
const FORM_PATH = /^\/[^/?]*(\?|$)/;

/**
 * @param target path and query as sent
 * @param host as sent
 * @param publicHost of `--public-url`: buckets may be its subdomains
 */
export function isOss(
  method: string,
  target: string,
  host: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  publicHost?: string,
): boolean {
  const { authorization } = headers;
  if (typeof authorization === 'string' && /^OSS4?[ -]/.test(authorization)) return true;
  if (target.length > 1 && IN_QUERY.test(target)) return true;
  const dot = host.indexOf('.');
  if (dot > 0) {
    if (OSS_HOST.test(host)) return true;
    const parent = host
      .slice(dot + 1)
      .replace(/:\d+$/, '')
      .toLowerCase();
    if ((parent === 'localhost' || parent === publicHost) && BUCKETS.includes(host.slice(0, dot))) return true;
  }
  return (
    method === 'POST' &&
    String(headers['content-type'] ?? '')
      .toLowerCase()
      .startsWith('multipart/form-data') &&
    FORM_PATH.test(target) &&
    !target.includes('Action=')
  );
}
