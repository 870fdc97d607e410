/** Who only looks at an address ends nothing and opens nothing: HEAD, and a browser that fetches ahead of the person. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { certifyUrl, describe as result } from '../support/face.js';
import { pageUrl } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getStatus } from '../support/tasks.js';

interface Start {
  readonly url: string;
  /** Whether it has ended, by anybody. */
  ended(): Promise<boolean>;
}

const PAGES: readonly [what: string, start: (mock: CloudauthMock) => Promise<Start>][] = [
  [
    'Cloudauth',
    async (mock) => ({
      url: await pageUrl(mock),
      ended: async () => (await getStatus(mock, 'RPBasic')).json.Data.StatusCode !== -1,
    }),
  ],
  [
    'SAF',
    async (mock) => {
      const started = await startH5(mock);
      return { url: started.url, ended: async () => (await queryH5(mock, started)).Code !== 300 };
    },
  ],
  [
    'CertifyUrl',
    async (mock) => {
      const url = await certifyUrl(mock);
      const id = new URL(url).searchParams.get('certifyId')!;
      return { url, ended: async () => (await result(mock, id)).json.Code !== '424' };
    },
  ],
];
const LOOKS: readonly [what: string, status: number, init: RequestInit][] = [
  ['HEAD', 200, { method: 'HEAD' }],
  ['a prefetch', 403, { headers: { 'sec-purpose': 'prefetch' } }],
  ['a prerendering', 403, { headers: { 'sec-purpose': 'prefetch;prerender' } }],
  ['a prefetch of an older browser', 403, { headers: { purpose: 'prefetch' } }],
  ['a prefetch of an older Firefox', 403, { headers: { 'x-moz': 'prefetch' } }],
];

describe.each(PAGES)('%s', (_page, start) => {
  test.each(LOOKS)('%s with ?auto=pass ends nothing', async (_look, status, init) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { url, ended } = await start(mock);
    const reply = await mock.fetch(new Request(`${url}&auto=pass`, init));
    expect([reply.status, await ended()]).toEqual([status, false]);
  });

  test.each(LOOKS)('%s opens no page: the simulated person goes on', async (_look, _status, init) => {
    await using mock = createCloudauthMock();
    const { url, ended } = await start(mock);
    await mock.fetch(new Request(url, init));
    expect(await ended()).toBe(true);
  });

  test('the visit after a prefetch ends it', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { url, ended } = await start(mock);
    await mock.fetch(new Request(`${url}&auto=pass`, LOOKS[1]![2]));
    await mock.fetch(new Request(`${url}&auto=pass`));
    expect(await ended()).toBe(true);
  });
});
