/** GetObjectMeta. A HEAD is told the length; a GET, as older clients send it, is not, for it would wait for the body. */
import type { OssCall, OssResult } from './call.js';
import { found, lastModified } from './stored.js';

export async function getObjectMeta(call: OssCall): Promise<OssResult> {
  const object = await found(call);
  return {
    status: 200,
    headers: {
      etag: `"${object.etag}"`,
      'last-modified': lastModified(object),
      'content-length': call.request.method === 'HEAD' ? String(object.size) : '0',
    },
  };
}
