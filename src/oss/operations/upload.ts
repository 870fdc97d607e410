/** The multipart upload a call names. */
import { ossError } from '../errors.js';
import type { UploadInfo } from '../object-store.js';
import type { OssCall } from './call.js';

/** It never was, or it has been completed or aborted. */
export const noSuchUpload = ({ caller }: OssCall) =>
  ossError('NoSuchUpload', { UploadId: caller.params.get('uploadId') ?? '' });

/** @throws OssError NoSuchUpload, also when it is of another object */
export async function uploadOf(call: OssCall): Promise<UploadInfo> {
  const { account, bucket, key, params } = call.caller;
  const upload = await call.objects.upload(account, params.get('uploadId') ?? '');
  if (!upload || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload(call);
  return upload;
}
