/** With --admin-token, what a person opens in a browser: a browser sends no Bearer, so it is asked for a password. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { request, sendRaw } from '../support/raw.js';
import { SAF_PERSON } from '../support/scenario.js';

const TOKEN = 'geheim: ü';
const basic = (password: string, user = '') => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0, adminToken: TOKEN, device: 'manual' }).listen();
});
afterAll(() => mock.close());

const FORM = new URLSearchParams({ ...SAF_PERSON, id: 'nobody', end: 'pass' }).toString();
const ask = (line: string, headers: Record<string, string> = {}) => {
  const body = line.startsWith('POST') ? FORM : '';
  const posted = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) };
  return sendRaw(mock.url, request(line, { Host: 'emu.test:1', ...posted, ...headers }, body));
};
/** What each route answers to a caller who may. */
const ROUTES: readonly [line: string, status: number][] = [
  ['GET /_mock/phone', 200],
  ['POST /_mock/phone', 404],
  ['GET /demo/saf.html', 200],
  ['POST /demo/init', 200],
  ['POST /demo/query', 200],
];

describe.each(ROUTES)('%s', (line, status) => {
  test.each<[what: string, headers: Record<string, string>]>([
    ['the token as password', { Authorization: basic(TOKEN) }],
    ['the token as password of anybody', { Authorization: basic(TOKEN, 'me') }],
    ['the password from its own page', { Authorization: basic(TOKEN), Origin: 'http://emu.test:1' }],
    ['the password from its own page behind TLS', { Authorization: basic(TOKEN), Origin: 'https://EMU.test:1' }],
    ['the scheme in lower case', { Authorization: basic(TOKEN).replace('Basic', 'basic') }],
  ])('%s is let in', async (_what, headers) => {
    expect((await ask(line, headers)).status).toBe(status);
  });

  test.each<[what: string, headers: Record<string, string>]>([
    ['nothing', {}],
    ['another password', { Authorization: basic('other') }],
    ['the token as user name', { Authorization: basic('', TOKEN) }],
    ['no colon', { Authorization: `Basic ${Buffer.from(TOKEN).toString('base64')}` }],
    ['an empty password', { Authorization: 'Basic Og==' }],
    ['no base64', { Authorization: 'Basic !' }],
  ])('%s is asked for the password', async (_what, headers) => {
    const reply = await ask(line, headers);
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="cloudauth-mock"']);
  });

  test.each(['http://evil.test', 'null', 'http://emu.test', 'http://emu.test:2', 'http://localhost:1', 'emu.test:1'])(
    'the password a browser resends for a page of %s does not count',
    async (Origin) => {
      const reply = await ask(line, { Authorization: basic(TOKEN), Origin });
      expect([reply.status, reply.headers['www-authenticate']]).toEqual([403, undefined]);
    },
  );

  test('a wrong Bearer is refused, not asked', async () => {
    const reply = await ask(line, { Authorization: 'Bearer other' });
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([403, undefined]);
  });
});

test.each([
  ['GET /_mock/clock', 200],
  ['GET /_mock/verifications', 200],
  ['GET /_mock', 200],
  ['GET /_mock/phones', 404],
  ['GET /_mock/phone/x', 404],
])('%s takes the password that the console was opened with, and asks for none', async (line, status) => {
  const replies = [await ask(line), await ask(line, { Authorization: basic(TOKEN) })];
  expect(replies.map(({ status, headers }) => [status, headers['www-authenticate']])).toEqual([
    [403, undefined],
    [status, undefined],
  ]);
});

test.each([
  ['a wrong password', { Authorization: basic('other') }],
  ['a page of another origin', { Authorization: basic(TOKEN), Origin: 'http://localhost:1' }],
  ['a frame of another site', { Authorization: basic(TOKEN), 'Sec-Fetch-Site': 'cross-site' }],
])('the control side does not take it from %s', async (_whom, headers) => {
  const reply = await ask('POST /_mock/reset', headers);
  expect([reply.status, reply.headers['www-authenticate']]).toEqual([403, undefined]);
});

test('without --admin-token a password changes nothing', async () => {
  await using open = await createCloudauthMock({ port: 0 }).listen();
  const seen = ['localhost', 'evil.test'].map(
    async (Host) => (await sendRaw(open.url, request('GET /_mock/phone', { Host, Authorization: basic('x') }))).status,
  );
  expect(await Promise.all(seen)).toEqual([200, 403]);
});

test.each([
  ['zh', '请以 --admin-token 的值作为密码'],
  ['en', 'give the admin token as the password'],
])('in %s a wrong password is asked for again, in a page', async (lang, said) => {
  const reply = await ask(`GET /_mock/phone?lang=${lang}`, { Authorization: basic('wrong'), Accept: 'text/html' });
  expect([reply.status, reply.headers['www-authenticate'], reply.body.includes(said)]).toEqual([
    401,
    'Basic realm="cloudauth-mock"',
    true,
  ]);
});
