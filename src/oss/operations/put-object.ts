/** PutObject. */
import type { ObjectInfo } from '../object-store.js';
import type { Operation } from './call.js';
import { announced, bodyOf, mustBeNew, promised, propertiesOf, requireLength } from './received.js';

/**
 * What every upload is answered with: clients compare it with what they sent. OSS sends `x-oss-hash-crc64ecma` as well;
 * without it no client looks, and it would double the cost of an upload.
 */
export const checksums = ({ etag }: Pick<ObjectInfo, 'etag'>): Record<string, string> => ({
  etag: `"${etag}"`,
  ...(!etag.includes('-') && { 'content-md5': Buffer.from(etag, 'hex').toString('base64') }),
});

export const putObject: Operation = async (call) => {
  const { request, caller, objects } = call;
  const { account, bucket, key } = caller;
  requireLength(call);
  const check = promised(call);
  const onlyNew = await mustBeNew(call, key, request.headers['x-oss-forbid-overwrite']);
  const properties = propertiesOf(Object.entries(request.headers));
  const object = { bucket, key, onlyNew, length: announced(call), ...properties };
  const stored = await objects.put(account, object, bodyOf(request.body), check);
  return { status: 200, headers: { ...checksums(stored), 'content-length': '0' } };
};
