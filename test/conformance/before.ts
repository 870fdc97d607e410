/** What a valid call refers to, and an earlier call answered. */
import type { CloudauthMock } from '../../src/index.js';
import { type Promised, promises } from './oracle.js';
import { send } from './send.js';
import { variantsOf } from './variants.js';

type Params = Readonly<Record<string, string>>;
interface Before {
  readonly operation: string;
  /** What of that call, and of its answer, the calls are made with. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  gives(sent: Params, answered: any): Params;
}

const started: Before = {
  operation: 'cloudauth/2019-03-07/InitFaceVerify',
  gives: (_sent, { ResultObject }) => ({ CertifyId: ResultObject.CertifyId }),
};

/** Operation → the operation before it. */
const BEFORE: Readonly<Record<string, Before>> = {
  'cloudauth/2019-03-07/DescribeFaceVerify': started,
  'cloudauth/2019-03-07/DeleteFaceVerifyResult': started,
  'cloudauth/2019-03-07/DescribeVerifyResult': {
    operation: 'cloudauth/2019-03-07/DescribeVerifyToken',
    gives: ({ BizType, BizId }) => ({ BizType: BizType!, BizId: BizId! }),
  },
};
/** Called once before: only the second time they answer what is printed. */
const TWICE = ['cloudauth/2019-03-07/DeleteFaceVerifyResult'];

export async function givenBefore(mock: CloudauthMock, promise: Promised): Promise<Params> {
  const before = BEFORE[promise.path];
  if (!before) return {};
  const [sent, answered] = await once(mock, promises.find((one) => one.path === before.operation)!);
  const given = before.gives(sent, answered);
  if (TWICE.includes(promise.path)) await once(mock, withGiven(promise, given));
  return given;
}

/** With what an earlier call answered. */
export const withGiven = (promise: Promised, given: Params): Promised => ({
  ...promise,
  params: promise.params.map((param) => ({ ...param, sound: given[param.name] ?? param.sound })),
});

async function once(mock: CloudauthMock, promise: Promised): Promise<[sent: Params, answered: unknown]> {
  const [valid] = variantsOf(promise);
  const { text } = await send(mock, promise, { ...valid!, way: { ...valid!.way, format: 'JSON' } });
  return [valid!.params, JSON.parse(text)];
}
