/** Scenes that applications made in the vendor's console, before any call: here they are declared. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';

const open = async (mock: CloudauthMock, Biz: string, accessKeyId?: string) => {
  const params = cloudauth2017('GetVerifyToken', { Biz, TicketId: 'order' });
  const { status, json } = await call(mock, params, { accessKeyId });
  return json.Code === '1' ? { page: json.Data.CloudauthPageUrl !== undefined } : `${status} ${json.Code}`;
};
const INVALID = '400 InvalidParam.InvalidBiz';

let mock: CloudauthMock;
beforeAll(() => {
  mock = createCloudauthMock({ scene: ['Sign-Up', 'Submit_only:RPMin'] });
});
afterAll(() => mock.close());

test.each([
  ['without a solution is RPBasic', 'Sign-Up', { page: true }],
  ['has the solution it names', 'Submit_only', { page: false }],
  ['is known by its own name only', 'sign-up', INVALID],
])('a declared scene %s', async (_what, biz, answer) => {
  expect(await open(mock, biz)).toEqual(answer);
});

test('a declared scene is there for every account, and after a reset', async () => {
  await mock.reset();
  expect([await open(mock, 'Sign-Up'), await open(mock, 'Sign-Up', 'LTAImockWorker7')]).toEqual([
    { page: true },
    { page: true },
  ]);
});

test('what an account makes itself counts before what was declared, until a reset', async () => {
  const setting = { BizName: 'a', BizType: 'Sign-Up', Solution: 'RPMin' };
  await call(mock, cloudauth2019('CreateVerifySetting', setting));
  const made = await open(mock, 'Sign-Up');
  await mock.reset();
  expect([made, await open(mock, 'Sign-Up')]).toEqual([{ page: false }, { page: true }]);
});

test('with scenes any, every name is one', async () => {
  await using any = createCloudauthMock({ scenes: 'any', scene: ['Server:RPMin'] });
  expect([await open(any, '我的场景'), await open(any, 'Server'), await open(any, 'RPH5BioOnly')]).toEqual([
    { page: true },
    { page: false },
    { page: true },
  ]);
});

test.each<[string, MockOptions]>([
  ['an object', { scene: [{ biz: 'Sign-Up', solution: 'RPMin' }] }],
  ['a list of texts', { scene: ['Sign-Up:RPMin', 'B'] }],
])('a scene can be given as %s', async (_what, options) => {
  await using given = createCloudauthMock(options);
  expect(await open(given, 'Sign-Up')).toEqual({ page: false });
});

test.each([
  ['Sign-Up:RPBasik', "--scene: 'RPBasik' is no solution; did you mean RPBasic?"],
  ['Sign-Up:Nonsense', "--scene: 'Nonsense' is no solution; there are: RPBasic, RPManual"],
  ['注册', "--scene: '注册' is no scene; write NAME[:Solution]"],
  ['a:RPMin:b', "--scene: 'a:RPMin:b' is no scene"],
])('%s is refused', (scene, why) => {
  expect(() => createCloudauthMock({ scene })).toThrow(why);
});
