/** HeadObject. */
import type { OssCall, OssResult } from './call.js';
import { describe, found, isUnchanged } from './stored.js';

export async function headObject(call: OssCall): Promise<OssResult> {
  const object = await found(call);
  if (isUnchanged(call, object)) return { status: 304, headers: { etag: `"${object.etag}"` } };
  return { status: 200, headers: { ...describe(object), 'content-length': String(object.size) } };
}
