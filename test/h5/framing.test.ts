/** Who may put a page into a frame of theirs: nobody but pages of this machine, so that no click can be stolen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { open, pageUrl, post, walk } from '../support/h5.js';
import { listening } from '../support/sdk.js';

let mock: CloudauthMock;
let guarded: CloudauthMock;
beforeAll(async () => {
  mock = createCloudauthMock({ device: 'manual' });
  guarded = await listening({ adminToken: 'secret' });
});
afterAll(() => Promise.all([mock.close(), guarded.close()]));

type Shown = { readonly status: number; readonly headers: Headers };
const HTML = { accept: 'text/html' };
const here = (path: string) => `http://127.0.0.1${path}`;
const asked = (path: string) => fetch(`${guarded.url}${path}`, { headers: HTML });

const PAGES: readonly [what: string, status: number, get: () => Promise<Shown>][] = [
  ['a screen of the Cloudauth page', 200, async () => open(mock, await pageUrl(mock))],
  ['a form with an unknown ending', 400, async () => post(mock, await pageUrl(mock), { end: 'win' })],
  ['a Cloudauth page with an unknown ending', 400, async () => open(mock, await pageUrl(mock, { auto: 'win' }))],
  ['a Cloudauth page with an unknown token', 200, () => open(mock, here('/user_verify/cloudauth.html?token=x'))],
  [
    'a Cloudauth page with a target it may not lead to',
    200,
    async () => open(mock, await pageUrl(mock, { successRedirect: 'https://elsewhere.example/' })),
  ],
  [
    'the result',
    200,
    async () => {
      const url = await pageUrl(mock, {}, { TicketId: 'walked' });
      return open(mock, await walk(mock, url));
    },
  ],
  ['the example merchant', 200, () => open(mock, here('/demo/saf.html'))],
  ['the phone', 200, () => open(mock, here('/_mock/phone'))],
  ['the phone that refuses', 400, () => post(mock, here('/_mock/phone'))],
  ['the phone that asks for its token', 401, () => asked('/_mock/phone')],
  ['the merchant that asks for its token', 401, () => asked('/demo/saf.html')],
];

test.each(PAGES)('%s (%i) is framed by this machine’s pages alone', async (_what, status, get) => {
  const shown = await get();
  const policy = (shown.headers.get('content-security-policy') ?? '').split('; ');
  expect([shown.status, shown.headers.get('content-type')]).toEqual([status, expect.stringContaining('text/html')]);
  expect(policy.filter((rule) => rule.startsWith('frame-ancestors'))).toEqual([
    "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*",
  ]);
});
