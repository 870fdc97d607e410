/** What a valid call refers to, and an earlier call answered. */
import type { CloudauthMock } from '../../src/index.js';
import { type Promised, promises } from './oracle.js';
import { send } from './send.js';
import { variantsOf } from './variants.js';

/** Operation → the operation before it, and the member of its ResultObject that is a parameter of the same name. */
const BEFORE: Readonly<Record<string, readonly [operation: string, member: string]>> = {
  'cloudauth/2019-03-07/DescribeFaceVerify': ['cloudauth/2019-03-07/InitFaceVerify', 'CertifyId'],
};

export async function givenBefore(mock: CloudauthMock, { path }: Promised): Promise<Record<string, string>> {
  const [operation, member] = BEFORE[path] ?? [];
  if (operation === undefined || member === undefined) return {};
  const promise = promises.find((one) => one.path === operation)!;
  const [valid] = variantsOf(promise);
  const { text } = await send(mock, promise, { ...valid!, way: { ...valid!.way, format: 'JSON' } });
  return { [member]: JSON.parse(text).ResultObject[member] };
}
