/** DeleteObject: of an object that is not there as well, it is 204. */
import type { Operation } from './call.js';

export const deleteObject: Operation = async ({ caller, objects }) => {
  await objects.remove(caller.account, caller.bucket, [caller.key]);
  return { status: 204, headers: {} };
};
