import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { solutions } from '../../src/verification/solutions.js';
import { call, cloudauth2019 } from '../support/call.js';

const create = (params: Record<string, string>) =>
  call(
    createCloudauthMock(),
    cloudauth2019('CreateVerifySetting', {
      BizName: '用户注册',
      BizType: 'UserRegister',
      Solution: 'RPBasic',
      ...params,
    }),
  );

test('the document’s own request is honoured, unlike its example: GUIDE and RESULT are off', async () => {
  const { json } = await create({ GuideStep: 'false', PrivacyStep: 'true', ResultStep: 'false' });
  expect(json.StepList).toEqual(['PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO']);
});

test('the three switches default to true', async () => {
  const { json } = await create({});
  expect(json.StepList).toEqual(['GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT']);
});

test.each(['True', 'TRUE', 'true'])('a switch may be written %s', async (GuideStep) => {
  const { json } = await create({ GuideStep });
  expect(json.StepList[0]).toBe('GUIDE');
});

test.each(Object.keys(solutions))('%s is a Solution', async (Solution) => {
  const { json } = await create({ Solution });
  expect(json.Solution).toBe(Solution);
});

test.each([
  ['BizName', '一二三四五六七八九十一二三四五六七八九十'],
  ['BizName', 'abc-ABC-123-中文'],
  ['BizName', '𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋𠀌𠀍𠀎𠀏𠀐𠀑𠀒𠀓'],
  ['BizType', 'A-1-b'],
  ['BizType', 'x'.repeat(20)],
])('%s %s is allowed', async (name, value) => {
  const { json } = await create({ [name]: value });
  expect(json[name]).toBe(value);
});

test.each([
  ['BizName', '二十一个字的名称太长了二十一个字的名称太长'],
  ['BizName', 'under_score'],
  ['BizName', 'a b'],
  ['BizType', 'x'.repeat(21)],
  ['BizType', '中文'],
  ['BizType', 'a_b'],
  ['Solution', 'RPNope'],
  ['Solution', 'rpbasic'],
  ['GuideStep', 'yes'],
])('%s %s is refused with 400 Invalid%0$s', async (name, value) => {
  const { status, json } = await create({ [name]: value });
  expect([status, json.Code, json.Message]).toEqual([
    400,
    `Invalid${name}`,
    `Specified parameter ${name} is not valid.`,
  ]);
});

test('a repeated BizType replaces the setting', async () => {
  await using mock = createCloudauthMock();
  const put = (Solution: string) =>
    call(mock, cloudauth2019('CreateVerifySetting', { BizName: '登录', BizType: 'Login', Solution }));
  const open = async (TicketId: string) =>
    (await call(mock, { Version: '2017-11-17', Action: 'GetVerifyToken', Biz: 'Login', TicketId })).json.Data
      .CloudauthPageUrl;
  await put('RPBasic');
  const before = await open('t1');
  await put('RPMin');
  expect([typeof before, await open('t2')]).toEqual(['string', undefined]);
});
