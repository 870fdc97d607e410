/** CompleteMultipartUpload: the parts it names, in order, become the object. */
import { ossError } from '../errors.js';
import type { PartInfo } from '../object-store.js';
import { type ChosenPart, elements, readParts, readXml, xmlDocument } from '../xml.js';
import { type Operation, xmlResult } from './call.js';
import { noSuchUpload, uploadOf } from './multipart.js';
import { bodyOf, refuseOverwrite } from './received.js';

/** Of every part but the last (UploadPart's page). */
const MIN_PART_BYTES = 100 * 1024;

export const completeMultipartUpload: Operation = async (call) => {
  const { request, caller, objects } = call;
  const { account, bucket, key } = caller;
  const upload = await uploadOf(call);
  const there = await objects.parts(account, upload.uploadId);
  const xml = await readXml(bodyOf(request.body));
  // the header says: whatever has been uploaded (its page); then no body may be sent
  const all = request.headers['x-oss-complete-all'] === 'yes' && xml === '';
  const chosen = all ? there : readParts(xml);
  checkParts(chosen, there);
  await refuseOverwrite(call, key, request.headers['x-oss-forbid-overwrite']);
  const numbers = chosen.map(({ number }) => number);
  const stored = await objects.completeUpload(account, upload, numbers);
  if (!stored) throw noSuchUpload(call);
  const fields = {
    Location: `http://${request.host}/${encodeURIComponent(key).replaceAll('%2F', '/')}`,
    Bucket: bucket,
    Key: key,
    ETag: `"${stored.etag}"`,
  };
  return xmlResult(xmlDocument('CompleteMultipartUploadResult', elements(fields)), {
    etag: `"${stored.etag}"`,
    'x-oss-hash-crc64ecma': stored.crc64,
  });
};

/** @throws OssError InvalidPartOrder, InvalidPart, EntityTooSmall */
function checkParts(chosen: readonly ChosenPart[], there: readonly PartInfo[]): void {
  if (chosen.some(({ number }, index) => index > 0 && number <= chosen[index - 1]!.number))
    throw ossError('InvalidPartOrder');
  const byNumber = new Map(there.map((part) => [part.number, part]));
  const wrong = chosen.find(({ number, etag }) => byNumber.get(number)?.etag !== etag.toUpperCase());
  if (wrong) throw ossError('InvalidPart', { ETag: wrong.etag, PartNumber: String(wrong.number) });
  if (chosen.length === 0) throw ossError('InvalidPart');
  const short = chosen.slice(0, -1).find(({ number }) => byNumber.get(number)!.size < MIN_PART_BYTES);
  if (short)
    throw ossError('EntityTooSmall', {
      ETag: short.etag,
      MinSizeAllowed: String(MIN_PART_BYTES),
      ProposedSize: String(byNumber.get(short.number)!.size),
      PartNumber: String(short.number),
    });
}
