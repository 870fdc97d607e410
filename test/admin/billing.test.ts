/** What the vendor would bill: `GET /_mock/billing`, `mock.billing()`. */
import { expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { billedAs } from '../../src/products/billing.js';
import { kinds } from '../../src/products/kinds.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019 } from '../support/call.js';
import { certifyId, describe as described } from '../support/face.js';
import { SAF_PERSON, saf } from '../support/scenario.js';
import { openTask } from '../support/tasks.js';

const PERSON = { ParamType: 'normal', UserName: '张三', IdentifyNum: '330103199001011233' };
const check = (mock: Mock, changes = {}) => call(mock, cloudauth2019('Id2MetaVerify', { ...PERSON, ...changes }));

type Mock = ReturnType<typeof createCloudauthMock>;
const house = (options: MockOptions = {}) => createCloudauthMock(options);

/** @returns calls and billed of each operation that was called or billed */
const counted = async (mock: Mock): Promise<Record<string, [calls: number, billed: number]>> =>
  Object.fromEntries(
    (await mock.billing()).operations.map(({ operation, calls, billed }) => [
      operation.split('/')[2],
      [calls, billed] as [number, number],
    ]),
  );

test('a check is billed when it finds a record, whether it agrees or not', async () => {
  await using mock = house();
  await check(mock);
  await check(mock, { UserName: '张三~fail:2' });
  await check(mock, { UserName: '张三~fail:3' });
  expect(await counted(mock)).toEqual({ Id2MetaVerify: [3, 2] });
});

test('of many phone numbers each with a record is billed', async () => {
  await using mock = house();
  const Mobiles = '13900000000,13900000102,13900000301';
  await call(mock, cloudauth2019('MobileDetect', { ParamType: 'normal', Mobiles }));
  expect(await counted(mock)).toEqual({ MobileDetect: [1, 2] });
});

test('a verification is billed once it has ended, however often its result is asked for', async () => {
  await using mock = house();
  const id = await certifyId(mock);
  expect(await counted(mock)).toEqual({ InitFaceVerify: [1, 0] });
  await described(mock, id);
  await described(mock, id);
  expect(await counted(mock)).toEqual({ InitFaceVerify: [1, 1], DescribeFaceVerify: [2, 0] });
});

test.each([
  ['fail', 1],
  ['quit', 0],
  ['expire', 0],
] as const)('one that ends by %s is billed %i time(s)', async (end, billed) => {
  await using mock = house({ device: 'manual' });
  await mock.verifications[end](await certifyId(mock));
  expect(await counted(mock)).toEqual({ InitFaceVerify: [1, billed] });
});

test('what a page or a tester ends counts for the operation that has begun it', async () => {
  await using mock = house({ device: 'manual' });
  await openTask(mock, 'RPBasic', 'order-1');
  const { Data } = await saf(mock, { method: 'initH5', ...SAF_PERSON });
  await mock.verifications.pass('order-1');
  await mock.verifications.fail(Data.zimId!);
  expect(await counted(mock)).toEqual({ GetVerifyToken: [1, 1], 'face_verify.initH5': [1, 1] });
});

test('a server that submits everything itself is billed for the call, not for the token', async () => {
  await using mock = house({ scenes: 'any' });
  const params = { BizType: 'RPBioOnly', BizId: 'b', Name: '张三', IdCardNumber: '330103199001011233' };
  await call(mock, cloudauth2019('VerifyMaterial', { ...params, FaceImageUrl: 'https://img.local/a.jpg' }));
  expect(await counted(mock)).toEqual({ VerifyMaterial: [1, 1] });
});

test('failures are calls, and cost nothing', async () => {
  await using mock = house();
  mock.failNext('Id2MetaVerify', 'Throttling.User');
  await check(mock);
  await check(mock, { IdentifyNum: 'x' });
  const { calls, billed } = await mock.billing();
  expect([calls, billed]).toEqual([2, 0]);
});

test('each rule is said in words, with how sure it is', async () => {
  await using mock = house();
  await check(mock);
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  await call(mock, cloudauth2019('DescribeFaceUsage', { StartDate: '20260101', EndDate: '20260102' }));
  const { operations } = (await admin(mock, '/billing')).json;
  expect(operations.map(({ rule, confidence }: Record<string, string>) => [rule, confidence])).toEqual([
    ['not billed: it verifies nobody', 'inferred'],
    ['BizCode 1 and 2 are billed, 3 is not', 'documented'],
    ['not counted: no page says it, and a sample is answered here', 'inferred'],
  ]);
  expect((await admin(mock, '/billing?lang=zh')).json.operations[1].rule).toBe('BizCode 为 1、2 计费，为 3 不计费');
});

test('a reset begins it anew, and undoing the reset brings it back', async () => {
  await using mock = house();
  await check(mock);
  const { undo } = (await admin(mock, 'POST /reset')).json;
  expect(await mock.billing()).toEqual({ calls: 0, billed: 0, operations: [] });
  await admin(mock, 'POST /reset/undo', { body: { undo } });
  expect((await mock.billing()).billed).toBe(1);
});

test('accounts are billed apart', async () => {
  await using mock = house();
  await call(mock, cloudauth2019('Id2MetaVerify', PERSON), { accessKeyId: 'LTAImockOther' });
  expect([(await mock.billing()).billed, (await mock.billing({ account: 'LTAImockOther' })).billed]).toEqual([0, 1]);
});

test('each kind of verification has an operation that is billed', () => {
  const ended = { scope: 's', data: '{}', status: 'passed' } as const;
  expect(kinds.map(({ name }) => billedAs({ ...ended, kind: name }))).not.toContain(undefined);
});
