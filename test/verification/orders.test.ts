/** What a rule may ask for: what its operation reads, in the one spelling there is, or it is refused when it is read. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019 } from '../support/call.js';
import { init, query, SAF_PERSON, saf, withRules } from '../support/scenario.js';
import { getStatus, openTask, submit } from '../support/tasks.js';

const BLURRED = '身份证照片模糊，光线问题造成字体无法识别';

async function refusal(on: string, then: object): Promise<string> {
  await using mock = createCloudauthMock();
  return await mock.scenarios.add({ rules: [{ on, then }] }).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

describe('refused when the rule is read', () => {
  test.each([
    [
      'face_verify.init',
      { outcome: 'fail' },
      /face_verify\.init reads no outcome; .*face_verify\.query, .*face_verify\.queryH5/,
    ],
    ['GetVerifyToken', { outcome: 'pass' }, /reads no outcome; .*GetStatus/],
    ['CreateRPSDK', { progression: 'immediate' }, /reads no progression; .*DescribeRPSDK/],
    ['DescribeRPSDK', { outcome: 'fail' }, /reads no outcome/],
    ['face_verify.match', { progression: 'manual' }, /reads no progression/],
    ['face_verify.match', { outcome: 'quit' }, /pass, fail/],
    ['SubmitMaterials', { outcome: 'expire' }, /pass, fail/],
    ['intl_face_verify', { outcome: 'quit' }, /pass, fail/],
    ['face_verify.query', { outcome: 'fail:Z9999' }, /Z9999.*Z1146/],
    ['face_verify.query', { outcome: 'fail:300' }, /300.*Z1146/],
    ['GetStatus', { outcome: 'fail:Z9999' }, /Z9999/],
    ['intl_face_verify', { outcome: 'fail:Z9999' }, /UNABLE_GET_IMAGE/],
    ['*', { outcome: 'fail:Z9999' }, /Z9999/],
  ])('on %s: %j', async (on, then, message) => {
    expect(await refusal(on, then)).toMatch(message);
  });
});

describe('one check of reasons', () => {
  test.each(['Z9999', '300'])('%s is refused by hand as well, of a session and of a task', async (reason) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { Data } = await init(mock);
    await openTask(mock, 'RPBasic', 'ticket');
    const answers = [];
    for (const id of [Data.queryId, 'ticket'])
      answers.push((await admin(mock, `POST /verifications/${id}/fail`, { body: { reason } })).status);
    await expect(mock.verifications.fail('ticket', reason)).rejects.toThrow(reason);
    expect(answers).toEqual([400, 400]);
  });

  test.each(['Z1146', 'fail'])(
    'a task ordered to end with %s says the same sentence whoever orders it',
    async (said) => {
      const reason = said === 'fail' ? '' : `:${said}`;
      await using mock = await withRules([{ on: 'GetStatus', then: { outcome: `fail${reason}` } }], {
        device: 'manual',
      });
      await openTask(mock, 'RPBasic', 'by-rule');
      await openTask(mock, 'RPBasic', 'by-hand');
      await mock.verifications.fail('by-hand', reason.slice(1));
      const said2 = async (ticket: string) => (await getStatus(mock, 'RPBasic', ticket)).json.Data.AuditConclusions;
      expect([await said2('by-rule'), await said2('by-hand')]).toEqual([BLURRED, BLURRED]);
    },
  );

  test('the words of the page are reasons everywhere', async () => {
    await using mock = await withRules([{ on: 'GetStatus', then: { outcome: 'fail:no-card' } }]);
    await openTask(mock, 'RPBasic', 'ticket');
    expect((await getStatus(mock, 'RPBasic', 'ticket')).json.Data.AuditConclusions).toBe('提交的照片非身份证照片');
  });

  test('the page takes the spelling of a rule', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const token = await openTask(mock, 'RPBasic', 'ticket');
    await mock.fetch(new Request(`${mock.url}/user_verify/cloudauth.html?token=${token}&auto=fail:no-card`));
    expect((await getStatus(mock, 'RPBasic', 'ticket')).json.Data.AuditConclusions).toBe('提交的照片非身份证照片');
  });
});

describe('an outcome that is taken happens', () => {
  const PHOTOS = { refFaceContent: '/9j/', authFaceContent: '/9j/', resourceCode: '00840000' };
  const intl = async (mock: ReturnType<typeof createCloudauthMock>) =>
    (
      await call(mock, {
        Version: '2019-05-21',
        Action: 'ExecuteRequest',
        Service: 'intl_face_verify',
        ServiceParameters: JSON.stringify(PHOTOS),
      })
    ).json;

  test.each([
    ['fail', 'SYSTEM_ERROR'],
    ['fail:UNABLE_GET_IMAGE', 'UNABLE_GET_IMAGE'],
    ['fail:PROCESSING', 'PROCESSING'],
  ])('intl_face_verify with %s answers its documented failure', async (outcome, retCode) => {
    await using mock = await withRules([{ on: 'intl_face_verify', times: 1, then: { outcome } }]);
    const failed = await intl(mock);
    expect([failed.Code, failed.Message]).toEqual([500, 'system error']);
    expect(JSON.parse(failed.Data)).toMatchObject({ passed: 'false', retCode, retCodeSub: 'Z1141' });
    expect((await intl(mock)).Code).toBe(200);
  });

  test.each([
    ['fail', 2],
    ['pass', 1],
  ])('GetStatus of a task only the server submits for: %s', async (outcome, status) => {
    await using mock = await withRules([{ on: 'GetStatus', times: 1, then: { outcome } }]);
    const token = await openTask(mock, 'RPMin');
    const seen = [(await getStatus(mock)).json.Data.StatusCode, (await getStatus(mock)).json.Data.StatusCode];
    expect(seen).toEqual([status, status]);
    expect((await submit(mock, token)).json.Data?.VerifyStatus.StatusCode ?? 'closed').toBe(
      status === 2 ? 1 : 'closed',
    );
  });

  test('a rule on everything is about the operations that read it, and uses itself up on no other', async () => {
    await using mock = await withRules([{ on: '*', times: 1, then: { outcome: 'fail:Z8302' } }]);
    const { Data } = await init(mock);
    expect((await query(mock, Data)).Message).toContain('Z8302');
    expect((await mock.scenarios.list()).length).toBe(0);
  });

  test('match takes the reason it documents', async () => {
    await using mock = await withRules([{ on: 'face_verify.match', then: { outcome: 'fail:Z1146' } }]);
    expect((await saf(mock, { method: 'match', ...SAF_PERSON, imgbase64: '/9j/' })).Message).toContain('Z1146');
  });
});

test('an SdkUrl that was handed out opens, whatever had it handed out', async () => {
  await using mock = await withRules([{ on: 'DescribeRPSDK', then: { progression: 'immediate' } }], {
    sdkBuild: 'polls:5',
    publicUrl: 'http://localhost:4520',
  });
  const { TaskId } = (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://example.com/a.apk' }))).json;
  const { SdkUrl } = (await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }))).json;
  expect((await mock.fetch(new Request(SdkUrl))).status).toBe(200);
});

test('with the clock standing still, of two sessions of one bizId the latest is ended', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await mock.clock.freeze();
  const started = [];
  for (let n = 0; n < 8; n++) started.push((await init(mock, { bizId: 'order-1' })).Data);
  await mock.verifications.pass('order-1');
  const seen = [];
  for (const Data of started) seen.push((await query(mock, Data)).Code);
  expect(seen).toEqual([300, 300, 300, 300, 300, 300, 300, 200]);
});

test('with the clock standing still, of two tasks of one TicketId the latest is ended', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await mock.clock.freeze();
  for (const biz of ['RPBasic', 'RPBioOnly', 'FVBioOnly']) await openTask(mock, biz, 'ticket');
  await mock.verifications.pass('ticket');
  const seen = [];
  for (const biz of ['RPBasic', 'RPBioOnly', 'FVBioOnly'])
    seen.push((await getStatus(mock, biz, 'ticket')).json.Data.StatusCode);
  expect(seen).toEqual([-1, -1, 1]);
});
