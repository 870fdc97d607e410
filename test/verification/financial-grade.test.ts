/** What becomes of an identity that failed a financial-grade verification: 417 for good, 418 for the day. */
import { expect, test } from 'vitest';
import { createCloudauthMock, identities, type MockOptions } from '../../src/index.js';
import { certifyId, describe, init, PV, remove } from '../support/face.js';
import { withRules } from '../support/scenario.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const next = async (mock: Mock, changes = {}) => (await init(mock, changes)).json.Code;

async function failed(mock: Mock, subCode: string, times = 1) {
  for (let n = 0; n < times; n++) await mock.verifications.fail(await certifyId(mock), subCode);
}
const numberOf = (subCode: string) =>
  identities.find(({ magic }) => 'outcome' in magic && magic.outcome.reason === subCode)!.number;

test.each([
  ['201', '417'],
  ['202', '417'],
  ['203', '417'],
  ['204', '200'],
  ['205', '200'],
])('who failed with SubCode %s is answered %s by the next InitFaceVerify', async (subCode, expected) => {
  await using mock = createCloudauthMock();
  await failed(mock, subCode);
  expect(await next(mock)).toBe(expected);
});

test('417 is that identity’s alone, and lasts', async () => {
  await using mock = createCloudauthMock();
  await failed(mock, '202');
  await mock.clock.advance('72h');
  expect([await next(mock), await next(mock, { CertNo: '330103199001011241' })]).toEqual(['417', '200']);
});

test('a test person does not poison its own number', async () => {
  await using mock = createCloudauthMock();
  const CertNo = numberOf('201');
  const { json } = await describe(mock, await certifyId(mock, { CertNo }));
  expect([json.ResultObject.SubCode, await next(mock, { CertNo })]).toEqual(['201', '200']);
});

test.each([
  [undefined, '200'],
  [true, '417'],
])('a rule with counts %s leaves %s', async (counts, expected) => {
  await using mock = await withRules([{ on: 'DescribeFaceVerify', then: { outcome: 'fail:201', counts } }]);
  await describe(mock, await certifyId(mock));
  expect(await next(mock)).toBe(expected);
});

test('after 20 failures in a day InitFaceVerify answers 418, until the next day begins in Beijing', async () => {
  await using mock = createCloudauthMock();
  await mock.clock.set('2026-03-06T15:00:00Z');
  await failed(mock, '204', 19);
  const nineteen = await next(mock);
  await failed(mock, '205');
  const { json } = await init(mock);
  await mock.clock.advance('1h');
  expect([nineteen, json.Code, json.Message, await next(mock)]).toEqual(['200', '418', '刷脸失败次数过多', '200']);
});

test.each<[MockOptions['dailyFailureLimit'], string]>([
  [0, '200'],
  [2, '418'],
  [3, '200'],
])('--daily-failure-limit %s: two failures leave %s', async (dailyFailureLimit, expected) => {
  await using mock = createCloudauthMock({ dailyFailureLimit });
  await failed(mock, '204', 2);
  expect(await next(mock)).toBe(expected);
});

test('what test people fail does not count', async () => {
  await using mock = createCloudauthMock({ dailyFailureLimit: 1 });
  await describe(mock, await certifyId(mock, { CertName: '测试不通过' }));
  expect(await next(mock)).toBe('200');
});

test('another CertifyId serves as the photo once it has passed; before, and for what there is none of, it is 423', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const CertifyId = await certifyId(mock);
  const before = await next(mock, { ...PV, CertifyId });
  await mock.verifications.pass(CertifyId);
  const codes = [before, await next(mock, { ...PV, CertifyId }), await next(mock, { ...PV, CertifyId: 'sha0' })];
  expect(codes).toEqual(['423', '200', '423']);
});

test('once its picture was deleted it is 423 again', async () => {
  await using mock = createCloudauthMock();
  const CertifyId = await certifyId(mock);
  await remove(mock, CertifyId);
  expect(await next(mock, { ...PV, CertifyId })).toBe('423');
});

test('a photo over 1,548,576 characters is 421', async () => {
  await using mock = createCloudauthMock();
  const codes = [];
  for (const length of [1_548_576, 1_548_577])
    codes.push(await next(mock, { ...PV, FaceContrastPicture: '/9j/'.padEnd(length, 'A') }));
  expect(codes).toEqual(['200', '421']);
});

test('a reset lifts 417, and a snapshot brings it back', async () => {
  await using mock = createCloudauthMock();
  await failed(mock, '202');
  await mock.snapshots.save('poisoned');
  await mock.reset();
  const after = await next(mock);
  await mock.snapshots.restore('poisoned');
  expect([after, await next(mock)]).toEqual(['200', '417']);
});

test('without a number nobody is told apart', async () => {
  await using mock = createCloudauthMock({ dailyFailureLimit: 1 });
  await mock.verifications.fail(await certifyId(mock, { ...PV, ProductCode: 'LR_FR' }), '205');
  expect(await next(mock, { ...PV, ProductCode: 'LR_FR' })).toBe('200');
});
