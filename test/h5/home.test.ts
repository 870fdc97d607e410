/** What a browser finds at the base URL; SDKs find the gateway there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { request, sendRaw } from '../support/raw.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0 }).listen();
});
afterAll(() => mock.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  sendRaw(mock.url, request(`GET ${path}`, { Host: 'localhost', ...headers }));
const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test.each([
  ['zh', '模拟手机'],
  ['en', 'Simulated phone'],
])('in %s it leads to the phone and the demo', async (lang, said) => {
  const ways = [await get(`/?lang=${lang}`, BROWSER), await get('/', { ...BROWSER, 'Accept-Language': lang })];
  expect(ways.map(({ status, body }) => [status, body.includes(said), body.includes('href="demo/saf.html')])).toEqual([
    [200, true, true],
    [200, true, true],
  ]);
});

test.each<[string, string, Record<string, string>]>([
  ['without Accept', '/', {}],
  ['that asks for JSON', '/', { Accept: 'application/json' }],
  ['with a query', '/?Action=GetStatus', BROWSER],
  ['of ACS3', '/', { ...BROWSER, 'x-acs-action': 'GetStatus' }],
])('a GET %s is the gateway’s', async (_what, path, headers) => {
  expect((await get(path, headers)).status).toBe(400);
});

test('a browser’s wish for an icon is no call', async () => {
  expect((await get('/favicon.ico')).status).toBe(204);
});

test.each([
  ['/demo', 'demo/saf.html'],
  ['/demo/', 'saf.html'],
  ['/demo?lang=en', 'demo/saf.html?lang=en'],
  ['/_mock', '_mock/phone'],
  ['/_mock/?lang=en', 'phone?lang=en'],
])('%s leads a browser to %s', async (path, location) => {
  const { status, headers } = await get(path, BROWSER);
  expect([status, headers.location]).toEqual([302, location]);
});

test.each(['/_mock', '/_mock/'])('%s tells a program what there is', async (path) => {
  const { status, json } = await get(path);
  expect([status, json.paths]).toEqual([200, expect.arrayContaining(['GET /_mock/requests', 'POST /_mock/reset'])]);
});

describe('no link that would be refused', () => {
  const linksOf = async (options: MockOptions, Host = 'localhost', lang = 'en') => {
    await using wide = await createCloudauthMock({ port: 0, ...options }).listen();
    const { body } = await sendRaw(wide.url, request(`GET /?lang=${lang}`, { ...BROWSER, Host }));
    const links = [...body.matchAll(/<li><a href="([^"?]+)/g)].map(([, href]) => href!);
    const followed = await Promise.all(
      links.map((href) => sendRaw(wide.url, request(`GET /${href}`, { ...BROWSER, Host }))),
    );
    return { links: links.length, statuses: new Set(followed.map(({ status }) => status)), body };
  };

  test('bound to every address there is none, and why', async () => {
    const { links, body } = await linksOf({ host: '0.0.0.0' });
    expect([links, /bound to 0\.0\.0\.0.*--admin-token/.test(body)]).toEqual([0, true]);
  });

  test('called by a name that is not let in there is none, and why', async () => {
    const { links, body } = await linksOf({}, 'pc.example');
    expect([links, body.includes('pc.example')]).toEqual([0, true]);
  });

  test('with a token there are those that ask for it', async () => {
    const { links, statuses } = await linksOf({ host: '0.0.0.0', adminToken: 'secret' });
    expect([links, [...statuses]]).toEqual([3, [401]]);
  });

  test('with an allowed host there are all', async () => {
    const { links, statuses } = await linksOf({ host: '0.0.0.0', allowedHosts: ['pc.example'] }, 'pc.example');
    expect([links, [...statuses]]).toEqual([5, [200]]);
  });
});
