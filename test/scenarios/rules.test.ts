/** What a rule means: which calls it is about, when it fires, what it does. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type ErrorCode } from '../../src/index.js';
import { seededRandom } from '../../src/platform/ids.js';
import { drawDelay } from '../../src/scenarios/delay.js';
import { call, cloudauth2019 } from '../support/call.js';
import { saying } from '../support/hints.js';
import { codes, init, query, SAF_PERSON, saf, upload, withRules } from '../support/scenario.js';
import { getStatus, openTask, submit } from '../support/tasks.js';

const BUSY = { fail: 'ServiceUnavailable' } as const;

/** The operations that answer the error when every operation could. */
async function hit(on: string): Promise<string[]> {
  await using mock = await withRules([{ on, then: BUSY }]);
  const calls: [string, () => Promise<{ Code?: unknown }>][] = [
    ['GetVerifyToken', async () => ({ Code: (await getVerifyToken(mock)).Code })],
    ['GetStatus', async () => (await getStatus(mock)).json],
    ['DescribeOssUploadToken', async () => (await upload(mock)).json],
    ['face_verify.init', () => init(mock)],
    ['face_verify.initH5', () => init(mock, { method: 'initH5' })],
    ['face_verify.query', () => query(mock, { bizId: 'b', queryId: 'q' })],
  ];
  const found: string[] = [];
  for (const [name, send] of calls) if ((await send()).Code === 'ServiceUnavailable') found.push(name);
  return found;
}
const getVerifyToken = async (mock: Parameters<typeof upload>[0]) =>
  (await call(mock, { Version: '2017-11-17', Action: 'GetVerifyToken', Biz: 'RPMin', TicketId: 't' })).json;

test('a host is compared without its port and in any case; one with a port is refused', async () => {
  await using mock = await withRules([
    { on: 'DescribeOssUploadToken', when: { host: 'Gateway.example' }, then: { fail: 'ServiceUnavailable' } },
  ]);
  const ask = async (url: string) => (await call(mock, cloudauth2019('DescribeOssUploadToken'), { url })).status;
  const statuses = [await ask('http://GATEWAY.example:8080/'), await ask('http://other.example/')];
  const refused = withRules([{ on: '*', when: { host: 'gateway.example:80' }, then: { fail: 'ServiceUnavailable' } }]);
  await expect(refused).rejects.toThrow('a host is compared without its port');
  expect(statuses).toEqual([503, 200]);
});

test.each([
  ['GetStatus', ['GetStatus']],
  ['cloudauth/2017-11-17/GetStatus', ['GetStatus']],
  ['Get*', ['GetVerifyToken', 'GetStatus']],
  ['cloudauth/*', ['GetVerifyToken', 'GetStatus', 'DescribeOssUploadToken']],
  ['cloudauth/2019-03-07/*', ['DescribeOssUploadToken']],
  ['face_verify.init', ['face_verify.init']],
  ['saf/2017-03-31/face_verify.*', ['face_verify.init', 'face_verify.initH5', 'face_verify.query']],
  ['/init(H5)?$/', ['face_verify.init', 'face_verify.initH5']],
])('on: %s', async (on, expected) => {
  expect(await hit(on)).toEqual(expected);
});

test('on: * is every operation', async () => {
  expect(await hit('*')).toHaveLength(6);
});

describe('when.params', () => {
  test.each([
    ['equality', '张三', { 张三: 503, 张三丰: 200, '': 200 }],
    ['a glob', '张*', { 张三: 503, 李四: 200 }],
    ['a regular expression', '/^[张李].$/', { 张三: 503, 李四: 503, 张三丰: 200 }],
    ['a regular expression with a flag', '/zhang/i', { ZHANG: 503, 张三: 200 }],
    ['the characters a glob leaves alone', '(张.+*', { '(张.+三': 503, 张三: 200 }],
  ])('%s', async (_title, name, expected) => {
    await using mock = await withRules([{ on: 'face_verify.init', when: { params: { name } }, then: BUSY }]);
    for (const [given, status] of Object.entries(expected)) {
      const { Code } = await init(mock, { name: given || undefined });
      expect([given, String(Code) === 'ServiceUnavailable']).toEqual([given, status === 503]);
    }
  });

  test('parameters inside ServiceParameters, by either name', async () => {
    const params = { name: '张三', 'ServiceParameters.certNumber': '3301*' };
    await using mock = await withRules([{ on: 'face_verify.init', when: { params }, then: BUSY }]);
    expect((await init(mock)).Code).toBe('ServiceUnavailable');
    expect((await init(mock, { certNumber: '4401' })).Code).toBe(200);
  });

  test('numbers and booleans are compared as they are sent', async () => {
    const when = { params: { returnImage: 1 } };
    await using mock = await withRules([{ on: 'face_verify.query', when, then: { fail: 300 } }]);
    const { Data } = await init(mock);
    expect((await query(mock, { ...Data, returnImage: '1' })).Code).toBe(300);
    expect((await query(mock, { ...Data, returnImage: 1 })).Code).toBe(300);
    expect((await query(mock, { ...Data, returnImage: '0' })).Code).toBe(200);
  });

  test('a parameter that is absent matches nothing, not even *', async () => {
    const when = { params: { bizId: '*' } };
    await using mock = await withRules([{ on: 'face_verify.init', when, then: BUSY }]);
    expect([(await init(mock)).Code, (await init(mock, { bizId: 'b' })).Code]).toEqual([200, 'ServiceUnavailable']);
  });

  test('all of them must match', async () => {
    const when = { params: { name: SAF_PERSON.name, bizId: 'b' } };
    await using mock = await withRules([{ on: 'face_verify.init', when, then: BUSY }]);
    expect([(await init(mock)).Code, (await init(mock, { bizId: 'b' })).Code]).toEqual([200, 'ServiceUnavailable']);
  });
});

test('when.account, with globs', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['a:secret@blue-1', 'b:secret@red'], signature: 'off' });
  for (const account of ['blue-1', 'red'])
    await mock.scenarios.add({ rules: [{ on: '*', when: { account: 'blue*' }, then: BUSY }] }, { account });
  const [blue, red] = [await upload(mock, { accessKeyId: 'a' }), await upload(mock, { accessKeyId: 'b' })];
  expect([blue.status, red.status]).toEqual([503, 200]);
});

const R = 'ServiceUnavailable';
describe('when it fires', () => {
  test.each<[string, object, string[]]>([
    ['always', {}, [R, R, R, R, R, R]],
    ['times: 2', { times: 2 }, [R, R, 'ok', 'ok', 'ok', 'ok']],
    ['after: 2', { after: 2 }, ['ok', 'ok', R, R, R, R]],
    ['after: 2, times: 1', { after: 2, times: 1 }, ['ok', 'ok', R, 'ok', 'ok', 'ok']],
    ['call: 2', { when: { call: 2 } }, ['ok', R, 'ok', 'ok', 'ok', 'ok']],
    ['call: [1, 4]', { when: { call: [1, 4] } }, [R, 'ok', 'ok', R, 'ok', 'ok']],
    ['rate: 0', { rate: 0 }, ['ok', 'ok', 'ok', 'ok', 'ok', 'ok']],
    ['rate: 1', { rate: 1 }, [R, R, R, R, R, R]],
  ])('%s', async (_title, more, expected) => {
    await using mock = await withRules([{ on: '*', ...more, then: BUSY }]);
    expect(await codes(mock, 6)).toEqual(expected);
  });

  test('only matching calls count', async () => {
    await using mock = await withRules([{ on: 'DescribeOssUploadToken', when: { call: 2 }, then: BUSY }]);
    await init(mock);
    expect(await codes(mock, 3)).toEqual(['ok', R, 'ok']);
  });

  test('rate with a seed is the same in every run, and another with another seed', async () => {
    const draw = async (seed: number) => {
      await using mock = await withRules([{ on: '*', rate: 0.5, seed, then: BUSY }]);
      return (await codes(mock, 40)).join();
    };
    const [one, again, other] = [await draw(7), await draw(7), await draw(8)];
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    expect(one).toMatch(/ok.*ServiceUnavailable|ServiceUnavailable.*ok/);
  });

  test('what else is loaded does not change what a seed gives', async () => {
    const rule = { on: '*', rate: 0.5, seed: 7, then: BUSY };
    await using alone = await withRules([rule]);
    await using second = await withRules([{ on: 'GetStatus', then: BUSY }, rule]);
    expect(await codes(second, 20)).toEqual(await codes(alone, 20));
  });
});

describe('delay', () => {
  test('fixed', () => {
    expect(drawDelay({ ms: 40 }, () => 0.5)).toBe(40);
  });

  test('p50 and p99 are what they say', () => {
    const random = seededRandom('delays');
    const drawn = Array.from({ length: 20_000 }, () => drawDelay({ p50: 100, p99: 900 }, random)).sort((a, b) => a - b);
    expect(drawn[10_000]).toBeCloseTo(100, -1);
    expect(drawn[19_800]! / 900).toBeCloseTo(1, 0);
    expect(drawn[0]).toBeGreaterThan(0);
  });

  test('equal percentiles are a fixed delay', () => {
    expect(drawDelay({ p50: 30, p99: 30 }, seededRandom('any'))).toBeCloseTo(30);
  });

  test('the reply is held back, and says what it would have said', async () => {
    await using mock = await withRules([{ on: '*', then: { delay: '40ms' } }]);
    const startedAt = performance.now();
    expect((await upload(mock)).status).toBe(200);
    // timers may be early by a fraction of a millisecond
    expect(performance.now() - startedAt).toBeGreaterThan(38);
  });

  test('with fail it is a slow failure', async () => {
    await using mock = await withRules([{ on: '*', then: { delay: 20, ...BUSY } }]);
    const startedAt = performance.now();
    expect((await upload(mock)).status).toBe(503);
    expect(performance.now() - startedAt).toBeGreaterThan(18);
  });
});

describe('fail', () => {
  test('changes no state', async () => {
    await using mock = await withRules([{ on: 'SubmitMaterials', times: 1, then: { fail: 'Error.InternalError' } }]);
    const token = await openTask(mock);
    expect((await submit(mock, token)).json.Code).toBe('Error.InternalError');
    expect((await getStatus(mock)).json.Data.StatusCode).toBe(-1);
    expect((await submit(mock, token)).json.Data.VerifyStatus.StatusCode).toBe(1);
  });

  test('says in the hint that it was ordered', async () => {
    await using mock = await withRules([{ on: '*', then: BUSY }]);
    expect((await upload(mock)).headers.get('x-cloudauth-mock-hint')).toBe(await saying('injected'));
  });

  test('a call that is itself wrong is told so first', async () => {
    await using mock = await withRules([{ on: '*', then: BUSY }]);
    expect((await upload(mock, { secret: 'wrong' })).json.Code).toBe('SignatureDoesNotMatch');
    expect((await call(mock, cloudauth2019('CreateRPSDK'))).json.Code).toBe('MissingAppUrl');
  });

  test('a call that cannot answer the code neither answers it nor uses the rule up', async () => {
    await using mock = await withRules([{ on: 'face_verify.*', times: 1, then: { fail: 'Z1146' } }]);
    const { Code, Data } = await init(mock);
    expect([Code, (await query(mock, Data)).Message]).toEqual([200, expect.stringContaining('Z1146')]);
    expect((await query(mock, Data)).Code).toBe(200);
  });

  test('unified SAF codes hold for ordered failures too', async () => {
    await using mock = await withRules([{ on: 'face_verify.init', then: { fail: 540 } }], { safCodes: 'unified' });
    expect(await init(mock)).toMatchObject({ Code: 500, Message: '服务器内部错误' });
  });
});

describe('outcome', () => {
  test('concludes the session: the next query says the same without a rule', async () => {
    await using mock = await withRules([{ on: 'face_verify.query', times: 1, then: { outcome: 'fail:Z8302' } }]);
    const { Data } = await init(mock);
    const messages = [(await query(mock, Data)).Message, (await query(mock, Data)).Message];
    expect(messages).toEqual(Array(2).fill(expect.stringContaining('（Z8302）')));
  });

  test.each([
    ['pass', 200, 200],
    ['fail', 500, 500],
    ['quit', 300, 200],
    ['expire', 300, 300],
  ])('%s of a SAF session: %i, and later %i', async (outcome, first, later) => {
    await using mock = await withRules([{ on: 'face_verify.query', times: 1, then: { outcome } }]);
    const { Data } = await init(mock);
    expect([(await query(mock, Data)).Code, (await query(mock, Data)).Code]).toEqual([first, later]);
  });

  test.each([
    ['pass', 1, 1],
    ['fail', 2, 2],
    ['quit', -1, 1],
    ['expire', -1, -1],
  ])('%s of a task: %i, and later %i', async (outcome, first, later) => {
    await using mock = await withRules([{ on: 'GetStatus', times: 1, then: { outcome } }]);
    await openTask(mock, 'RPBasic');
    const status = async () => (await getStatus(mock, 'RPBasic')).json.Data.StatusCode;
    expect([await status(), await status()]).toEqual([first, later]);
  });

  test('its reason is the text of AuditConclusions', async () => {
    await using mock = await withRules([{ on: 'SubmitMaterials', then: { outcome: 'fail:身份证照片无效' } }]);
    expect((await submit(mock, await openTask(mock))).json.Data.VerifyStatus.StatusCode).toBe(2);
    expect((await getStatus(mock)).json.Data.AuditConclusions).toBe('身份证照片无效');
  });

  test('match ends there and then', async () => {
    await using mock = await withRules([{ on: 'face_verify.match', times: 1, then: { outcome: 'fail' } }]);
    const match = () => saf(mock, { method: 'match', ...SAF_PERSON, imgbase64: '/9j/' });
    expect([(await match()).Code, (await match()).Code]).toEqual([400, 200]);
  });
});

describe('progression', () => {
  test('polls:2 of one ticket only', async () => {
    const when = { params: { TicketId: 'slow' } };
    await using mock = await withRules([{ on: 'GetStatus', when, then: { progression: 'polls:2' } }]);
    for (const ticket of ['slow', 'fast']) await openTask(mock, 'RPBasic', ticket);
    const status = async (ticket: string) => (await getStatus(mock, 'RPBasic', ticket)).json.Data.StatusCode;
    expect(await status('fast')).toBe(1);
    expect([await status('slow'), await status('slow'), await status('slow')]).toEqual([-1, -1, 1]);
  });

  test('after:30s goes by the business clock', async () => {
    await using mock = await withRules([{ on: 'face_verify.query', then: { progression: 'after:30s' } }]);
    const { Data } = await init(mock);
    const early = (await query(mock, Data)).Code;
    await mock.clock.advance('30s');
    expect([early, (await query(mock, Data)).Code]).toEqual([300, 200]);
  });
});

describe('several rules', () => {
  test('the first one wins', async () => {
    await using mock = await withRules([
      { on: '*', then: { fail: 'Throttling' } },
      { on: '*', then: BUSY },
    ]);
    expect(await codes(mock, 2)).toEqual(['Throttling', 'Throttling']);
  });

  test('each effect has its own first rule', async () => {
    await using mock = await withRules([
      { on: '*', then: { delay: 20 } },
      { on: '*', then: BUSY },
    ]);
    const startedAt = performance.now();
    expect((await upload(mock)).status).toBe(503);
    expect(performance.now() - startedAt).toBeGreaterThan(18);
    expect((await mock.requests())[0]!.rules).toHaveLength(2);
  });

  test('ordered failures queue up', async () => {
    await using mock = createCloudauthMock();
    mock.failNext('DescribeOssUploadToken', 'Throttling');
    mock.failNext('DescribeOssUploadToken', 'ServiceUnavailable');
    mock.failNext('DescribeOssUploadToken', 'Throttling');
    expect(await codes(mock, 4)).toEqual(['Throttling', 'ServiceUnavailable', 'Throttling', 'ok']);
  });

  test('rules with times queue up too', async () => {
    await using mock = await withRules([
      { on: '*', times: 2, then: { fail: 'Throttling' } },
      { on: '*', times: 1, then: BUSY },
    ]);
    expect(await codes(mock, 4)).toEqual(['Throttling', 'Throttling', 'ServiceUnavailable', 'ok']);
  });

  test('order is kept between rules found by a value and others', async () => {
    const certNumber = SAF_PERSON.certNumber;
    await using mock = await withRules([
      { on: 'face_verify.init', when: { params: { certNumber, name: '/三/' } }, times: 1, then: { fail: 510 } },
      { on: 'face_verify.init', when: { params: { name: '张*' } }, times: 1, then: { fail: 520 } },
      { on: 'face_verify.init', when: { params: { name: SAF_PERSON.name } }, times: 1, then: { fail: 530 } },
      { on: 'face_verify.init', when: { params: { certNumber } }, times: 1, then: { fail: 540 } },
    ]);
    const seen = [];
    for (let n = 0; n < 5; n++) seen.push((await init(mock)).Code);
    expect(seen).toEqual([510, 520, 530, 540, 200]);
  });

  test('an account’s own rules come before those of a file', async () => {
    await using mock = createCloudauthMock({ scenario: 'gateway/Throttling' });
    await mock.scenarios.add({ rules: [{ on: '*', times: 1, then: BUSY }] });
    expect(await codes(mock, 2)).toEqual(['ServiceUnavailable', 'Throttling']);
  });

  test('a rule added after one that is over counts for itself', async () => {
    await using mock = createCloudauthMock();
    const add = (fail: ErrorCode, more = {}) => mock.scenarios.add({ rules: [{ on: '*', ...more, then: { fail } }] });
    await add('Throttling', { times: 1 });
    await add('ServiceUnavailable', { times: 2 });
    const first = await codes(mock, 1);
    await add('InternalError', { times: 2 });
    expect([...first, ...(await codes(mock, 5))]).toEqual([
      ...['Throttling', 'ServiceUnavailable', 'ServiceUnavailable', 'InternalError', 'InternalError', 'ok'],
    ]);
  });

  test('clear and reset end them, with their counts', async () => {
    await using mock = createCloudauthMock({ scenario: 'first-503-then-ok' });
    const first = await codes(mock, 2);
    await mock.scenarios.clear();
    const second = await codes(mock, 2);
    await mock.reset();
    expect([first, second, await codes(mock, 2)]).toEqual(Array(3).fill(['ServiceUnavailable', 'ok']));
  });
});

describe('two accounts in parallel', () => {
  const accessKeys = ['key-one:secret@one', 'key-two:secret@two'];
  const one = { accessKeyId: 'key-one', secret: 'secret' };
  const two = { accessKeyId: 'key-two', secret: 'secret' };

  test('with different scenarios and clocks do not see each other', async () => {
    await using mock = createCloudauthMock({ accessKeys });
    const rules = (fail: 300 | 500) => ({ rules: [{ on: 'face_verify.query', after: 1, times: 1, then: { fail } }] });
    await mock.scenarios.add(rules(300), { account: 'one' });
    await mock.scenarios.add(rules(500), { account: 'two' });
    const run = async (options: typeof one) => {
      const { Data } = await init(mock, {}, options);
      const seen = [];
      for (let n = 0; n < 3; n++) seen.push((await query(mock, Data, options)).Code);
      return seen;
    };
    expect(await Promise.all([run(one), run(two)])).toEqual([
      [200, 300, 200],
      [200, 500, 200],
    ]);

    const [early, late] = await Promise.all([init(mock, {}, one), init(mock, {}, two)]);
    await mock.clock.advance('31m', { account: 'two' });
    expect([(await query(mock, early.Data, one)).Code, (await query(mock, late.Data, two)).Code]).toEqual([200, 300]);
    // neither may ask for what the other started
    expect((await query(mock, early.Data, two)).Message).toContain('Z8301');
  });

  test('count the rules of a file for themselves', async () => {
    await using mock = createCloudauthMock({ scenario: 'throttling', accessKeys });
    const run = (options: object) => codes(mock, 4, (which) => upload(which, options));
    const throttled = Array(3).fill('Throttling.User');
    expect(await Promise.all([run(one), run(two)])).toEqual([
      [...throttled, 'ok'],
      [...throttled, 'ok'],
    ]);
  });
});
