/** The object a call names: what is said of it, and whether the client has it already. */
import { ossError } from '../errors.js';
import type { ObjectInfo } from '../object-store.js';
import type { OssCall } from './call.js';
import { checksums } from './put-object.js';

/** @throws OssError NoSuchKey */
export async function found({ caller, objects }: OssCall): Promise<ObjectInfo> {
  const object = await objects.find(caller.account, caller.bucket, caller.key);
  if (!object) throw ossError('NoSuchKey', { Key: caller.key });
  return object;
}

export const lastModified = ({ modifiedAt }: ObjectInfo): string => new Date(modifiedAt).toUTCString();

export const describe = (object: ObjectInfo): Record<string, string> => ({
  ...object.headers,
  ...checksums(object),
  'content-type': object.contentType,
  'accept-ranges': 'bytes',
  'last-modified': lastModified(object),
  'x-oss-object-type': object.etag.includes('-') ? 'Multipart' : 'Normal',
  'x-oss-storage-class': 'Standard',
});

/** @returns whether the client has it already. @throws OssError PreconditionFailed */
export function isUnchanged({ request }: OssCall, { etag, modifiedAt }: ObjectInfo): boolean {
  const { headers } = request;
  const same = (given: string) => given.replaceAll('"', '').toUpperCase() === etag;
  // Last-Modified has whole seconds
  const changedSince = (given: string) => Math.floor(modifiedAt / 1000) > Date.parse(given) / 1000;
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const { 'if-unmodified-since': unmodified, 'if-modified-since': modified } = headers;
  if (match !== undefined && match !== '*' && !same(match))
    throw ossError('PreconditionFailed', { Condition: 'If-Match' });
  if (unmodified !== undefined && changedSince(unmodified))
    throw ossError('PreconditionFailed', { Condition: 'If-Unmodified-Since' });
  if (noneMatch !== undefined) return noneMatch === '*' || same(noneMatch);
  return modified !== undefined && !Number.isNaN(Date.parse(modified)) && !changedSince(modified);
}
