/** The business clock over HTTP: verifications go by it, signatures do not. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019, faceVerify } from '../support/call.js';
import { scratch } from '../support/child.js';
import { openTask, submit } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const clock = async (mock: Mock, body?: unknown, account?: string) =>
  admin(mock, body === undefined ? '/clock' : 'POST /clock', { body, account });

test('it starts at the wall clock and runs', async () => {
  await using mock = createCloudauthMock();
  const { now, frozen } = (await clock(mock)).json;
  expect([Math.abs(Date.parse(now) - Date.now()) < 60_000, frozen]).toEqual([true, false]);
});

test('advance moves it, and answers what it is then', async () => {
  await using mock = createCloudauthMock({ clock: { now: () => Date.UTC(2026, 0, 1) } });
  expect((await clock(mock, { advance: '31m' })).json).toMatchObject({
    now: '2026-01-01T00:31:00.000Z',
    frozen: false,
  });
});

test.each([
  ['-1h', '2025-12-31T23:00:00.000Z'],
  ['500ms', '2026-01-01T00:00:00.500Z'],
  [1000, '2026-01-01T00:00:01.000Z'],
  [0.6, '2026-01-01T00:00:00.001Z'],
])('advance takes %j', async (advance, now) => {
  await using mock = createCloudauthMock({ clock: { now: () => Date.UTC(2026, 0, 1) } });
  expect((await clock(mock, { advance })).json.now).toBe(now);
});

test.each([
  ['2030-05-06T07:08:09Z', '2030-05-06T07:08:09.000Z'],
  ['2030-05-06T07:08:09+08:00', '2030-05-05T23:08:09.000Z'],
  ['2030-05-06', '2030-05-06T00:00:00.000Z'],
  [0, '1970-01-01T00:00:00.000Z'],
])('set takes %j', async (set, now) => {
  await using mock = createCloudauthMock({ clock: { now: () => Date.UTC(2026, 0, 1) } });
  expect((await clock(mock, { set })).json.now).toBe(now);
});

test('frozen it stands, also when it is moved, and thawed it runs on from there', async () => {
  let wall = Date.UTC(2026, 0, 1);
  await using mock = createCloudauthMock({ clock: { now: () => wall } });
  await clock(mock, { freeze: true });
  wall += 60_000;
  const stood = (await clock(mock)).json;
  const moved = (await clock(mock, { advance: '1h' })).json;
  await clock(mock, { freeze: false });
  wall += 1_000;
  expect([stood.now, moved, (await clock(mock)).json]).toEqual([
    '2026-01-01T00:00:00.000Z',
    { now: '2026-01-01T01:00:00.000Z', frozen: true, wall: '2026-01-01T00:01:00.000Z' },
    { now: '2026-01-01T01:00:01.000Z', frozen: false, wall: '2026-01-01T00:01:01.000Z' },
  ]);
});

test('a token expires by it', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock);
  await clock(mock, { advance: '1800s' });
  expect((await submit(mock, token)).json.Code).toBe('InvalidParam.VerifyTokenExpired');
});

test.each([{ advance: '365d' }, { set: '2001-01-01T00:00:00Z', freeze: true }])(
  'after %j signatures are still judged by the wall clock',
  async (change) => {
    await using mock = createCloudauthMock();
    await clock(mock, change);
    const now = await call(mock, cloudauth2019('DescribeOssUploadToken'));
    const there = await call(mock, cloudauth2019('DescribeOssUploadToken'), {
      at: Date.parse((await clock(mock)).json.now),
    });
    expect([now.status, there.json.Code]).toEqual([200, 'InvalidTimeStamp.Expired']);
  },
);

test('moved and frozen it survives a restart with --db', async () => {
  await using folder = await scratch();
  const db = join(folder.path, 'state.db');
  {
    await using mock = createCloudauthMock({ db });
    await clock(mock, { set: '2030-01-01T00:00:00Z', freeze: true });
    await clock(mock, { set: '2040-01-01T00:00:00Z' }, 'LTAImockA');
  }
  await using mock = createCloudauthMock({ db });
  expect((await clock(mock)).json).toMatchObject({ now: '2030-01-01T00:00:00.000Z', frozen: true });
  expect((await clock(mock, undefined, 'LTAImockA')).json.now).toMatch(/^2040-01-01T00:/);
});

test.each<[string, unknown, RegExp]>([
  ['nothing', {}, /give advance .*, set .* or freeze/],
  ['no body', '', /give advance/],
  ['a duration without a unit', { advance: '31' }, /is not a duration; write for example 500ms/],
  ['a duration that is an object', { advance: {} }, /advance must be text or a number/],
  ['no instant', { set: 'tomorrow' }, /is no instant; write ISO 8601/],
  ['an instant without its zone', { set: '2030-01-01T00:00:00' }, /is no instant/],
  ['a day that is not', { set: '2030-13-41' }, /is no instant/],
  ['an instant that is a list', { set: [] }, /set must be text or a number/],
  ['an instant beyond the calendar', { set: 1e300 }, /from the year 1970 to the year 9998/],
  ['an advance beyond the calendar', { advance: 1e15 }, /from the year 1970 to the year 9998/],
  ['an advance to before 1970', { advance: '-30000d' }, /from the year 1970 to the year 9998/],
  ['freeze that is no boolean', { freeze: 'yes' }, /freeze must be true or false/],
  ['an instant that is none, with freeze', { set: 1e300, freeze: true }, /from the year 1970/],
  ['set and advance at once', { set: 0, advance: 1 }, /either set or advance/],
])('%s is 400 and moves nothing', async (_title, body, message) => {
  await using mock = createCloudauthMock({ clock: { now: () => Date.UTC(2026, 0, 1) } });
  const reply = await clock(mock, body);
  expect([reply.status, reply.json.error]).toEqual([400, expect.stringMatching(message)]);
  expect((await clock(mock)).json).toMatchObject({ now: '2026-01-01T00:00:00.000Z', frozen: false });
});

test.each(['advance', 'set'] as const)('the programmatic %s refuses the same', async (verb) => {
  await using mock = createCloudauthMock();
  await expect(mock.clock[verb](1e300)).rejects.toThrow(RangeError);
});

test('at the last day of the calendar every operation still answers', async () => {
  await using mock = createCloudauthMock();
  await clock(mock, { set: '9998-12-31T23:59:59Z' });
  const init = await call(mock, faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: 'c' }));
  const token = await call(mock, cloudauth2019('DescribeOssUploadToken'));
  expect([await openTask(mock), init.json.Code, token.status]).toEqual([expect.any(String), 200, 200]);
});
