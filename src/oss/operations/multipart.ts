/** Multipart upload: InitiateMultipartUpload, UploadPart, ListParts, AbortMultipartUpload. Its end is a file of its own. */
import { ossError } from '../errors.js';
import type { UploadInfo } from '../object-store.js';
import { elements, xmlDocument, xmlTime } from '../xml.js';
import { type Operation, type OssCall, xmlResult } from './call.js';
import { namesOf } from './names.js';
import { checksums } from './put-object.js';
import { bodyOf, mustBeNew, promised, propertiesOf, requireLength } from './received.js';

/** The highest PartNumber (UploadPart's page). */
const MAX_PARTS = 10_000;

const noSuchUpload = ({ caller }: OssCall) =>
  ossError('NoSuchUpload', { UploadId: caller.params.get('uploadId') ?? '' });

/** @throws OssError NoSuchUpload, also when it is of another object */
export async function uploadOf(call: OssCall): Promise<UploadInfo> {
  const { account, bucket, key, params } = call.caller;
  const upload = await call.objects.upload(account, params.get('uploadId') ?? '');
  if (!upload || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload(call);
  return upload;
}

/** A whole number from the query. @throws OssError InvalidArgument */
export function wholeNumber({ caller }: OssCall, name: string, min: number, max: number, standard?: number): number {
  const given = caller.params.get(name);
  if (standard !== undefined && (given === undefined || given === '')) return standard;
  if (!/^\d{1,9}$/.test(given ?? '') || Number(given) < min || Number(given) > max)
    throw ossError('InvalidArgument', { ArgumentName: name, ArgumentValue: given ?? '' });
  return Number(given);
}

export const initiateMultipartUpload: Operation = async (call) => {
  const { account, bucket, key } = call.caller;
  const { headers } = call.request;
  const { EncodingType, written } = namesOf(call);
  await mustBeNew(call, key, headers['x-oss-forbid-overwrite']);
  const UploadId = await call.objects.beginUpload(account, { bucket, key, ...propertiesOf(Object.entries(headers)) });
  const fields = { EncodingType, Bucket: bucket, Key: written(key), UploadId };
  return xmlResult(xmlDocument('InitiateMultipartUploadResult', elements(fields)));
};

export const uploadPart: Operation = async (call) => {
  const { account } = call.caller;
  requireLength(call);
  const number = wholeNumber(call, 'partNumber', 1, MAX_PARTS);
  const { uploadId } = await uploadOf(call);
  const part = await call.objects.putPart(account, uploadId, number, bodyOf(call.request.body), promised(call));
  if (!part) throw noSuchUpload(call);
  return { status: 200, headers: { ...checksums(part), 'content-length': '0' } };
};

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

export const abortMultipartUpload: Operation = async (call) => {
  const { uploadId } = await uploadOf(call);
  if (!(await call.objects.abortUpload(call.caller.account, uploadId))) throw noSuchUpload(call);
  return { status: 204, headers: {} };
};
