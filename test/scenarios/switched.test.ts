/** One rule at a time: switched off and on, changed in its place, deleted; and scenarios of the package by their names. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type Scenario } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { codes, withRules } from '../support/scenario.js';

const on = 'DescribeOssUploadToken';
const R = 'ServiceUnavailable' as const;
const BUSY = [{ on, then: { fail: R } }];

describe('one rule', () => {
  test('switched off does nothing and counts nothing, and on again goes on counting', async () => {
    await using mock = await withRules([{ on, after: 1, then: { fail: R } }]);
    expect(await codes(mock, 2)).toEqual(['ok', R]);
    await mock.scenarios.off('scenario-1#1');
    expect(await codes(mock, 2)).toEqual(['ok', 'ok']);
    expect(await mock.scenarios.list()).toMatchObject([{ off: true, matched: 2, fired: 1 }]);
    await mock.scenarios.on('scenario-1#1');
    expect(await codes(mock, 1)).toEqual([R]);
    expect((await mock.scenarios.list())[0]).not.toHaveProperty('off');
  });

  test('written with disabled: true it waits to be switched on', async () => {
    await using mock = await withRules(`rules: [{ on: ${on}, disabled: true, then: { fail: ${R} } }]`);
    expect(await codes(mock, 1)).toEqual(['ok']);
    expect(await mock.scenarios.list()).toMatchObject([{ off: true, rule: { on, then: { fail: R } } }]);
    await mock.scenarios.on('scenario-1#1');
    expect(await codes(mock, 1)).toEqual([R]);
  });

  test('of a file is switched off for one account alone', async () => {
    await using mock = createCloudauthMock({ scenario: ['gateway/ServiceUnavailable'] });
    const account = 'LTAImockOther';
    await mock.scenarios.off('gateway/ServiceUnavailable#1', { account });
    expect(await codes(mock, 1)).toEqual([R]);
    expect(await mock.scenarios.list({ account })).toMatchObject([{ from: 'file', off: true }]);
    await expect(mock.scenarios.remove('gateway/ServiceUnavailable#1')).rejects.toThrow(
      /comes from a file.*switch it off/,
    );
  });

  test('is deleted, and the others stay', async () => {
    await using mock = await withRules([
      { on, times: 1, then: { fail: 'Throttling' } },
      { on, then: { fail: R } },
    ]);
    await mock.scenarios.remove('scenario-1#1');
    expect((await mock.scenarios.list()).map(({ name }) => name)).toEqual(['scenario-1#2']);
    expect(await codes(mock, 1)).toEqual([R]);
  });

  test('is changed in its place, and counts from 0', async () => {
    await using mock = await withRules([{ on, after: 9, then: { fail: 'Throttling' } }, ...BUSY]);
    await codes(mock, 1);
    await mock.scenarios.replace('scenario-1#1', { rules: [{ on, then: { fail: 'Throttling' } }] });
    expect(await mock.scenarios.list()).toMatchObject([
      { name: 'scenario-1#1', matched: 0 },
      { name: 'scenario-1#2', matched: 1 },
    ]);
    expect(await codes(mock, 1)).toEqual(['Throttling']);
  });

  test('stays as it is when what is to replace it is wrong, or is two', async () => {
    await using mock = await withRules(BUSY);
    const replace = (scenario: string | Scenario) => mock.scenarios.replace('scenario-1#1', scenario);
    await expect(replace('rules: [{ on: Nothing, then: { fail: X } }]')).rejects.toThrow(
      /scenario-1#1:1:15: no operation 'Nothing'/,
    );
    await expect(replace({ rules: [...BUSY, ...BUSY] })).rejects.toThrow('2 rules cannot take the place of one');
    expect(await codes(mock, 1)).toEqual([R]);
  });

  test.each(['remove', 'on', 'off'] as const)('that there is not: %s says what may be meant', async (verb) => {
    await using mock = await withRules(BUSY);
    await expect(mock.scenarios[verb]('scenario-1#2')).rejects.toThrow(
      "no rule or scenario 'scenario-1#2'; did you mean scenario-1#1",
    );
  });
});

test('what is listed can be given again as it stands', async () => {
  const rules = [
    { on: 'face_verify.query*', then: { outcome: 'fail:Z1146' as const } },
    { on, times: 2, then: { delay: '1ms' as const } },
    { on: 'CompareFaces', times: 1, then: { outcome: 'fail:204' as const } },
  ];
  await using mock = await withRules(rules.slice(0, 2));
  mock.failNext('CompareFaces', '204');
  const listed = (await mock.scenarios.list()).map(({ rule }) => rule);
  expect(listed).toEqual(rules);
  expect(await mock.scenarios.add({ rules: listed })).toBe(3);
});

test('names of rules are never twice the same', async () => {
  await using mock = await withRules(BUSY);
  await mock.scenarios.add({ rules: BUSY });
  await mock.scenarios.remove('scenario-1#1');
  await mock.scenarios.add({ rules: BUSY });
  expect((await mock.scenarios.list()).map(({ name }) => name)).toEqual(['scenario-2#1', 'scenario-3#1']);
});

describe('a scenario of the package', () => {
  const isOn = async (mock: ReturnType<typeof createCloudauthMock>, name: string, account?: string) =>
    (await mock.scenarios.catalogue({ account })).find((one) => one.name === name)?.on;

  test('says in a sentence what it does, in both languages', async () => {
    await using mock = createCloudauthMock();
    const all = await mock.scenarios.catalogue();
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ does }) => !/[a-z]/.test(does.en) || !/\p{Script=Han}/u.test(does.zh))).toEqual([]);
  });

  test('is switched on and off for one account', async () => {
    await using mock = createCloudauthMock();
    const account = 'LTAImockOther';
    await mock.scenarios.on('gateway/ServiceUnavailable');
    await mock.scenarios.on('gateway/ServiceUnavailable');
    expect([await isOn(mock, 'gateway/ServiceUnavailable'), (await mock.scenarios.list()).length]).toEqual([true, 1]);
    expect(await isOn(mock, 'gateway/ServiceUnavailable', account)).toBe(false);
    expect(await codes(mock, 1)).toEqual([R]);
    await mock.scenarios.off('gateway/ServiceUnavailable');
    expect([await codes(mock, 1), await mock.scenarios.list()]).toEqual([['ok'], []]);
  });

  test('that was given at the start is switched off and on again', async () => {
    await using mock = createCloudauthMock({ scenario: ['gateway/ServiceUnavailable'] });
    expect(await isOn(mock, 'gateway/ServiceUnavailable')).toBe(true);
    await mock.scenarios.off('gateway/ServiceUnavailable');
    expect([await isOn(mock, 'gateway/ServiceUnavailable'), await codes(mock, 1)]).toEqual([false, ['ok']]);
    await mock.scenarios.on('gateway/ServiceUnavailable');
    expect(await codes(mock, 1)).toEqual([R]);
  });

  test('a name with a slash goes into the address encoded', async () => {
    await using mock = createCloudauthMock();
    const { status, json } = await admin(mock, 'POST /scenarios/gateway%2FServiceUnavailable/on');
    expect([status, json]).toEqual([200, { name: 'gateway/ServiceUnavailable', on: true }]);
    expect((await admin(mock, 'DELETE /scenarios/gateway%2FServiceUnavailable%231')).status).toBe(200);
    expect(await codes(mock, 1)).toEqual(['ok']);
  });
});

test('after a restart a rule is as it was changed, where it was, and off if it was off', async () => {
  const db = join(tmpdir(), `cloudauth-mock-${randomUUID()}.db`);
  try {
    {
      await using mock = createCloudauthMock({ db });
      await mock.scenarios.add({ rules: [{ on, then: { fail: 'Throttling' } }, ...BUSY, ...BUSY] });
      await mock.scenarios.replace('scenario-1#1', { rules: [{ on, times: 1, then: { fail: 'Throttling.User' } }] });
      await mock.scenarios.off('scenario-1#2');
      await mock.scenarios.remove('scenario-1#3');
      mock.failNext('CompareFaces', '204');
    }
    await using mock = createCloudauthMock({ db });
    const listed = await mock.scenarios.list();
    expect(listed.map(({ name, off }) => [name, off])).toEqual([
      ['scenario-1#1', undefined],
      ['scenario-1#2', true],
      ['failNext(CompareFaces, 204)', undefined],
    ]);
    expect(await codes(mock, 2)).toEqual(['Throttling.User', 'ok']);
    await mock.scenarios.on('scenario-1#2');
    expect(await codes(mock, 1)).toEqual([R]);
  } finally {
    for (const end of ['', '-wal', '-shm', '.objects', '.lock']) await rm(db + end, { recursive: true, force: true });
  }
});
