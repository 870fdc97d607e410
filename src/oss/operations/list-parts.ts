/** ListParts. */
import { elements, xmlDocument, xmlTime } from '../xml.js';
import { type Operation, xmlResult } from './call.js';
import { namesOf } from './names.js';
import { wholeNumber } from './numbers.js';
import { uploadOf } from './upload.js';

export const listParts: Operation = async (call) => {
  const { uploadId, bucket, key } = await uploadOf(call);
  const { EncodingType, written } = namesOf(call);
  const max = wholeNumber(call, 'max-parts', 1, 1000, 1000);
  const marker = wholeNumber(call, 'part-number-marker', 0, 999_999_999, 0);
  const parts = (await call.objects.parts(call.caller.account, uploadId)).filter(({ number }) => number > marker);
  const page = parts.slice(0, max);
  const fields = {
    EncodingType,
    Bucket: bucket,
    Key: written(key),
    UploadId: uploadId,
    StorageClass: 'Standard',
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? marker,
    MaxParts: max,
    IsTruncated: String(page.length < parts.length),
  };
  const listed = page.map(({ number, modifiedAt, etag, size }) =>
    elements({
      Part: elements({
        PartNumber: number,
        LastModified: xmlTime(modifiedAt),
        ETag: `"${etag}"`,
        Size: size,
      }),
    }),
  );
  return xmlResult(xmlDocument('ListPartsResult', [...elements(fields), ...listed.flat()]));
};
