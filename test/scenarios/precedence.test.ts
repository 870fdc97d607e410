/** Explicit conclusion > scenario > magic value > simulated person. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type Scenario } from '../../src/index.js';
import { identities } from '../../src/products/magic.js';
import { init, query, SAF_PERSON, saf } from '../support/scenario.js';
import { getStatus, openTask, PERSON, submit } from '../support/tasks.js';

type Step = 'explicit' | 'scenario' | 'magic' | 'person';
const ORDER: readonly Step[] = ['explicit', 'scenario', 'magic', 'person'];

/** All of them at once, then without the strongest, and so on. */
const from = ORDER.map((strongest, at) => [strongest, ORDER.slice(at)] as const);

/** Each step ends it in its own way, so that the answer says which one did. */
const SAF_ANSWER: Record<Step, string> = {
  explicit: 'Z8399',
  scenario: 'Z8302',
  magic: 'Z1146',
  person: 'OK',
};

describe.each(from)('%s decides', (strongest, present) => {
  const has = (step: Step) => present.includes(step);

  test('a SAF session', async () => {
    await using mock = createCloudauthMock();
    if (has('scenario'))
      await mock.scenarios.add({ rules: [{ on: 'face_verify.query', then: { outcome: 'fail:Z8302' } }] });
    const { Data } = await init(mock, has('magic') ? { name: '测试不通过' } : {});
    if (has('explicit')) await mock.verifications.fail(Data.queryId!, 'Z8399');
    expect((await query(mock, Data)).Message).toContain(SAF_ANSWER[strongest]);
  });

  test('a task', async () => {
    await using mock = createCloudauthMock();
    const CONCLUSIONS = {
      explicit: 'by hand',
      scenario: 'by rule',
      magic: '身份证照片模糊，光线问题造成字体无法识别',
      person: undefined,
    };
    if (has('scenario')) await mock.scenarios.add({ rules: [{ on: 'GetStatus', then: { outcome: 'fail:by rule' } }] });
    const ticket = has('magic') ? 'ticket~status:2' : 'ticket';
    await openTask(mock, 'RPBasic', ticket);
    if (has('explicit')) await mock.verifications.fail(ticket, 'by hand');
    const { Data } = (await getStatus(mock, 'RPBasic', ticket)).json;
    expect([Data.StatusCode, Data.AuditConclusions]).toEqual([strongest === 'person' ? 1 : 2, CONCLUSIONS[strongest]]);
  });
});

test('an explicit pass is not undone by a scenario or a magic person', async () => {
  await using mock = createCloudauthMock({ scenario: 'not-same-person' });
  const { Data } = await init(mock, { name: '测试不通过' });
  await mock.verifications.pass(Data.queryId!);
  expect((await query(mock, Data)).Code).toBe(200);
});

test('an explicit quit is not undone by a scenario', async () => {
  await using mock = createCloudauthMock({ scenario: 'not-same-person' });
  const { Data } = await init(mock);
  await mock.verifications.quit(Data.queryId!);
  expect((await query(mock, Data)).Code).toBe(300);
});

test('of a call that fails, the scenario’s code comes before the magic one', async () => {
  await using mock = createCloudauthMock({ scenario: 'too-many-attempts' });
  expect((await init(mock, { name: '张三~fail:520' })).Code).toBe(540);
  await mock.scenarios.clear();
});

test('a magic name comes before the magic number beside it, a suffix before both', async () => {
  await using mock = createCloudauthMock();
  const certNumber = identities[1]!.number;
  const match = async (name: string) =>
    (await saf(mock, { method: 'match', ...SAF_PERSON, certNumber, name, imgbase64: '/9j/' })).Code;
  expect([await match('张三'), await match('测试通过'), await match('测试通过~fail:402')]).toEqual([400, 200, 402]);
});

test('of a submission: scenario, then the ticket’s suffix, then the person', async () => {
  const statusOf = async (rules: object[], ticket: string, Name: string) => {
    await using mock = createCloudauthMock();
    if (rules.length > 0) await mock.scenarios.add({ rules } as Scenario);
    const token = await openTask(mock, 'RPMin', ticket);
    return (await submit(mock, token, { ...PERSON, Name })).json.Data.VerifyStatus.StatusCode;
  };
  const pass = [{ on: 'SubmitMaterials', then: { outcome: 'pass' } }];
  expect(await statusOf(pass, 't~status:2', '测试不通过')).toBe(1);
  expect(await statusOf([], 't~status:1', '测试不通过')).toBe(1);
  expect(await statusOf([], 't', '测试不通过')).toBe(2);
  expect(await statusOf([], 't', '测试甲')).toBe(1);
});
