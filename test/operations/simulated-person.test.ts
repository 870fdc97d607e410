import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { saying } from '../support/hints.js';
import { getMaterials, getStatus, openTask, submit } from '../support/tasks.js';

const statusOf = async (mock: ReturnType<typeof createCloudauthMock>, biz = 'RPBasic') =>
  (await getStatus(mock, biz)).json.Data.StatusCode;

test('auto: the person has finished when the result is first asked for, and the answer says who did it', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  const first = await getStatus(mock, 'RPBasic');
  const second = await getStatus(mock, 'RPBasic');
  expect([first.json.Data.StatusCode, second.json.Data.StatusCode]).toEqual([1, 1]);
  expect(first.headers.get('x-cloudauth-mock-hint')).toBe(await saying('simulated-device'));
  expect(second.headers.get('x-cloudauth-mock-hint')).toBeNull();
});

test('polls:2 shows two unfinished answers first', async () => {
  await using mock = createCloudauthMock({ device: 'polls:2' });
  await openTask(mock, 'RPBasic');
  expect([await statusOf(mock), await statusOf(mock), await statusOf(mock)]).toEqual([-1, -1, 1]);
});

test('after:30s finishes when 30 s of business time are over', async () => {
  await using mock = createCloudauthMock({ device: 'after:30s' });
  await openTask(mock, 'RPBasic');
  const early = await statusOf(mock);
  await mock.clock.advance('30s');
  expect([early, await statusOf(mock)]).toEqual([-1, 1]);
});

test('manual: nobody finishes until told to', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const token = await openTask(mock, 'RPBasic');
  const before = await statusOf(mock);
  await mock.verifications.pass(token);
  expect([before, await statusOf(mock)]).toEqual([-1, 1]);
});

test('an unknown TicketId is −1, also a second time', async () => {
  await using mock = createCloudauthMock();
  expect([await statusOf(mock), await statusOf(mock)]).toEqual([-1, -1]);
});

test('31 minutes later it is too late', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  await mock.clock.advance('31m');
  expect(await statusOf(mock)).toBe(-1);
});

test('a fresh token brings the person back', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  await mock.clock.advance('31m');
  await openTask(mock, 'RPBasic');
  expect(await statusOf(mock)).toBe(1);
});

test('a server-only scene never finishes by itself', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPMin');
  expect(await statusOf(mock, 'RPMin')).toBe(-1);
});

test('a failed task stays failed: the person steps in only before anybody did anything', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  await mock.verifications.fail('ticket');
  expect(await statusOf(mock)).toBe(2);
});

test('asked for twice at once, the person finishes once', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  const replies = await Promise.all(Array.from({ length: 20 }, () => getStatus(mock, 'RPBasic')));
  const said = await saying('simulated-device');
  const simulated = replies.filter(({ headers }) => headers.get('x-cloudauth-mock-hint') === said);
  expect(simulated).toHaveLength(1);
  expect(new Set(replies.map(({ json }) => json.Data.StatusCode))).toEqual(new Set([1]));
});

test('GetMaterials finishes the task too, and shows what Binding gave', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {
    Binding: '{"Name":"李三","IdentificationNumber":"990000199003070021","IdCardFrontPic":"https://example.com/a.jpg"}',
  });
  const { json } = await getMaterials(mock, 'RPBasic');
  expect(json.Data).toMatchObject({
    Name: '李三',
    IdentificationNumber: '990000199003070021',
    Sex: 'f',
    IdCardFrontPic: 'https://example.com/a.jpg',
  });
});

test('GetMaterials of an unfinished task is InvalidParam.RecordNotFound', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic');
  const { status, json } = await getMaterials(mock, 'RPBasic');
  expect([status, json.Code]).toEqual([404, 'InvalidParam.RecordNotFound']);
});

test('what the server submitted is what GetMaterials shows', async () => {
  await using mock = createCloudauthMock();
  await submit(mock, await openTask(mock));
  const { json } = await getMaterials(mock);
  expect(json.Data.Name).toBe('测试甲');
  expect(json.Data.FacePic).toMatch(
    /^http:\/\/verify-external-image\.oss-cn-shanghai\.aliyuncs\.com\/.+\?OSSAccessKeyId=\w+&Expires=\d+&Signature=[\w%]+$/,
  );
});

test('picture addresses expire an hour of business time after the call', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  const { json } = await getMaterials(mock, 'RPBasic');
  const seconds = Number(new URL(json.Data.FacePic).searchParams.get('Expires')) - (await mock.clock.now()) / 1000;
  expect(Math.round(seconds / 60)).toBe(60);
});
