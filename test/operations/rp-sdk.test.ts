import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const create = (mock: Mock, params = {}) =>
  call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://apps.example.com/a.apk', ...params }));
const sdkUrl = async (mock: Mock, TaskId: string) =>
  (await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }))).json.SdkUrl;

test.each([
  ['polls:1', [false, true, true]],
  ['immediate', [true, true, true]],
  ['polls:2', [false, false, true]],
  ['fail', [false, false, false]],
])('a build with progression %s', async (sdkBuild, expected) => {
  await using mock = createCloudauthMock({ sdkBuild });
  const { TaskId } = (await create(mock)).json;
  const urls = [await sdkUrl(mock, TaskId), await sdkUrl(mock, TaskId), await sdkUrl(mock, TaskId)];
  expect(urls.map((url) => url !== '')).toEqual(expected);
});

test('after:30s is ready when 30 s of business time are over', async () => {
  await using mock = createCloudauthMock({ sdkBuild: 'after:30s' });
  const { TaskId } = (await create(mock)).json;
  const early = await sdkUrl(mock, TaskId);
  await mock.clock.advance('30s');
  expect([early, await sdkUrl(mock, TaskId)]).toEqual(['', expect.stringContaining(TaskId)]);
});

test('an unknown TaskId answers SdkUrl present and empty', async () => {
  await using mock = createCloudauthMock();
  expect(await sdkUrl(mock, 'nope')).toBe('');
});

test.each([
  ['AppUrl', 'ftp://example.com/a.apk'],
  ['AppUrl', 'a.apk'],
  ['Platform', 'WINDOWS'],
])('%s %s is refused', async (name, value) => {
  await using mock = createCloudauthMock();
  const { status, json } = await create(mock, { [name]: value });
  expect([status, json.Code]).toEqual([400, `Invalid${name}`]);
});

test.each(['ANDROID', 'IOS'])('Platform %s is taken', async (Platform) => {
  await using mock = createCloudauthMock();
  expect((await create(mock, { Platform })).status).toBe(200);
});
