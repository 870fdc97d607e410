/** Which web pages may call the gateway: its key is printed, and its answers may be read by any page. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, signedParams } from '../support/call.js';
import { request, sendRaw } from '../support/raw.js';

const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();
const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');
const ask = (url: string, headers: Record<string, string>) =>
  sendRaw(url, request(`GET /?${signedParams(UPLOAD_TOKEN, { method: 'GET' })}`, { Host: 'localhost', ...headers }));
const preflight = (url: string, Origin: string) =>
  sendRaw(url, request('OPTIONS /', { Host: 'localhost', Origin, 'Access-Control-Request-Method': 'POST' }));
const HERE = [
  ...['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:5173', 'http://app.localhost:3000', 'null'],
  ...['http://10.1.2.3', 'http://172.16.0.1:8080', 'http://192.168.1.7', 'http://169.254.3.4', 'http://[fd00::7]'],
  'capacitor://localhost',
];
const ELSEWHERE = [
  ...['https://evil.example', 'http://localhost.evil.example', 'http://172.32.0.1', 'http://11.0.0.1', 'nonsense'],
  ...[
    'http://10.1.2.3.evil.example',
    'http://[2001:db8::1]',
    'chrome-extension://abcdef',
    'http://a, http://localhost',
  ],
];

test.each(HERE)('a page of %s may call, and its preflight says so', async (Origin) => {
  await using mock = await listening();
  const replies = [await ask(mock.url, { Origin }), await preflight(mock.url, Origin)];
  expect(replies.map(({ status, headers }) => [status, headers['access-control-allow-origin']])).toEqual([
    [200, '*'],
    [200, '*'],
  ]);
});

test.each(ELSEWHERE)('a page of %s is refused with a hint, and its preflight says so', async (Origin) => {
  await using mock = await listening();
  const replies = [await ask(mock.url, { Origin }), await preflight(mock.url, Origin)];
  const told = `A web page of ${Origin} may not call this emulator: start it with --allowed-origin ${Origin} to let it`;
  for (const { status, headers } of replies) {
    expect([status, headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(headers['x-cloudauth-mock-hint']).toContain(told);
  }
  expect(replies[0]?.json.error).toContain(told);
});

test('a refused call has done nothing', async () => {
  await using mock = await listening();
  const params = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' });
  await call({ fetch }, params, { url: `${mock.url}/`, headers: { origin: 'https://evil.example' } });
  expect(await mock.verifications.list()).toEqual([]);
});

test.each([
  ['the host the emulator was reached by', {}, { Host: 'emulator.test:4520', Origin: 'https://emulator.test' }],
  ['the host of --public-url', { publicUrl: 'https://public.test/x' }, { Origin: 'https://public.test' }],
  ['an --allowed-host', { allowedHosts: ['ci.test'] }, { Origin: 'http://ci.test:3000' }],
  ['an --allowed-origin', { allowedOrigins: ['https://App.example.com/'] }, { Origin: 'https://app.example.com' }],
  ['an extension that is let in', { allowedOrigins: ['chrome-extension://abc'] }, { Origin: 'chrome-extension://abc' }],
  ['any page, with *', { allowedOrigins: ['*'] }, { Origin: 'https://evil.example' }],
])('a page of %s may call', async (_title, options, headers) => {
  await using mock = await listening(options);
  expect((await ask(mock.url, headers)).status).toBe(200);
});

test('an allowed origin lets in no other port or scheme', async () => {
  await using mock = await listening({ allowedOrigins: ['https://app.example.com'] });
  const origins = ['https://app.example.com:8443', 'http://app.example.com'];
  const replies = await Promise.all(origins.map((Origin) => ask(mock.url, { Origin })));
  expect(replies.map(({ status }) => status)).toEqual([403, 403]);
});

test('a page uploads with a credential of ours from wherever it is', async () => {
  await using mock = await listening();
  const { json } = await call({ fetch }, UPLOAD_TOKEN, { url: `${mock.url}/` });
  const { Bucket } = json.OssUploadToken;
  const headers = { Origin: 'https://evil.example', Host: 'localhost' };
  const asked = { ...headers, 'Access-Control-Request-Method': 'PUT' };
  const replies = [
    await sendRaw(mock.url, request(`OPTIONS /${Bucket}/a.jpg`, asked)),
    await sendRaw(mock.url, request(`PUT /${Bucket}/a.jpg`, { ...headers, Authorization: 'OSS a:b' })),
  ];
  // the second is refused for its key, not for its page
  expect(replies.map(({ status, headers }) => [status, headers['access-control-allow-origin']])).toEqual([
    [200, '*'],
    [403, '*'],
  ]);
});

test('in process nothing is asked', async () => {
  await using mock = createCloudauthMock();
  expect((await call(mock, UPLOAD_TOKEN, { headers: { origin: 'https://evil.example' } })).status).toBe(200);
});

describe('an --allowed-origin that is none is refused', () => {
  test.each(['app.example.com', 'https://a.example/path', 'https://', 'https://a b'])('%s', (value) => {
    expect(() => createCloudauthMock({ allowedOrigins: [value] })).toThrow(/is no origin; write it as https:/);
  });
});
