import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { PERSON, result, start } from '../support/classic.js';
import { saying } from '../support/hints.js';

test.each(['RPBasic', 'RPManual', 'RPBioID', 'RPBioOnlyPro', 'RPBioOnly', 'RPH5BioOnly', 'FVBioOnly', 'FDBioOnly'])(
  '%s has a page for the person, at the token',
  async (BizType) => {
    await using mock = createCloudauthMock();
    const { json } = await start(mock, { BizType });
    expect(json.VerifyPageUrl).toContain(`token=${json.VerifyToken}`);
  },
);

test('RPMin has none', async () => {
  await using mock = createCloudauthMock();
  expect((await start(mock, { BizType: 'RPMin' })).json).not.toHaveProperty('VerifyPageUrl');
});

test.each(['Nope', 'rpbasic', 'toString'])('BizType %s is InvalidParam.InvalidBiz', async (BizType) => {
  await using mock = createCloudauthMock();
  const { status, json, hint } = await start(mock, { BizType });
  expect([status, json.Code, json.Message, hint]).toEqual([
    400,
    'InvalidParam.InvalidBiz',
    'The biz is not valid.',
    await saying(['no-biz', { biz: BizType }]),
  ]);
});

test.each(['IdCardFrontImageUrl', 'IdCardBackImageUrl', 'FaceRetainedImageUrl'])(
  '%s that is no address is InvalidParam.ImageValuePatternError, and the hint says what one looks like',
  async (name) => {
    await using mock = createCloudauthMock();
    const { status, json, hint } = await start(mock, { [name]: '/local/path.jpg' });
    expect([status, json.Code, json.Message, hint]).toEqual([
      400,
      'InvalidParam.ImageValuePatternError',
      'The pattern of value of given image is not acceptable.',
      await saying(['picture-form', { name }]),
    ]);
  },
);

test.each(['http://example.com/a.jpg', 'https://example.com/a.jpg', 'oss://cloudauth-zhangjiakou-external:prod/x'])(
  'an address like %s is taken',
  async (IdCardFrontImageUrl) => {
    await using mock = createCloudauthMock();
    expect((await start(mock, { IdCardFrontImageUrl })).status).toBe(200);
  },
);

test('a picture that is not there is taken, a hint says that it cannot pass, and it fails with 8', async () => {
  await using mock = createCloudauthMock();
  const { hint } = await start(mock, { IdCardFrontImageUrl: 'oss://cloudauth-zhangjiakou-external:prod/x' });
  const { json } = await result(mock);
  expect(hint).toBe(await saying(['binding-cannot-pass', { name: 'IdCardFrontImageUrl', why: 'not-uploaded' }]));
  expect([json.VerifyStatus, json.Material]).toEqual([8, undefined]);
});

test.each([
  ['RPBioOnly', {}, ['Name', 'IdCardNumber']],
  ['RPBioOnly', { Name: '李三' }, ['IdCardNumber']],
  ['FVBioOnly', {}, ['FaceRetainedImageUrl']],
])('%s with %j: the hint names what its scheme needs', async (BizType, given, names) => {
  await using mock = createCloudauthMock();
  expect((await start(mock, { BizType, ...given })).hint).toBe(
    await saying(['scheme-needs', { solution: BizType, names }]),
  );
});

test('with all a scheme needs there is no hint', async () => {
  await using mock = createCloudauthMock();
  expect((await start(mock, { BizType: 'RPBioOnly', ...PERSON })).hint).toBeNull();
});

test('a CallbackUrl is kept, and the hint says that it is not called', async () => {
  await using mock = createCloudauthMock();
  const { hint } = await start(mock, { CallbackUrl: 'http://127.0.0.1:9/cb', CallbackSeed: 'seed' });
  expect(hint).toBe(await saying(['no-callback', { why: 'form-unknown' }]));
});

test('BizId has 64 characters at most', async () => {
  await using mock = createCloudauthMock();
  const statuses = [];
  for (const length of [64, 65]) statuses.push((await start(mock, { BizId: 'x'.repeat(length) })).status);
  expect(statuses).toEqual([200, 400]);
});

test('the suffix of a BizId orders an error of the call, and of no other', async () => {
  await using mock = createCloudauthMock();
  const BizId = 'order~fail:InvalidParam.InvalidBiz';
  const { json } = await start(mock, { BizId });
  expect([json.Code, (await result(mock, { BizId })).json.VerifyStatus]).toEqual(['InvalidParam.InvalidBiz', -1]);
});

test('failNext answers a documented error once', async () => {
  await using mock = createCloudauthMock();
  mock.failNext('DescribeVerifyToken', 'NoPermission');
  const first = await start(mock);
  expect([first.status, first.json.Message, (await start(mock)).status]).toEqual([
    403,
    'RAM caller has no permission',
    200,
  ]);
});

test('OssUploadToken lasts as long as the token, in milliseconds of the business clock', async () => {
  await using mock = createCloudauthMock();
  await mock.clock.advance('2h');
  const { json } = await start(mock);
  expect(Math.round((json.OssUploadToken.Expired - (await mock.clock.now())) / 60_000)).toBe(30);
});

test('the setting of a BizType decides the scheme', async () => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('CreateVerifySetting', { BizType: 'Login', BizName: '登录', Solution: 'RPMin' }));
  expect((await start(mock, { BizType: 'Login' })).json.VerifyPageUrl).toBeUndefined();
});

test('the tasks of two accounts with one BizId are two', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAIother:secret@other'] });
  await start(mock);
  const { json, hint } = await result(mock, {}, { accessKeyId: 'LTAIother', secret: 'secret' });
  expect([json.VerifyStatus, hint]).toEqual([-1, await saying('no-verify-token')]);
});
