import { describe, expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import { verifyStatuses } from '../../src/products/cloudauth/classic.js';
import { PERSON, PHOTO, pageOf, result, start, statusOf } from '../support/classic.js';
import { open } from '../support/h5.js';
import { saying } from '../support/hints.js';
import { withRules } from '../support/scenario.js';

const FAILURES = Object.keys(verifyStatuses).map(Number);

test('VerifyStatus is −1, 1 or one of eleven failures', () => {
  expect(FAILURES).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

describe.each([1, ...FAILURES])('VerifyStatus %i', (status) => {
  const outcome = status === 1 ? 'pass' : `fail:${status}`;

  test('by the suffix of the BizId', async () => {
    await using mock = createCloudauthMock();
    expect(await statusOf(mock, { BizId: `order~status:${status}` })).toBe(status);
  });

  test('by the suffix of the name', async () => {
    await using mock = createCloudauthMock();
    expect(await statusOf(mock, { Name: `李三~status:${status}` })).toBe(status);
  });

  test('by a rule', async () => {
    await using mock = await withRules([{ on: 'DescribeVerifyResult', then: { outcome } }]);
    expect(await statusOf(mock)).toBe(status);
  });

  test('by auto= of the page', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await open(mock, await pageOf(mock, { auto: status === 1 ? 'pass' : String(status) }));
    expect((await result(mock)).json.VerifyStatus).toBe(status);
  });

  test('by the control side', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await start(mock);
    if (status === 1) await mock.verifications.pass('order-1');
    else await mock.verifications.fail('order-1', String(status));
    expect((await result(mock)).json.VerifyStatus).toBe(status);
  });
});

test.each(FAILURES)('VerifyStatus %i by a test person’s number', async (status) => {
  await using mock = createCloudauthMock();
  const person = identities.find(({ meaning }) => meaning.includes(`VerifyStatus ${status}:`))!;
  expect(await statusOf(mock, { IdCardNumber: person.number })).toBe(status);
});

test.each([
  ['SubCode 201', 2],
  ['SubCode 203', 11],
  ['SubCode 207', 6],
  ['SubCode 209', 12],
  ['SubCode 206', 7],
  ['query answers Z1146', 7],
])('who fails elsewhere by %s fails here with %i', async (what, status) => {
  await using mock = createCloudauthMock();
  const person = identities.find(({ meaning }) => meaning.includes(what))!;
  expect(await statusOf(mock, { IdCardNumber: person.number })).toBe(status);
});

test.each([
  ['blurred.jpg', 3],
  ['other-person.jpg', 6],
  ['not-an-id-card.jpg', 8],
])('a card called %s fails with %i', async (name, status) => {
  await using mock = createCloudauthMock();
  expect(await statusOf(mock, { IdCardFrontImageUrl: `https://example.com/${name}` })).toBe(status);
});

test.each([
  ['测试退出', 'left'],
  ['李三~status:-1', 'left'],
  ['李三~fail:-1', 'left'],
])('the name %s never finishes: −1', async (Name) => {
  await using mock = createCloudauthMock();
  expect(await statusOf(mock, { Name })).toBe(-1);
});

test.each([
  ['quit', -1],
  ['expire', -1],
] as const)('after %s it is still −1, and goes on with a fresh token', async (end, status) => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await start(mock);
  await mock.verifications[end]('order-1');
  const before = (await result(mock)).json.VerifyStatus;
  await start(mock);
  await mock.verifications.pass('order-1');
  expect([before, (await result(mock)).json.VerifyStatus]).toEqual([status, 1]);
});

test('a task nobody has started is −1, and the hint says so', async () => {
  await using mock = createCloudauthMock();
  const { json, hint } = await result(mock);
  expect([json, hint]).toEqual([{ VerifyStatus: -1, RequestId: json.RequestId }, await saying('no-verify-token')]);
});

test('polls:2 finishes it at the third question, and it can be asked for again', async () => {
  await using mock = createCloudauthMock({ device: 'polls:2' });
  await start(mock);
  const asked = [];
  for (let n = 0; n < 4; n++) asked.push((await result(mock)).json.VerifyStatus);
  expect(asked).toEqual([-1, -1, 1, 1]);
});

test('1,800 s later nobody finishes it any more', async () => {
  await using mock = createCloudauthMock();
  await start(mock, { BizId: 'in-time' });
  await start(mock, { BizId: 'late' });
  await mock.clock.advance('1799s');
  const good = (await result(mock, { BizId: 'in-time' })).json.VerifyStatus;
  await mock.clock.advance('1s');
  expect([good, (await result(mock, { BizId: 'late' })).json.VerifyStatus]).toEqual([1, -1]);
});

test('who failed may try again by a fresh token; who passed has passed', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await start(mock);
  await mock.verifications.fail('order-1', '5');
  await start(mock);
  await mock.verifications.pass('order-1');
  await start(mock);
  await expect(mock.verifications.fail('order-1')).rejects.toThrow('has passed already');
  expect((await result(mock)).json.VerifyStatus).toBe(1);
});

test('a failure nobody documents is refused, and those there are are named', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await start(mock);
  await expect(mock.verifications.fail('order-1', '13')).rejects.toThrow(
    "DescribeVerifyResult documents no error '13'",
  );
});

test('180 days after it ended it is 410 DataExpired', async () => {
  await using mock = createCloudauthMock();
  await statusOf(mock);
  await mock.clock.advance('4319h');
  const kept = (await result(mock)).status;
  await mock.clock.advance('1h');
  const { status, json } = await result(mock);
  expect([kept, status, json.Code, json.Message]).toEqual([
    200,
    410,
    'DataExpired',
    'The data has expired and the records have been deleted.',
  ]);
});

test('DataExpired by the suffix of the BizId, without a clock', async () => {
  await using mock = createCloudauthMock();
  await start(mock, { BizId: 'old~fail:DataExpired' });
  expect((await result(mock, { BizId: 'old~fail:DataExpired' })).status).toBe(410);
});

describe('what comes back', () => {
  const CARD = { IdCardFrontImageUrl: PHOTO, IdCardBackImageUrl: PHOTO };
  /** Members of the answer and of Material. */
  const members = async (BizType: string, params: Record<string, string> = {}) => {
    const mock = createCloudauthMock();
    await start(mock, { BizType, ...PERSON, ...params });
    const { RequestId: _id, VerifyStatus: _status, Material, ...scores } = (await result(mock, { BizType })).json;
    return [Object.keys(scores), Object.keys(Material)];
  };
  const AUTHORITY = 'AuthorityComparisionScore';
  const FACE = ['FaceImageUrl', 'FaceMask', 'FaceQuality'];
  const NAMED = ['IdCardNumber', 'FaceImageUrl', 'FaceMask', 'IdCardName', 'FaceQuality'];

  test.each([
    ['RPBasic', {}, [AUTHORITY, 'IdCardFaceComparisonScore'], [...NAMED, 'IdCardInfo']],
    ['RPBioID', {}, [AUTHORITY, 'IdCardFaceComparisonScore'], [...NAMED, 'IdCardInfo']],
    ['RPManual', {}, [AUTHORITY], NAMED],
    ['RPBioOnly', {}, [AUTHORITY], NAMED],
    ['RPBioOnly', CARD, [AUTHORITY, 'IdCardFaceComparisonScore'], [...NAMED, 'IdCardInfo']],
    ['RPBioOnly', { IdCardFrontImageUrl: PHOTO }, [AUTHORITY], NAMED],
    ['RPH5BioOnly', {}, [AUTHORITY], NAMED],
    ['FVBioOnly', { FaceRetainedImageUrl: PHOTO }, ['FaceComparisonScore'], FACE],
    ['FDBioOnly', {}, [], FACE],
  ])('%s with %j', async (BizType, params, scores, materials) => {
    expect(await members(BizType, params)).toEqual([scores, materials]);
  });

  test('the card says what is known of the person', async () => {
    await using mock = createCloudauthMock();
    await start(mock, PERSON);
    expect((await result(mock)).json.Material).toMatchObject({
      ...{ IdCardName: '李三', IdCardNumber: PERSON.IdCardNumber, FaceMask: false, FaceQuality: 'NORMAL' },
      IdCardInfo: { Name: '李三', Number: PERSON.IdCardNumber, Birth: '19900307', EndDate: '20350101' },
    });
  });

  test.each([
    [6, 'IdCardFaceComparisonScore'],
    [7, AUTHORITY],
    [10, 'FaceComparisonScore'],
  ])('with VerifyStatus %i %s alone is low', async (status, low) => {
    await using mock = createCloudauthMock();
    const BizId = `order~status:${status}`;
    await start(mock, { BizId, FaceRetainedImageUrl: PHOTO });
    const { json } = await result(mock, { BizId });
    const scores = [AUTHORITY, 'FaceComparisonScore', 'IdCardFaceComparisonScore'];
    expect(scores.filter((name) => json[name] < 60)).toEqual([low]);
  });

  test.each([2, 11, 12])('with VerifyStatus %i nothing was compared with the authority', async (status) => {
    await using mock = createCloudauthMock();
    const BizId = `order~status:${status}`;
    await start(mock, { BizId });
    expect((await result(mock, { BizId })).json).not.toHaveProperty(AUTHORITY);
  });

  test('with VerifyStatus 5 the card has expired', async () => {
    await using mock = createCloudauthMock();
    await start(mock, { BizId: 'order~status:5' });
    const { Material } = (await result(mock, { BizId: 'order~status:5' })).json;
    expect(Number(Material.IdCardInfo.EndDate)).toBeLessThan(20260101);
  });

  test('pictures can be looked at for five minutes, and another answer has fresh addresses', async () => {
    await using mock = createCloudauthMock();
    await start(mock);
    const addresses = async (): Promise<string[]> => {
      const { FaceImageUrl, IdCardInfo } = (await result(mock)).json.Material;
      return [FaceImageUrl, IdCardInfo.FrontImageUrl, IdCardInfo.BackImageUrl];
    };
    const look = (urls: string[]) => Promise.all(urls.map(async (url) => (await mock.fetch(new Request(url))).status));
    const first = await addresses();
    const seen = [await look(first)];
    await mock.clock.advance('301s');
    seen.push(await look(first), await look(await addresses()));
    expect(seen).toEqual([
      [200, 200, 200],
      [403, 403, 403],
      [200, 200, 200],
    ]);
  });
});
