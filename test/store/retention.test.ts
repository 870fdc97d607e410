/** What is over goes once there is enough of it, the oldest first; then it answers as what never was. */
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import type { Database } from '../../src/store/database.js';
import { RINGS } from '../../src/store/over.js';
import { retention } from '../../src/store/retention.js';
import { call, cloudauth2019 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { oss, stsOf } from '../support/oss.js';
import { getStatus, openTask } from '../support/tasks.js';

const keeping = (keep: number, more: MockOptions = {}) => createCloudauthMock({ keep, device: 'manual', ...more });
/** It is done beside the calls. */
const soon = (condition: () => Promise<void>) => vi.waitFor(condition, { timeout: 30_000, interval: 20 });

/** One after the other: a call takes less than the millisecond in which two would be equally old. */
async function ended(mock: CloudauthMock, ...tickets: string[]): Promise<void> {
  for (const ticket of tickets) {
    await openTask(mock, 'RPMin', ticket);
    await mock.verifications.pass(ticket);
    await mock.clock.advance('1s');
  }
}
const names = async (mock: CloudauthMock) => (await mock.verifications.list()).map(({ id }) => id);
const build = async (mock: CloudauthMock): Promise<string> =>
  (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://apps.example.com/a.apk' }))).json.TaskId;
const told = async (mock: CloudauthMock, ticket: string) => {
  const { RequestId: _, ...answer } = (await getStatus(mock, 'RPMin', ticket)).json;
  return answer;
};

test('the one that ended first goes first, not the one that began first', async () => {
  await using mock = keeping(2);
  await openTask(mock, 'RPMin', 'long');
  await ended(mock, 'a', 'b');
  await mock.verifications.pass('long');
  await soon(async () => expect(await names(mock)).toEqual(['b', 'long']));
});

test('one under way stays, however many ended after it', async () => {
  await using mock = keeping(1);
  await openTask(mock, 'RPMin', 'under-way');
  await ended(mock, 'a', 'b', 'c');
  await soon(async () => expect(await names(mock)).toEqual(['c', 'under-way']));
});

test('what is gone answers as what never was', async () => {
  await using mock = keeping(1);
  await ended(mock, 'a', 'b');
  const unknown = await told(mock, 'never-was');
  await soon(async () => expect(await told(mock, 'a')).toEqual(unknown));
});

test('a task goes with all its tokens, and what was uploaded with them', async () => {
  await using mock = keeping(1);
  const first = await stsOf(mock, 'a');
  await oss(mock, first, 'PUT', `${first.path}face.jpg`, { body: 'face' });
  const second = await stsOf(mock, 'a');
  await mock.verifications.pass('a');
  await ended(mock, 'b');
  await soon(async () => {
    const answers = [await oss(mock, first, 'GET', `${first.path}face.jpg`), await oss(mock, second, 'GET', 'x')];
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      expect.stringContaining('<Code>InvalidAccessKeyId</Code>'),
      expect.stringContaining('<Code>InvalidAccessKeyId</Code>'),
    ]);
  });
});

test('a task that goes on with a fresh token is under way', async () => {
  await using mock = keeping(1);
  await openTask(mock, 'RPMin', 'again');
  await mock.verifications.fail('again');
  const token = await openTask(mock, 'RPMin', 'again');
  await ended(mock, 'a', 'b');
  await soon(async () => expect(await names(mock)).not.toContain('a'));
  await expect(mock.verifications.pass(token)).resolves.toBeUndefined();
});

test('of those that nobody ended in time the latest stay', async () => {
  await using mock = keeping(2);
  for (const ticket of ['a', 'b', 'c']) await openTask(mock, 'RPMin', ticket);
  await mock.clock.advance('31m');
  await openTask(mock, 'RPMin', 'd');
  await soon(async () => expect(await names(mock)).toEqual(['d', 'c']));
});

test('with --keep 0 all stay', async () => {
  await using mock = keeping(0);
  await ended(mock, 'a', 'b', 'c');
  expect(await names(mock)).toEqual(['c', 'b', 'a']);
});

test('a start that keeps fewer removes what is too much, in more than one step', async () => {
  await using folder = await scratch();
  const db = `${folder.path}/state.db`;
  {
    await using mock = keeping(0, { db });
    await ended(mock, ...Array.from({ length: 150 }, (_, n) => `t${n}`));
  }
  await using mock = keeping(3, { db });
  await ended(mock, 'last');
  await soon(async () => expect(await names(mock)).toEqual(['last', 't149', 't148']));
});

test('keys whose time is over, and builds, go likewise', async () => {
  await using mock = keeping(1);
  const [build1, build2] = [await build(mock), await build(mock)];
  const upload = async () => (await call(mock, cloudauth2019('DescribeOssUploadToken'))).json.OssUploadToken;
  const keys = [await upload()];
  // of those that end at one instant either may be the older
  await mock.clock.advance('1s');
  keys.push(await upload());
  await mock.clock.advance('31m');
  await upload();
  const put = async ({ Key, Secret, Token, Bucket, Path }: Record<string, string>) => {
    const sts = { accessKeyId: Key!, secret: Secret!, token: Token!, bucket: Bucket!, path: Path! };
    return /<Code>(.+)<\/Code>/.exec(await (await oss(mock, sts, 'PUT', `${Path}/a`, { body: 'a' })).text())?.[1];
  };
  await soon(async () => expect(await put(keys[0])).toBe('InvalidAccessKeyId'));
  expect(await put(keys[1])).toBe('SecurityTokenExpired');
  const asked = async (TaskId: string) => (await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }))).json;
  expect((await asked(build1)).Code).toBe((await asked('0'.repeat(20))).Code);
  expect((await asked(build2)).TaskId ?? (await asked(build2)).SdkUrl).toBeDefined();
});

test.each(Array.from({ length: 12 }, (_, moments) => moments))(
  'what comes %i moments before the end of a look is looked at',
  async (moments) => {
    let asked = 0;
    let lastAsked = (): void => {};
    const database = {
      async get() {
        if (++asked === RINGS.length) lastAsked();
        return { n: 0 };
      },
    };
    const { touched } = retention({
      database: database as unknown as Database,
      ...{ keep: 1, fresh: false, closing: new AbortController().signal, now: () => 0, freed: async () => {} },
      beside: (work) => void work(),
    });
    const came = new Promise<void>((resolve) => {
      lastAsked = async () => {
        for (let moment = 0; moment < moments; moment++) await undefined;
        touched('default');
        resolve();
      };
    });
    touched('default');
    await came;
    await setImmediate();
    expect(asked).toBe(2 * RINGS.length);
  },
);
