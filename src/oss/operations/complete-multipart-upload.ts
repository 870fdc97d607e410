/** CompleteMultipartUpload: the parts it names, in order, become the object. */
import { ossError } from '../errors.js';
import type { ObjectInfo, PartInfo } from '../object-store.js';
import { elements, xmlDocument } from '../xml.js';
import { type ChosenPart, readParts, readXml } from '../xml-body.js';
import { type Operation, xmlResult } from './call.js';
import { locationOf } from './location.js';
import { namesOf } from './names.js';
import { bodyOf, mustBeNew } from './received.js';
import { uploadOf } from './upload.js';

/** Of every part but the last (UploadPart's page). */
const MIN_PART_BYTES = 100 * 1024;

export const completeMultipartUpload: Operation = async (call) => {
  const { request, caller, objects } = call;
  const { account, bucket, key } = caller;
  const { EncodingType, written } = namesOf(call);
  await uploadOf(call);
  const xml = await readXml(bodyOf(request.body));
  // this header takes all uploaded parts, and then no body may be sent (the operation's page)
  const all = request.headers['x-oss-complete-all'] === 'yes' && xml === '';
  const named = all ? undefined : await readParts(xml);
  let stored: ObjectInfo | undefined;
  // a part may be replaced meanwhile: then the parts are read and checked again
  while (!stored) {
    const upload = await uploadOf(call);
    const there = await objects.parts(account, upload.uploadId);
    const chosen = chooseParts(named ?? there, there);
    const onlyNew = await mustBeNew(call, key, request.headers['x-oss-forbid-overwrite']);
    stored = await objects.completeUpload(account, upload, chosen, onlyNew);
  }
  const fields = {
    EncodingType,
    Location: locationOf(call, key),
    Bucket: bucket,
    Key: written(key),
    ETag: `"${stored.etag}"`,
  };
  return xmlResult(xmlDocument('CompleteMultipartUploadResult', elements(fields)), {
    etag: `"${stored.etag}"`,
  });
};

/** @throws OssError InvalidPartOrder, InvalidPart, EntityTooSmall */
function chooseParts(named: readonly ChosenPart[], there: readonly PartInfo[]): PartInfo[] {
  if (named.some(({ number }, index) => index > 0 && number <= named[index - 1]!.number))
    throw ossError('InvalidPartOrder');
  const byNumber = new Map(there.map((part) => [part.number, part]));
  const chosen = named.map(({ number, etag }) => {
    const part = byNumber.get(number);
    if (part?.etag !== etag.toUpperCase()) throw ossError('InvalidPart', { ETag: etag, PartNumber: String(number) });
    return part;
  });
  if (chosen.length === 0) throw ossError('InvalidPart');
  const short = chosen.slice(0, -1).find(({ size }) => size < MIN_PART_BYTES);
  if (short)
    throw ossError('EntityTooSmall', {
      ETag: short.etag,
      MinSizeAllowed: String(MIN_PART_BYTES),
      ProposedSize: String(short.size),
      PartNumber: String(short.number),
    });
  return chosen;
}
