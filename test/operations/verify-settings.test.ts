/** UpdateVerifySetting and DescribeVerifySetting, over what CreateVerifySetting makes. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2019 } from '../support/call.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const LOGIN = { BizType: 'Login', BizName: '登录', Solution: 'RPBasic', GuideStep: 'false' };
const ask = (mock: Mock, action: string, params = {}, options?: CallOptions) =>
  call(mock, cloudauth2019(`${action}VerifySetting`, params), options);

test('what is not sent stays as it is', async () => {
  await using mock = createCloudauthMock();
  await ask(mock, 'Create', LOGIN);
  const { json } = await ask(mock, 'Update', { BizType: 'Login', Solution: 'RPBioOnly', ResultStep: 'false' });
  expect(json).toMatchObject({ BizName: '登录', Solution: 'RPBioOnly', StepList: ['PRIVACY', 'FACE_LIVENESS'] });
});

test('the next token follows the changed scheme', async () => {
  await using mock = createCloudauthMock();
  await ask(mock, 'Create', LOGIN);
  await ask(mock, 'Update', { BizType: 'Login', Solution: 'RPMin' });
  const { json } = await call(mock, cloudauth2019('DescribeVerifyToken', { BizType: 'Login', BizId: '1' }));
  expect([json.VerifyToken.length, json.VerifyPageUrl]).toEqual([32, undefined]);
});

test('a scene that is there without a call can be changed, and is listed from then on', async () => {
  await using mock = createCloudauthMock();
  const before = (await ask(mock, 'Describe')).json.VerifySettingList;
  await ask(mock, 'Update', { BizType: 'RPBasic', GuideStep: 'false' });
  const after = (await ask(mock, 'Describe')).json.VerifySettingList;
  expect([before, after]).toEqual([
    [],
    [
      {
        ...{ BizType: 'RPBasic', BizName: 'RPBasic', Solution: 'RPBasic' },
        StepList: ['PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT'],
      },
    ],
  ]);
});

test.each([
  [{ BizType: 'Nope' }, 'InvalidParam.InvalidBiz'],
  [{}, 'MissingBizType'],
  [{ BizType: 'Login', BizName: 'under_score' }, 'InvalidBizName'],
  [{ BizType: 'Login', Solution: 'RPNope' }, 'InvalidSolution'],
])('%j is %s', async (params, code) => {
  await using mock = createCloudauthMock();
  await ask(mock, 'Create', LOGIN);
  const { status, json } = await ask(mock, 'Update', params);
  expect([status, json.Code]).toEqual([400, code]);
});

test('the list is the account’s own, by BizType', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAIother:secret@other'] });
  for (const BizType of ['b', 'a']) await ask(mock, 'Create', { ...LOGIN, BizType });
  const own = (await ask(mock, 'Describe')).json.VerifySettingList.map(({ BizType }: typeof LOGIN) => BizType);
  const other = (await ask(mock, 'Describe', {}, { accessKeyId: 'LTAIother', secret: 'secret' })).json;
  expect([own, other.VerifySettingList]).toEqual([['a', 'b'], []]);
});
