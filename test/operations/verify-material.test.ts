import { describe, expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import { materialEndings } from '../../src/products/cloudauth/classic.js';
import { material, PHOTO, result } from '../support/classic.js';
import { saying } from '../support/hints.js';
import { withRules } from '../support/scenario.js';

const FAILURES = materialEndings.reasons.map(({ reason }) => Number(reason));
const CARD = { IdCardFrontImageUrl: PHOTO, IdCardBackImageUrl: PHOTO };

test('anybody passes, at once, and DescribeVerifyResult says the same', async () => {
  await using mock = createCloudauthMock();
  const { json } = await material(mock, CARD);
  const later = (await result(mock, { BizType: 'RPMin' })).json;
  expect(json).toMatchObject({
    ...{ VerifyStatus: 1, AuthorityComparisionScore: 97.5, IdCardFaceComparisonScore: 96.1 },
    ...{ VerifyToken: expect.stringMatching(/^[0-9a-f]{32}$/) },
    Material: { IdCardName: '李三', FaceMask: 'false', FaceImageUrl: PHOTO, IdCardInfo: { FrontImageUrl: PHOTO } },
  });
  expect(later).toMatchObject({ VerifyStatus: 1, Material: { FaceMask: false } });
});

test('what is printed of the other call alone is not in it', async () => {
  await using mock = createCloudauthMock();
  const { json } = await material(mock);
  expect([json.FaceComparisonScore, json.IdCardFaceComparisonScore, json.Material.IdCardInfo]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('it fails in every way but 10, which is of a retained photo', () => {
  expect(FAILURES).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 11, 12]);
});

describe.each(FAILURES)('VerifyStatus %i', (status) => {
  test('by a test person’s number', async () => {
    await using mock = createCloudauthMock();
    const { number } = identities.find(({ meaning }) => meaning.includes(`VerifyStatus ${status}:`))!;
    expect((await material(mock, { IdCardNumber: number })).json.VerifyStatus).toBe(status);
  });

  test('by the suffix of the BizId', async () => {
    await using mock = createCloudauthMock();
    expect((await material(mock, { BizId: `order~status:${status}` })).json.VerifyStatus).toBe(status);
  });

  test('by a rule', async () => {
    await using mock = await withRules([{ on: 'VerifyMaterial', then: { outcome: `fail:${status}` } }]);
    expect((await material(mock)).json.VerifyStatus).toBe(status);
  });
});

test.each(['测试退出', '李三~status:-1'])('nobody can leave: %s passes', async (Name) => {
  await using mock = createCloudauthMock();
  expect((await material(mock, { Name })).json.VerifyStatus).toBe(1);
});

test('a BizId that failed may be submitted again', async () => {
  await using mock = createCloudauthMock();
  const statuses = [];
  for (const Name of ['测试不通过', '李三', '测试不通过'])
    statuses.push((await material(mock, { Name })).json.VerifyStatus);
  expect(statuses).toEqual([7, 1, 1]);
});

test('one that passed is answered as it ended, with a hint: the person sent now is not judged', async () => {
  await using mock = createCloudauthMock();
  await material(mock);
  const { json, hint } = await material(mock, { Name: '王五' });
  expect([json.Material.IdCardName, hint]).toEqual(['李三', await saying('biz-id-passed')]);
});

test.each([
  ['FaceImageUrl', '/local/path.jpg'],
  ['FaceImageUrl', 'oss://cloudauth-zhangjiakou-external:prod/nothing'],
  ['IdCardFrontImageUrl', 'ftp://example.com/a.jpg'],
])('%s of %s is InvalidParam.MaterialsNotValid', async (name, value) => {
  await using mock = createCloudauthMock();
  const { status, json, hint } = await material(mock, { [name]: value });
  expect([status, json.Code, json.Message]).toEqual([
    400,
    'InvalidParam.MaterialsNotValid',
    'The param materials is not valid.',
  ]);
  expect(hint).toContain(`${name} is no picture that can be used`);
});

test('base64 is taken in a form', async () => {
  await using mock = createCloudauthMock();
  const { json } = await material(mock, { FaceImageUrl: 'base64:///9j/4AAQSkZJRg==' });
  const picture = await mock.fetch(new Request(json.Material.FaceImageUrl));
  expect([picture.status, Buffer.from(await picture.arrayBuffer()).toString('base64')]).toEqual([
    200,
    '/9j/4AAQSkZJRg==',
  ]);
});

test('BizType has to be a scene', async () => {
  await using mock = createCloudauthMock();
  const { status, json } = await material(mock, { BizType: 'Nope' });
  expect([status, json.Code]).toEqual([400, 'InvalidParam.InvalidBiz']);
});

test('Error.InternalError is 401 as the metadata prints it for this call', async () => {
  await using mock = createCloudauthMock();
  const { status } = await material(mock, { BizId: 'order~fail:Error.InternalError' });
  expect(status).toBe(401);
});
