/** Snapshots beyond save and restore: compared, dropped, opened as an account; and a reset that is taken back. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, manualClock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { open, pageUrl } from '../support/h5.js';
import { oss, stsOf } from '../support/oss.js';
import { getStatus, openTask } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const FORK = 'LTAImockFork';
const statusOf = async (mock: Mock, accessKeyId?: string) =>
  (await getStatus(mock, 'RPBasic', 'order-1', { accessKeyId })).json.Data?.StatusCode;

describe('what differs', () => {
  test('a verification that has ended, one that came, and the clock, between a snapshot and now', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.snapshots.save('before');
    await mock.verifications.fail('order-1', '身份证照片模糊');
    await openTask(mock, 'RPBasic', 'order-2');
    await mock.clock.freeze();
    await mock.clock.set('2030-01-02T03:04:05Z');
    const { before, after, tables, rows } = (await admin(mock, '/snapshots/before/diff')).json;
    expect([before, after, tables.verifications, tables.clock, tables.builds]).toEqual([
      'before',
      null,
      { added: 1, removed: 0, changed: 1 },
      { added: 1, removed: 0, changed: 0 },
      { added: 0, removed: 0, changed: 0 },
    ]);
    const one = rows.find(({ name }: { name: string }) => name === 'cloudauth order-1');
    expect([one.change, one.fields]).toEqual([
      'changed',
      expect.arrayContaining([
        { field: 'status', before: 'open', after: 'failed' },
        { field: 'reason', after: '身份证照片模糊' },
      ]),
    ]);
    expect(rows.find(({ table }: { table: string }) => table === 'clock').fields).toContainEqual({
      field: 'frozen_at',
      after: '2030-01-02T03:04:05.000Z',
    });
  });

  test('nothing, between a snapshot and the state that was brought back from it', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.snapshots.save('a');
    await mock.reset();
    await mock.snapshots.restore('a');
    expect((await mock.snapshots.diff('a')).rows).toEqual([]);
  });

  test('between two snapshots, whatever is there now', async () => {
    await using mock = createCloudauthMock();
    await mock.snapshots.save('empty');
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.snapshots.save('one');
    await mock.reset();
    const { tables } = await mock.snapshots.diff('one', { with: 'empty' });
    expect(tables.verifications).toEqual({ added: 0, removed: 1, changed: 0 });
  });

  test('of many rows the first fifty are shown, and all are counted', async () => {
    await using mock = createCloudauthMock();
    await mock.snapshots.save('empty');
    for (let n = 0; n < 60; n++) await openTask(mock, 'RPBasic', `order-${n}`);
    const { tables, rows } = await mock.snapshots.diff('empty');
    expect([tables.verifications.added, rows.length]).toEqual([60, 50]);
  });

  test('no token, person or identity number is shown', async () => {
    await using mock = createCloudauthMock();
    await mock.snapshots.save('empty');
    const binding = JSON.stringify({ Name: '测试通过', IdentificationNumber: '990000199003070013' });
    const token = await openTask(mock, 'RPBasic', '990000199003070013', { Binding: binding });
    const text = (await admin(mock, '/snapshots/empty/diff')).text;
    expect([text.includes('cloudauth 990*************13'), text.includes(token), text.includes('测试通过')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(text).not.toContain('990000199003070013');
  });

  test('a snapshot there is not is 404, with those there are', async () => {
    await using mock = createCloudauthMock();
    await mock.snapshots.save('a');
    const replies = [await admin(mock, '/snapshots/b/diff'), await admin(mock, '/snapshots/a/diff?with=b')];
    expect(replies.map(({ status, json }) => [status, json.error])).toEqual(
      Array(2).fill([404, "no snapshot 'b'; there are: a"]),
    );
  });
});

test('a snapshot that was deleted is gone, and so is what it held', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'order-1');
  await mock.snapshots.save('a');
  expect((await admin(mock, 'DELETE /snapshots/a')).json).toEqual({ deleted: 'a' });
  const again = await admin(mock, 'DELETE /snapshots/a');
  expect([await mock.snapshots.list(), again.status, again.json.error]).toEqual([
    [],
    404,
    "no snapshot 'a'; there are: none",
  ]);
  await mock.reset();
  await mock.snapshots.save('a');
  expect((await admin(mock, '/snapshots/a')).json.rows).toBe(0);
});

describe('a snapshot opened as an account', () => {
  test('each account goes on by itself, by the same ids', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.snapshots.save('open');
    const reply = await admin(mock, 'POST /snapshots/open/open', { body: { as: FORK } });
    expect([reply.status, reply.json]).toEqual([201, { opened: 'open', account: FORK, rows: 1 }]);
    await mock.verifications.fail('order-1', '身份证照片模糊', { account: FORK });
    expect([await statusOf(mock), await statusOf(mock, FORK)]).toEqual([-1, 2]);
  });

  test('its clock stands where it stood', async () => {
    await using mock = createCloudauthMock();
    await mock.clock.freeze();
    await mock.clock.set('2030-01-02T03:04:05Z');
    await mock.snapshots.save('later');
    await mock.clock.freeze(false);
    await mock.snapshots.open('later', FORK);
    expect(await mock.clock.now({ account: FORK })).toBe(Date.parse('2030-01-02T03:04:05Z'));
  });

  test('a page, which names no account, is the old one’s, and the copy’s once that has forgotten it', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const url = await pageUrl(mock);
    await mock.snapshots.save('open');
    // sorts before the other
    await mock.snapshots.open('open', 'LTAImockA');
    const visited = async () => {
      await open(mock, url);
      const lists = [await mock.verifications.list(), await mock.verifications.list({ account: 'LTAImockA' })];
      return lists.map(([one]) => one?.pageOpen);
    };
    expect(await visited()).toEqual([true, undefined]);
    await mock.reset();
    expect(await visited()).toEqual([undefined, true]);
  });

  test('an object is there in both, also when one account deletes it', async () => {
    await using mock = createCloudauthMock();
    const sts = await stsOf(mock);
    const key = `${sts.path}a.jpg`;
    await oss(mock, sts, 'PUT', key, { body: 'bytes' });
    await mock.snapshots.save('uploaded');
    await mock.snapshots.open('uploaded', FORK);
    await oss(mock, sts, 'DELETE', key);
    const { tables } = await mock.snapshots.diff('uploaded', { account: FORK });
    expect(tables.objects).toEqual({ added: 0, removed: 0, changed: 0 });
    await mock.snapshots.restore('uploaded');
    expect(await (await oss(mock, sts, 'GET', key)).text()).toBe('bytes');
  });

  test.each([
    [
      'an account with a state',
      'LTAImockBusy',
      409,
      'account LTAImockBusy has a state of its own; reset it, or name another',
    ],
    ['itself', 'default', 409, 'account default has a state of its own; reset it, or name another'],
    [
      'no account',
      'nobody',
      400,
      "'nobody' is no account; write an AccessKeyId that begins with LTAImock, or an account of --access-key",
    ],
  ])('%s is refused', async (_what, as, status, error) => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'order-1');
    await openTask(mock, 'RPBasic', 'order-1', {}, { accessKeyId: 'LTAImockBusy' });
    await mock.snapshots.save('a');
    const reply = await admin(mock, 'POST /snapshots/a/open', { body: { as } });
    expect([reply.status, reply.json.error]).toEqual([status, error]);
    expect((await mock.snapshots.diff('a')).rows).toEqual([]);
  });

  test('a snapshot of that name there is not replaced', async () => {
    await using mock = createCloudauthMock();
    await mock.snapshots.save('a');
    await mock.snapshots.save('a', { account: FORK });
    await expect(mock.snapshots.open('a', FORK)).rejects.toThrow(`account ${FORK} has a snapshot 'a' already`);
  });
});

describe('a reset is taken back', () => {
  const undone = (mock: Mock, undo: unknown) => admin(mock, 'POST /reset/undo', { body: { undo } });

  test('state, clock, rules, journal and coverage are as they were', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic', 'order-1');
    mock.failNext('GetStatus', 'Throttling.User', { times: 3 });
    await getStatus(mock, 'RPBasic', 'order-1');
    await mock.clock.freeze();
    await mock.clock.set('2030-01-02T03:04:05Z');
    const seen = async () => [
      await mock.verifications.list(),
      await mock.scenarios.list(),
      await mock.requests(),
      await mock.coverage(),
      await mock.clock.now(),
    ];
    const before = await seen();
    const { reset, undo } = (await admin(mock, 'POST /reset')).json;
    expect([reset, await mock.verifications.list(), await mock.scenarios.list()]).toEqual(['default', [], []]);
    const reply = await undone(mock, undo);
    expect([reply.json, await seen()]).toEqual([{ undone: 'default', rows: expect.any(Number) }, before]);
    expect(await mock.snapshots.list()).toEqual([]);
  });

  test('until ten seconds of the wall clock are over, wherever the business clock stands', async () => {
    const wall = manualClock(Date.now());
    await using mock = createCloudauthMock({ clock: wall });
    await openTask(mock, 'RPBasic', 'order-1');
    const first = (await admin(mock, 'POST /reset')).json;
    expect(Date.parse(first.until)).toBe(wall.now() + 10_000);
    wall.advance('9999ms');
    expect((await undone(mock, first.undo)).status).toBe(200);
    const second = (await admin(mock, 'POST /reset')).json;
    await mock.clock.advance('-1d');
    wall.advance('10s');
    const late = await undone(mock, second.undo);
    expect([late.status, late.json.error, await mock.verifications.list()]).toEqual([
      409,
      'that reset can be undone no more; it could for ten seconds',
      [],
    ]);
  });

  test.each(['nope', 7, undefined])('by no other handle: %j', async (undo) => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /reset');
    expect((await undone(mock, undo)).status).toBe(undo === 'nope' ? 404 : 400);
  });

  test('once, and only the last one', async () => {
    await using mock = createCloudauthMock();
    const [first, second] = [(await admin(mock, 'POST /reset')).json, (await admin(mock, 'POST /reset')).json];
    const replies = [await undone(mock, first.undo), await undone(mock, second.undo), await undone(mock, second.undo)];
    expect(replies.map(({ status }) => status)).toEqual([404, 200, 404]);
  });

  test('what follows the stream is told, and reads it all again', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'order-1');
    const events = mock.events();
    const next = async () => (await events.next()).value.kind;
    const kinds = [await next()];
    const { undo } = (await admin(mock, 'POST /reset')).json;
    kinds.push(await next());
    await undone(mock, undo);
    kinds.push(await next());
    expect(kinds).toEqual(['call', 'reset', 'call']);
    await events.return?.();
  });

  test('rules that are kept with the database are kept again', async () => {
    await using folder = await scratch();
    const db = `${folder.path}/state.db`;
    {
      await using mock = createCloudauthMock({ db });
      mock.failNext('GetStatus', 'Throttling.User', { times: 2, delay: '1ms' });
      const { undo } = (await admin(mock, 'POST /reset')).json;
      await undone(mock, undo);
    }
    await using mock = createCloudauthMock({ db });
    expect((await mock.scenarios.list()).map(({ rule }) => rule)).toEqual([
      { on: 'GetStatus', times: 2, then: { fail: 'Throttling.User', delay: '1ms' } },
    ]);
  });
});

describe('failures that are ordered go on for several calls, and take their time', () => {
  const codes = async (mock: Mock, calls: number) => {
    const answers = [];
    for (let n = 0; n < calls; n++) answers.push((await call(mock, cloudauth2019('DescribeOssUploadToken'))).json.Code);
    return answers;
  };

  test('POST fail-next takes times and delay', async () => {
    await using mock = createCloudauthMock();
    const body = { operation: 'DescribeOssUploadToken', code: 'Throttling.User', times: 2, delay: '5ms' };
    const reply = await admin(mock, 'POST /fail-next', { body });
    expect([reply.status, reply.json]).toEqual([201, body]);
    expect((await mock.scenarios.list())[0]!.rule.then.delay).toBe('5ms');
    expect(await codes(mock, 3)).toEqual(['Throttling.User', 'Throttling.User', undefined]);
  });

  test.each([
    [{ times: 0 }, 'times must be a whole number from 1 to 1000000'],
    [{ times: '2' }, 'times must be a whole number from 1 to 1000000'],
    [{ delay: 'soon' }, "'soon' is not a duration; write for example 500ms, 30s, 31m, 2h or 1d"],
    [{ delay: '2d' }, "delay: '2d' is not between 0 and 1d"],
    [{ delay: {} }, 'delay must be text or a number'],
    [{ time: 2 }, 'no member "time"; did you mean times? there are: operation, code, times, delay'],
  ])('%j is refused', async (further, error) => {
    await using mock = createCloudauthMock();
    const body = { operation: 'DescribeOssUploadToken', code: 'Throttling.User', ...further };
    const reply = await admin(mock, 'POST /fail-next', { body });
    expect([reply.status, reply.json.error, await mock.scenarios.list()]).toEqual([400, error, []]);
  });
});
