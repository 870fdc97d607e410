/** The scenarios that come with the package under a name, each by a signed request over a socket. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RuleView } from '../../src/control/verbs.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { bySocket, codes, init, query, saf, upload } from '../support/scenario.js';
import { popCore } from '../support/sdk.js';
import { getMaterials, getStatus, openTask, submit } from '../support/tasks.js';

const NAMES = readdirSync('scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));

let house: CloudauthMock;
let mock: CloudauthMock;
const seen = new Set<string>();

/** A scenario and what it does; nothing else is loaded. */
const scenario = (name: string, shows: () => Promise<void>) =>
  describe(name, () => {
    beforeEach(async () => {
      house = await createCloudauthMock({ port: 0, scenario: name }).listen();
      mock = bySocket(house);
    });
    afterEach(() => house.close());
    test('does what it says', async () => {
      seen.add(name);
      await shows();
    });
  });

const submitted = async () => (await submit(mock, await openTask(mock))).json;
const statusOf = async (biz = 'RPBasic') => (await getStatus(mock, biz)).json.Data;

scenario('expired-token', async () => {
  expect(await submitted()).toMatchObject({ Code: 'InvalidParam.VerifyTokenExpired' });
  expect(await statusOf('RPMin')).toEqual({ StatusCode: -1 });
});

scenario('duplicate-ticket', async () => {
  expect(await submitted()).toMatchObject({ Code: 'Error.DuplicatedTicketId' });
});

scenario('not-finished', async () => {
  const { Data } = await init(mock);
  await openTask(mock, 'RPBasic');
  expect([(await query(mock, Data)).Code, (await statusOf()).StatusCode]).toEqual([300, -1]);
  expect((await house.requests({ code: '300' }))[0]!.rules).toEqual(['not-finished#1']);
  expect((await getMaterials(mock, 'RPBasic')).json.Code).toBe('InvalidParam.RecordNotFound');
  await house.verifications.pass(Data.queryId!);
  await house.verifications.pass('ticket');
  expect([(await query(mock, Data)).Code, (await statusOf()).StatusCode]).toEqual([200, 1]);
});

scenario('not-same-person', async () => {
  const { Data } = await init(mock);
  const match = await saf(mock, { method: 'match', name: '张三', certNumber: '330103xxxxxxxxxxxx', imgbase64: '/9j/' });
  expect([(await query(mock, Data)).Message, match.Message]).toEqual([
    expect.stringContaining('NOT_SAME_PERSON'),
    '抱歉，没有认出您(Z1146)',
  ]);
  await openTask(mock, 'RPBasic');
  expect(await statusOf()).toMatchObject({ StatusCode: 2, AuditConclusions: '人脸与身份证照片不是同一人' });
  expect((await submitted()).Data.VerifyStatus.StatusCode).toBe(2);
});

scenario('too-many-attempts', async () => {
  expect(await init(mock)).toMatchObject({ Code: 540, Message: '刷脸失败次数过多，请您稍后再试' });
  expect(await init(mock, { method: 'initH5' })).toMatchObject({ Code: 540 });
});

scenario('attack', async () => {
  const messages = [(await init(mock)).Message, (await init(mock)).Message, (await init(mock)).Message];
  expect(messages.map((text) => /[BR]110/.exec(text)?.[0])).toEqual(['B110', 'R110', 'R110']);
});

scenario('unsupported-device', async () => {
  expect((await init(mock)).Message).toContain('（Z1108）');
});

const buildUrls = async (times: number) => {
  const { TaskId } = (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://example.com/a.apk' }))).json;
  const urls: string[] = [];
  for (let n = 0; n < times; n++) urls.push((await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }))).json.SdkUrl);
  return urls.map((url) => url !== '');
};

scenario('sdk-build-slow', async () => {
  expect(await buildUrls(6)).toEqual([false, false, false, false, false, true]);
});

scenario('sdk-build-failed', async () => {
  expect(await buildUrls(4)).toEqual([false, false, false, false]);
});

scenario('quota', async () => {
  expect(await init(mock)).toMatchObject({ Code: 402, Message: '日QPS超过已购规格，限流。' });
});

scenario('arrears', async () => {
  expect(await init(mock)).toMatchObject({ Code: 403, Message: '权限不足，服务未开通或已到期。' });
});

scenario('throttling', async () => {
  expect(await codes(mock, 4)).toEqual(['Throttling.User', 'Throttling.User', 'Throttling.User', 'ok']);
});

scenario('first-503-then-ok', async () => {
  const first = await upload(mock);
  expect([first.status, first.json.Code, (await upload(mock)).status]).toEqual([503, 'ServiceUnavailable', 200]);
});

scenario('first-region-down', async () => {
  const statuses: number[] = [];
  for (const region of ['cn-shanghai', 'cn-beijing']) {
    const url = `https://Cloudauth.${region}.aliyuncs.com:443/`;
    statuses.push((await call(house, cloudauth2019('DescribeOssUploadToken'), { url })).status);
  }
  expect(statuses).toEqual([503, 200]);
});

scenario('accepted-then-reset', async () => {
  const token = await openTask(mock);
  await expect(submit(mock, token)).rejects.toThrow('fetch failed');
  expect(await statusOf('RPMin')).toMatchObject({ StatusCode: 1 });
  expect((await submit(mock, token)).json.Code).toBe('Error.DuplicatedTicketId');
});

scenario('flaky', async () => {
  const outcomes: (number | string)[] = [];
  for (let n = 0; n < 100; n++)
    outcomes.push(
      await upload(mock).then(
        ({ status }) => status,
        () => 'lost',
      ),
    );
  const count = (outcome: number | string) => outcomes.filter((one) => one === outcome).length;
  expect(count(503)).toBeGreaterThan(3);
  expect(count('lost')).toBeGreaterThan(0);
  expect(count(200)).toBeGreaterThan(70);
});

/** A client that waits 60 ms. */
const impatient = (): Promise<unknown> =>
  upload({ ...mock, fetch: (request) => mock.fetch(new Request(request, { signal: AbortSignal.timeout(60) })) });

scenario('slow-network', async () => {
  for (let n = 0; n < 5; n++) await expect(impatient()).rejects.toMatchObject({ name: 'TimeoutError' });
  expect((await upload(mock)).status).toBe(200);
  const rules = (await (await fetch(`${house.url}/_mock/scenarios`)).json()) as RuleView[];
  expect(rules.map(({ fired, rule }) => [fired, rule.then.delay])).toEqual(
    ['2500ms', '3500ms', '6s', '9s', '11s'].map((delay) => [1, delay]),
  );
});

scenario('slow-network', async () => {
  const impatientSdk = popCore(house.url, 'POST', {}, 60);
  await expect(impatientSdk('2019-03-07', 'DescribeOssUploadToken')).rejects.toMatchObject({
    name: 'RequestTimeoutError',
  });
});

test('every scenario of that folder has been run', () => {
  expect([...seen].sort()).toEqual(NAMES.sort());
});
