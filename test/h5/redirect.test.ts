import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { readTarget } from '../../src/pages/cloudauth/redirect.js';
import { JPEG, open, pageUrl, post, walk } from '../support/h5.js';
import { getStatus } from '../support/tasks.js';

const kindOf = (value: string) => readTarget(value, 'Page.test:4520', ['shop.example']).kind;

test.each([
  'http://127.0.0.1:3000/done?a=1&b=2#c',
  'https://localhost/done',
  'http://merchant.localhost:3000/',
  'http://[::1]:3000/',
  'http://127.8.9.10/',
  'HTTP://LOCALHOST/',
  'http://page.test/',
  'https://page.test:9999/done',
  'https://shop.example/完成',
])('%s is followed', (value) => {
  expect(readTarget(value, 'Page.test:4520', ['shop.example'])).toMatchObject({
    kind: 'web',
    url: new URL(value).href,
  });
});

test.each(['/pages/index/index', '/pages/index/index?id=1', '/'])('%s is a page of a mini program', (value) => {
  expect(readTarget(value, 'page.test', [])).toEqual({ kind: 'mini-program', path: value });
});

test.each([
  'https://evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://localhost.evil.example/',
  'http://evil.example/127.0.0.1',
  'http://evil.example#@127.0.0.1/',
  'http://evil.example?@127.0.0.1/',
  'http://127.0.0.1@evil.example/',
  'http://user@127.0.0.1/',
  'http://user:password@127.0.0.1/',
  'http://notpage.test/',
  'http://page.test.evil.example/',
  'http://sub.shop.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/pages\\..\\index',
  'http:\\\\evil.example',
  'http:/evil.example',
  'http:evil.example',
  'http:127.0.0.1/',
  'http://evillocalhost/',
  'http:///evil.example',
  'http://',
  'http://[',
  '/\t/evil.example',
  '\t//evil.example',
  'ht\ntp://127.0.0.1/',
  'http://127.0.0.1/\r\nSet-Cookie: a=b',
  ' http://127.0.0.1/',
  'http://127.0.0.1/\0',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'ftp://127.0.0.1/',
  'blob:http://127.0.0.1/x',
  'weixin://pages/index',
  'pages/index/index',
  'example',
])('%j is refused', (value) => {
  expect(kindOf(value)).toBe('refused');
});

const OK = 'http://127.0.0.1:9/ok?order=1';
const NO = 'http://localhost:9/no';
const both = { successRedirect: OK, failRedirect: NO };

test.each([
  ['pass', OK],
  ['mismatch', NO],
])('?auto=%s leads straight to %s', async (auto, target) => {
  await using mock = createCloudauthMock();
  const { status, location } = await open(mock, await pageUrl(mock, { ...both, auto }));
  expect([status, location]).toEqual([302, target]);
});

test.each(['quit', 'expire'])('?auto=%s is neither: the page stays', async (auto) => {
  await using mock = createCloudauthMock();
  const { location } = await open(mock, await pageUrl(mock, { ...both, auto }));
  expect(new URL(location!).pathname).toBe('/user_verify/result.html');
});

test('a walk ends at successRedirect', async () => {
  await using mock = createCloudauthMock();
  expect(await walk(mock, await pageUrl(mock, both))).toBe(OK);
});

test.each(['GUIDE', 'ID_PHOTO_BACK'])('a second tap on %s leads where the first one did', async (step) => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { ...both, step });
  await mock.verifications.pass('ticket');
  expect((await post(mock, url, { IdCardBackPic: JPEG.toString('base64') })).location).toBe(OK);
});

test('two windows that end it at once both lead there', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, both);
  const ends = await Promise.all([post(mock, url, { end: 'pass' }), post(mock, url, { end: 'pass' })]);
  expect(ends.map(({ location }) => location)).toEqual([OK, OK]);
});

test('who leaves when the task has failed before stays on the result page', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, both);
  await mock.verifications.fail('ticket');
  expect(new URL((await post(mock, url, { end: 'quit' })).location!).pathname).toBe('/user_verify/result.html');
});

test('only the redirect of the ending counts: a failure without failRedirect stays on the result page', async () => {
  await using mock = createCloudauthMock();
  const { location } = await post(mock, await pageUrl(mock, { successRedirect: OK }), { end: 'blurred' });
  expect(new URL(location!).pathname).toBe('/user_verify/result.html');
});

test('forms may lead to the origins of the redirects, and to no others', async () => {
  await using mock = createCloudauthMock();
  const { headers } = await open(mock, await pageUrl(mock, { ...both, failRedirect: 'http://evil.example' }));
  expect(headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9;");
});

test('an IPv6 host has no name in a policy: forms may lead to its scheme', async () => {
  await using mock = createCloudauthMock();
  const { headers } = await open(mock, await pageUrl(mock, { successRedirect: 'http://[::1]:9/ok' }));
  expect(headers.get('content-security-policy')).toContain("form-action 'self' http:;");
});

test('a refused redirect is said on the page, and the ending stays here', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { successRedirect: 'https://evil.example/' });
  const { text } = await open(mock, url);
  const done = await open(mock, `${url}&auto=pass`);
  const result = await open(mock, done.location!);
  expect([text, result.text].map((each) => each.includes('--redirect-host evil.example'))).toEqual([true, true]);
  expect(new URL(done.location!).hostname).toBe('h5.m.taobao.com');
  expect(result.text).not.toContain('href="https://evil.example');
});

test('--redirect-host lets one in', async () => {
  await using mock = createCloudauthMock({ redirectHosts: ['evil.example'] });
  const { location } = await open(
    mock,
    await pageUrl(mock, { successRedirect: 'https://evil.example/', auto: 'pass' }),
  );
  expect(location).toBe('https://evil.example/');
});

test('the host of --public-url is one redirects may lead to, whatever a proxy calls this one', async () => {
  await using mock = createCloudauthMock({ publicUrl: 'https://mock.example' });
  const url = await pageUrl(mock, { successRedirect: 'https://mock.example/ok', auto: 'pass' });
  const { location } = await open(mock, url.replace('https://mock.example/', 'http://inner.test/'));
  expect(location).toBe('https://mock.example/ok');
});

test('a mini-program path is shown, never followed', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { successRedirect: '/pages/index/index', auto: 'pass' });
  const { location } = await open(mock, url);
  const { text } = await open(mock, location!);
  expect([new URL(location!).pathname, text.includes('<code>/pages/index/index</code>')]).toEqual([
    '/user_verify/result.html',
    true,
  ]);
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(1);
});
