/** What a browser finds at the base URL; SDKs find the gateway there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
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

test('/demo/ leads to the merchant', async () => {
  const { status, headers } = await get('/demo/', BROWSER);
  expect([status, headers.location]).toEqual([302, 'saf.html']);
});
