/** Where an object is to be found, for answers that say it. */
import { percentEncodePath } from '../../platform/percent.js';
import type { OssCall } from './call.js';

/** Where the bucket is not in the host it stands in the path, though the call may have said it nowhere. */
export function locationOf({ request, caller }: OssCall, key: string): string {
  const inHost = request.host.startsWith(`${caller.bucket}.`);
  const path = inHost ? key : `${caller.bucket}/${key}`;
  return `http://${request.host}/${percentEncodePath(path)}`;
}
