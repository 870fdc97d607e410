/** OssUploadToken of DescribeOssUploadToken and DescribeVerifyToken: credentials that OSS takes, as long as a VerifyToken lives (inferred). */
import type { Context } from '../../../gateway/context.js';
import { UPLOAD_BUCKET } from '../../../verification/buckets.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';

/** @returns what to write, and what to answer; `Expired` is in milliseconds */
export function newOssUploadToken({ store, clock, ids, urls }: Pick<Context, 'store' | 'clock' | 'ids' | 'urls'>) {
  const credential = {
    access_key_id: ids.stsKey(),
    secret: ids.stsSecret(),
    security_token: ids.stsToken(),
    bucket: UPLOAD_BUCKET,
    path: ids.ossPath(),
    expires_at: clock.now() + TOKEN_SECONDS * 1000,
  };
  const OssUploadToken = {
    Secret: credential.secret,
    Key: credential.access_key_id,
    Expired: credential.expires_at,
    Bucket: UPLOAD_BUCKET,
    EndPoint: urls.oss('cn-zhangjiakou'),
    Token: credential.security_token,
    Path: credential.path,
  };
  return { row: store.credentials.addRow(credential), OssUploadToken };
}
