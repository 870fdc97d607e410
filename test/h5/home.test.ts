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
  ['/', '_mock/console'],
  ['/?lang=en', '_mock/console?lang=en'],
])('%s leads a browser to the console', async (path, location) => {
  const { status, headers } = await get(path, BROWSER);
  expect([status, headers.location]).toEqual([302, location]);
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
  ['/_mock', '_mock/console'],
  ['/_mock/?lang=en', 'console?lang=en'],
])('%s leads a browser to %s', async (path, location) => {
  const { status, headers } = await get(path, BROWSER);
  expect([status, headers.location]).toEqual([302, location]);
});

test.each(['/_mock', '/_mock/'])('%s tells a program what there is', async (path) => {
  const { status, json } = await get(path);
  expect([status, json.paths]).toEqual([200, expect.arrayContaining(['GET /_mock/requests', 'POST /_mock/reset'])]);
});

describe('who is not let in is told how to be', () => {
  /** Follows a browser from the base URL. */
  const shown = async (options: MockOptions, headers: Record<string, string> = {}, lang = 'en') => {
    await using wide = await createCloudauthMock({ port: 0, ...options }).listen();
    const ask = (path: string) =>
      sendRaw(wide.url, request(`GET ${path}`, { Host: 'localhost', ...BROWSER, ...headers }));
    const { status, body } = await ask(`/${(await ask(`/?lang=${lang}`)).headers.location}`);
    return { status, body, url: wide.url };
  };

  test.each([
    ['zh', '怎样打开'],
    ['en', 'How to be let in'],
  ])('in %s', async (lang, said) => {
    const { status, body } = await shown({ host: '0.0.0.0' }, {}, lang);
    expect([status, body.includes(said)]).toEqual([403, true]);
  });

  test('bound to every address: by a token', async () => {
    expect((await shown({ host: '0.0.0.0' })).body).toContain('cloudauth-mock --host 0.0.0.0 --admin-token TOKEN');
  });

  test('called by another name: by the address on this machine, or by letting that name in', async () => {
    const { status, body, url } = await shown({}, { Host: 'pc.example:1234' });
    expect([status, body.includes(`href="${url}/_mock/console?lang=en"`)]).toEqual([403, true]);
    expect(body).toContain('cloudauth-mock --allowed-host pc.example<');
  });

  test('with a token: by giving it as the password', async () => {
    const { status, body } = await shown(
      { host: '0.0.0.0', adminToken: 'secret' },
      { Authorization: `Basic ${btoa(':other')}` },
    );
    expect([status, body.includes('as the password the value of --admin-token')]).toEqual([401, true]);
  });

  test('in a frame of another site: by opening the address itself', async () => {
    const { status, body } = await shown({}, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe' });
    expect([status, body.includes('Open the address itself')]).toEqual([403, true]);
  });

  test('a name that is markup is text', async () => {
    const { body } = await shown({}, { Host: '"><img/src=x>' });
    expect(body).not.toContain('<img');
  });

  test('with an allowed host, and with the token, the console opens', async () => {
    const wide = { host: '0.0.0.0' };
    const seen = [
      await shown({ ...wide, allowedHosts: ['pc.example'] }, { Host: 'pc.example' }),
      await shown({ ...wide, adminToken: 'secret' }, { Authorization: `Basic ${btoa(':secret')}` }),
    ];
    expect(seen.map(({ status, body }) => [status, body.includes('console/script')])).toEqual([
      [200, true],
      [200, true],
    ]);
  });
});
