/** Who decides when several could: a tester's word, then a scenario, then a magic value, then the simulated person. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type ScenarioRule } from '../../src/index.js';
import { open, pageUrl, post, walk } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getStatus } from '../support/tasks.js';

interface Case {
  readonly url: string;
  readonly id: string;
  /** 1 passed, 2 failed, 0 neither. */
  ended(): Promise<0 | 1 | 2>;
}
const MAGIC = '测试不通过';
const PRODUCTS: readonly [what: string, on: string, start: (mock: CloudauthMock, name?: string) => Promise<Case>][] = [
  [
    'Cloudauth',
    'cloudauth/*/GetStatus',
    async (mock, Name = '李三') => ({
      url: await pageUrl(mock, {}, { Binding: JSON.stringify({ Name }) }),
      id: 'ticket',
      ended: async () =>
        ({ '-1': 0, '1': 1, '2': 2 })[String((await getStatus(mock, 'RPBasic')).json.Data.StatusCode)] as 0,
    }),
  ],
  [
    'SAF',
    'saf/*/face_verify.queryH5',
    async (mock, name = '李三') => {
      const started = await startH5(mock, { name });
      const codes: Record<number, 0 | 1> = { 300: 0, 200: 1 };
      return {
        url: started.url,
        id: started.zimId,
        ended: async () => codes[(await queryH5(mock, started)).Code] ?? 2,
      };
    },
  ],
];

describe.each(PRODUCTS)('%s, with its page open', (_what, on, start) => {
  const order = (mock: CloudauthMock, outcome: ScenarioRule['then']['outcome']) =>
    mock.scenarios.add({ rules: [{ on, then: { outcome } }] });

  test('a tester’s word goes before a scenario', async () => {
    await using mock = createCloudauthMock();
    await order(mock, 'fail');
    const { url, id, ended } = await start(mock);
    await open(mock, url);
    await mock.verifications.pass(id);
    expect(await ended()).toBe(1);
  });

  test('a word chosen on the page goes before a scenario', async () => {
    await using mock = createCloudauthMock();
    await order(mock, 'fail');
    const { url, ended } = await start(mock);
    await open(mock, url);
    await post(mock, url, { end: 'pass' });
    expect(await ended()).toBe(1);
  });

  test('a tester’s word goes before a magic value', async () => {
    await using mock = createCloudauthMock();
    const { url, id, ended } = await start(mock, MAGIC);
    await open(mock, url);
    await mock.verifications.pass(id);
    expect(await ended()).toBe(1);
  });

  test('a scenario goes before a magic value', async () => {
    await using mock = createCloudauthMock();
    await order(mock, 'pass');
    const { url, ended } = await start(mock, MAGIC);
    await open(mock, url);
    expect(await ended()).toBe(1);
  });

  test('a magic value waits for the person on the page', async () => {
    await using mock = createCloudauthMock();
    const { url, ended } = await start(mock, MAGIC);
    await open(mock, url);
    expect(await ended()).toBe(0);
  });

  test('what the person hands in ends as the magic value says', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { url, ended } = await start(mock, MAGIC);
    const frame = Buffer.from('ffd8ffe0', 'hex').toString('base64');
    if (url.includes('/gjj/')) await post(mock, url, { frame });
    else await walk(mock, url);
    expect(await ended()).toBe(2);
  });
});
