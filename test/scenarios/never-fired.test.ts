/** Why a rule never fired: the call that came closest, and what was different. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017 } from '../support/call.js';
import { codes, init, withRules } from '../support/scenario.js';

const asks = (TicketId: string) => ({ on: 'GetStatus', when: { params: { TicketId } }, then: { fail: 'Throttling' } });
const status = (mock: Parameters<typeof call>[0], TicketId: string, more = {}) =>
  call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId }), more);

test('of several calls the one that is most alike is named, with the parameter that differed', async () => {
  await using mock = await withRules([asks('order-1001')]);
  for (const ticket of ['other', 'Order-1001', 'something-else']) await status(mock, ticket);
  expect(await mock.scenarios.neverFired()).toEqual([
    {
      name: 'scenario-1#1',
      matched: 0,
      nearest: { id: 2, operation: 'cloudauth/2017-11-17/GetStatus' },
      differs: [{ field: 'params.TicketId', wanted: 'order-1001', got: 'Order-1001' }],
      because: 'call 2 came closest: params.TicketId is Order-1001, wanted is order-1001',
    },
  ]);
});

test.each([
  ['nothing was called', asks('a'), async () => {}, 'nothing was called'],
  [
    'another operation was called',
    { on: 'GetMaterials', then: { fail: 'Throttling' } },
    (mock: Parameters<typeof call>[0]) => status(mock, 'a'),
    'GetMaterials was not called; the nearest was GetStatus',
  ],
  [
    'a parameter was not sent',
    { on: 'face_verify.init', when: { params: { bizId: 'u1' } }, then: { fail: 402 } },
    (mock: Parameters<typeof call>[0]) => init(mock as never),
    'call 1 came closest: params.bizId was not sent, wanted is u1',
  ],
  [
    'it was sent to another host',
    { on: 'GetStatus', when: { host: 'saf*' }, then: { fail: 'Throttling' } },
    (mock: Parameters<typeof call>[0]) => status(mock, 'a'),
    /^call 1 came closest: host is .*, wanted is saf\*$/,
  ],
  [
    'the call was refused before rules are asked',
    asks('a'),
    (mock: Parameters<typeof call>[0]) => status(mock, 'a', { secret: 'wrong' }),
    'call 1 would match; it was refused with SignatureDoesNotMatch before rules are asked, or made before the rule was given',
  ],
  [
    'too few calls matched',
    { on: 'GetStatus', after: 2, then: { fail: 'Throttling' } },
    (mock: Parameters<typeof call>[0]) => status(mock, 'a'),
    '1 call(s) matched, and after let them pass',
  ],
  [
    'the call it waits for has not come',
    { on: 'GetStatus', when: { call: [3, 4] }, then: { fail: 'Throttling' } },
    (mock: Parameters<typeof call>[0]) => status(mock, 'a'),
    '1 call(s) matched, and call let them pass',
  ],
] as const)('%s', async (_what, rule, made, because) => {
  await using mock = await withRules([rule]);
  await made(mock);
  const [told] = await mock.scenarios.neverFired();
  expect(told!.because).toEqual(typeof because === 'string' ? because : expect.stringMatching(because));
});

test('a rule that another one outranks says so', async () => {
  await using mock = await withRules([
    { on: 'DescribeOssUploadToken', then: { fail: 'Throttling' } },
    { on: 'DescribeOssUploadToken', then: { fail: 'ServiceUnavailable' } },
  ]);
  await codes(mock, 1);
  expect(await mock.scenarios.neverFired()).toMatchObject([
    { name: 'scenario-1#2', because: '1 call(s) matched, and another rule before it had its say' },
  ]);
});

test('a call made before the rule was given is told apart from one that differs', async () => {
  await using mock = createCloudauthMock();
  await codes(mock, 1);
  await mock.scenarios.add({ rules: [{ on: 'DescribeOssUploadToken', then: { fail: 'Throttling' } }] });
  expect((await mock.scenarios.neverFired())[0]!.because).toBe(
    'call 1 would match; it was made before the rule was given',
  );
});

test('rules that fired, and those that are off, are not asked about', async () => {
  await using mock = await withRules([
    { on: 'DescribeOssUploadToken', then: { fail: 'Throttling' } },
    { on: 'GetStatus', disabled: true, then: { fail: 'Throttling' } },
  ]);
  await codes(mock, 1);
  expect(await mock.scenarios.neverFired()).toEqual([]);
});

test('ID numbers are masked on both sides; where they look alike then, the place of the difference is said', async () => {
  const [mine, sent] = ['330103199003071234', '330103199003071334'];
  await using mock = await withRules([
    { on: 'face_verify.init', when: { params: { certNumber: mine } }, then: { fail: 402 } },
  ]);
  await init(mock, { certNumber: sent });
  const [told] = await mock.scenarios.neverFired();
  expect(JSON.stringify(told)).not.toMatch(/330103199/);
  expect(told!.differs).toEqual([
    {
      field: 'params.certNumber',
      wanted: '330*************34',
      got: '330*************34 (differs at character 16)',
    },
  ]);
});

test('in Chinese it is said in Chinese', async () => {
  await using mock = await withRules([asks('a')]);
  await status(mock, 'b');
  const { json } = await admin(mock, '/scenarios/never-fired?lang=zh');
  expect(json[0].because).toBe('最接近的是第 1 次调用：params.TicketId 为 b，规则要求 a');
});

test('of many rules the first fifty are looked into', async () => {
  await using mock = await withRules(Array.from({ length: 200 }, (_, index) => asks(`ticket-${index}`)));
  for (let count = 0; count < 200; count++) await status(mock, `other-${count}`);
  expect((await mock.scenarios.neverFired()).length).toBe(50);
});
