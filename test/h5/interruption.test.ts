/** What happens around a person who is on the page: a reset, a snapshot, a clock that stands or leaps. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { open, pageUrl, post } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getStatus } from '../support/tasks.js';

interface Case {
  readonly url: string;
  ended(): Promise<boolean>;
}
interface Product {
  start(mock: CloudauthMock): Promise<Case>;
  readonly unknown: string;
  readonly expired: string;
}
const cloudauth: Product = {
  start: async (mock) => ({
    url: await pageUrl(mock),
    ended: async () => (await getStatus(mock, 'RPBasic')).json.Data?.StatusCode === 1,
  }),
  unknown: '认证token无效或过期',
  expired: '会话已过期或不存在',
};
const saf: Product = {
  async start(mock) {
    const started = await startH5(mock);
    return { url: started.url, ended: async () => (await queryH5(mock, started)).Code === 200 };
  },
  unknown: '会话不存在',
  expired: '会话已过期',
};

describe.each([
  ['Cloudauth', cloudauth],
  ['SAF', saf],
])('%s: while the page is open', (_what, { start, unknown, expired }) => {
  test('a reset takes the verification away, and the page says so', async () => {
    await using mock = createCloudauthMock();
    const { url } = await start(mock);
    await open(mock, url);
    await mock.reset();
    const { status, text } = await post(mock, url, { end: 'pass' });
    expect([status, text.includes(unknown)]).toEqual([200, true]);
  });

  test('after a reset the next verification has its simulated person', async () => {
    await using mock = createCloudauthMock();
    await open(mock, (await start(mock)).url);
    await mock.reset();
    expect(await (await start(mock)).ended()).toBe(true);
  });

  test('a snapshot of before it was opened is one with nobody on the page', async () => {
    await using mock = createCloudauthMock();
    const { url, ended } = await start(mock);
    await mock.snapshots.save('before');
    await open(mock, url);
    const held = await ended();
    await mock.snapshots.restore('before');
    expect([held, await ended()]).toEqual([false, true]);
  });

  test('a snapshot of while it was open still waits for the person, who can go on', async () => {
    await using mock = createCloudauthMock();
    const { url, ended } = await start(mock);
    await open(mock, url);
    await mock.snapshots.save('open');
    await post(mock, url, { end: 'pass' });
    await mock.snapshots.restore('open');
    const waits = await ended();
    await post(mock, url, { end: 'pass' });
    expect([waits, await ended()]).toEqual([false, true]);
  });

  test('a clock that stands holds the page open for as long as it takes', async () => {
    const wall = { now: Date.parse('2026-01-01T00:00:00Z') };
    await using mock = createCloudauthMock({ clock: { now: () => wall.now }, device: 'manual', signature: 'off' });
    const { url, ended } = await start(mock);
    await mock.clock.freeze();
    wall.now += 86_400_000;
    await post(mock, url, { end: 'pass' });
    expect(await ended()).toBe(true);
  });

  test('a leap over its end: the page has expired, and nobody finishes', async () => {
    await using mock = createCloudauthMock();
    const { url, ended } = await start(mock);
    await open(mock, url);
    await mock.clock.freeze();
    await mock.clock.advance('31m');
    const { text } = await post(mock, url, { end: 'pass' });
    expect([text.includes(expired), await ended()]).toEqual([true, false]);
  });
});
