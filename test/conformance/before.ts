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

/** Operation → the operation before it. */
const BEFORE: Readonly<Record<string, Before>> = {
  'cloudauth/2019-03-07/DescribeFaceVerify': {
    operation: 'cloudauth/2019-03-07/InitFaceVerify',
    gives: (_sent, { ResultObject }) => ({ CertifyId: ResultObject.CertifyId }),
  },
  'cloudauth/2019-03-07/DescribeVerifyResult': {
    operation: 'cloudauth/2019-03-07/DescribeVerifyToken',
    gives: ({ BizType, BizId }) => ({ BizType: BizType!, BizId: BizId! }),
  },
};

export async function givenBefore(mock: CloudauthMock, { path }: Promised): Promise<Params> {
  const before = BEFORE[path];
  if (!before) return {};
  const promise = promises.find((one) => one.path === before.operation)!;
  const [valid] = variantsOf(promise);
  const { text } = await send(mock, promise, { ...valid!, way: { ...valid!.way, format: 'JSON' } });
  return before.gives(valid!.params, JSON.parse(text));
}
