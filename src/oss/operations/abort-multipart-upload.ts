/** AbortMultipartUpload: the parts go with it. */
import type { Operation } from './call.js';
import { noSuchUpload, uploadOf } from './upload.js';

export const abortMultipartUpload: Operation = async (call) => {
  const { uploadId } = await uploadOf(call);
  if (!(await call.objects.abortUpload(call.caller.account, uploadId))) throw noSuchUpload(call);
  return { status: 204, headers: {} };
};
