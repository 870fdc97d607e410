/** The address of an object, for answers that contain it. */
import { isSecure } from '../../gateway/request.js';
import { percentEncodePath } from '../../platform/url-text.js';
import type { OssCall } from './call.js';

/** The bucket stands in the path unless it is in the host; a call may name it in neither. */
export function locationOf({ request, caller }: OssCall, key: string): string {
  const inHost = request.host.startsWith(`${caller.bucket}.`);
  const path = inHost ? key : `${caller.bucket}/${key}`;
  return `${isSecure(request) ? 'https' : 'http'}://${request.host}/${percentEncodePath(path)}`;
}
