/** UploadPart: a part of the same number is replaced. */
import type { Operation } from './call.js';
import { wholeNumber } from './numbers.js';
import { checksums } from './put-object.js';
import { announced, bodyOf, promised, requireLength } from './received.js';
import { noSuchUpload, uploadOf } from './upload.js';

/** The highest PartNumber (its page). */
const MAX_PARTS = 10_000;

export const uploadPart: Operation = async (call) => {
  const { account } = call.caller;
  requireLength(call);
  const number = wholeNumber(call, 'partNumber', 1, MAX_PARTS);
  const { uploadId } = await uploadOf(call);
  const body = bodyOf(call.request.body);
  const part = await call.objects.putPart(account, uploadId, number, body, promised(call), announced(call));
  if (!part) throw noSuchUpload(call);
  return { status: 200, headers: { ...checksums(part), 'content-length': '0' } };
};
