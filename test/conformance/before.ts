/** What a valid call refers to, and an earlier call answered. */
import type { CloudauthMock } from '../../src/index.js';
import { type Promised, promises } from './oracle.js';
import { send } from './send.js';
import { variantsOf } from './variants.js';

/** Operation → the operation before it, and the member of its ResultObject that is a parameter of the same name. */
const BEFORE: Readonly<Record<string, readonly [operation: string, member: string]>> = {
  'cloudauth/2019-03-07/DescribeFaceVerify': ['cloudauth/2019-03-07/InitFaceVerify', 'CertifyId'],
  'cloudauth/2019-03-07/DeleteFaceVerifyResult': ['cloudauth/2019-03-07/InitFaceVerify', 'CertifyId'],
};
/** Called once before: only the second time they answer what is printed. */
const TWICE = ['cloudauth/2019-03-07/DeleteFaceVerifyResult'];

export async function givenBefore(mock: CloudauthMock, promise: Promised): Promise<Record<string, string>> {
  const [operation, member] = BEFORE[promise.path] ?? [];
  if (operation === undefined || member === undefined) return {};
  const first = promises.find((one) => one.path === operation)!;
  const given = { [member]: (await answerOf(mock, first)).ResultObject[member] };
  if (TWICE.includes(promise.path)) await answerOf(mock, withGiven(promise, given));
  return given;
}

/** With what an earlier call answered. */
export const withGiven = (promise: Promised, given: Readonly<Record<string, string>>): Promised => ({
  ...promise,
  params: promise.params.map((param) => ({ ...param, sound: given[param.name] ?? param.sound })),
});

async function answerOf(mock: CloudauthMock, promise: Promised) {
  const [valid] = variantsOf(promise);
  const { text } = await send(mock, promise, { ...valid!, way: { ...valid!.way, format: 'JSON' } });
  return JSON.parse(text);
}
