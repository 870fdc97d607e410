/** Who may use the control side: loopback names, or holders of the token. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { VERSION } from '../../src/platform/version.js';
import { cloudauth2019, signedParams } from '../support/call.js';
import { request, sendRaw } from '../support/raw.js';

const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();
const clock = (url: string, headers: Record<string, string>) => sendRaw(url, request('GET /_mock/clock', headers));
const call = (url: string, Host = 'localhost') =>
  sendRaw(url, request(`GET /?${signedParams(cloudauth2019('DescribeOssUploadToken'), { method: 'GET' })}`, { Host }));

describe('bound to loopback', () => {
  test.each([
    'localhost',
    'localhost:1',
    'LOCALHOST:4520',
    '127.0.0.1',
    '127.0.0.1:4520',
    '127.9.8.7',
    '[::1]',
    '[::1]:80',
  ])('Host %s is let in', async (Host) => {
    await using mock = await listening();
    expect((await clock(mock.url, { Host })).status).toBe(200);
  });

  test.each([
    ...[
      'evil.example',
      'evil.example:4520',
      'localhost.evil.example',
      'evil.example.localhost',
      '127.0.0.1.evil.example',
    ],
    ...['1270.0.0.1', '10.0.0.1', '0.0.0.0', '::1', 'localhost:x', 'localhost@evil.example', ''],
  ])('Host “%s” is refused', async (Host) => {
    await using mock = await listening();
    const reply = await clock(mock.url, { Host });
    expect([reply.status, reply.json.error]).toEqual([403, expect.stringContaining('is not allowed here')]);
  });

  test.each(['http://localhost', 'http://localhost:3000', 'https://127.0.0.1:8443', 'http://[::1]:1'])(
    'Origin %s is let in',
    async (Origin) => {
      await using mock = await listening();
      expect((await clock(mock.url, { Host: 'localhost', Origin })).status).toBe(200);
    },
  );

  test.each([
    'http://evil.example',
    'null',
    'http://localhost.evil.example',
    'file://',
    'nonsense',
    'http://a, http://localhost',
  ])('Origin %s is refused', async (Origin) => {
    await using mock = await listening();
    const reply = await clock(mock.url, { Host: 'localhost', Origin });
    expect([reply.status, reply.json]).toEqual([403, { error: 'a web page of another origin may not use this' }]);
  });

  const EMBEDDED = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' };
  const FOLLOWED = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
  const FRAMED = { ...FOLLOWED, 'Sec-Fetch-Dest': 'iframe' };
  test.each([
    ['a picture in a page of another site', EMBEDDED, 403],
    ['a frame in a page of another site', FRAMED, 403],
    ['a link that somebody follows from there', FOLLOWED, 200],
    ['a page of its own', { ...EMBEDDED, 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['an address that is typed', { ...FOLLOWED, 'Sec-Fetch-Site': 'none' }, 200],
  ])('%s', async (_what, headers, status) => {
    await using mock = await listening();
    expect((await clock(mock.url, { Host: 'localhost', ...headers })).status).toBe(status);
  });

  test('every route is guarded, also one there is not', async () => {
    await using mock = await listening();
    const lines = [
      'GET /_mock',
      'GET /_mock/nope',
      'POST /_mock/reset',
      'OPTIONS /_mock/reset',
      'DELETE /_mock/scenarios',
      'DELETE /_mock/scenarios/scenario-1%231',
      'PUT /_mock/scenarios/scenario-1%231',
      'POST /_mock/scenarios/flaky/on',
    ];
    const replies = await Promise.all(lines.map((line) => sendRaw(mock.url, request(line, { Host: 'evil.example' }))));
    expect(replies.map((reply) => reply.status)).toEqual(lines.map(() => 403));
  });

  test.each([
    '//_mock/reset',
    '/./_mock/reset',
    '/x/../_mock/reset',
    '/%5fmock/reset',
    '/_mock%2freset',
    '\\_mock\\reset',
  ])('another way to write the path, %s, is no way around', async (path) => {
    await using mock = await listening();
    await mock.clock.set('2030-01-01T00:00:00Z');
    await sendRaw(mock.url, request(`POST ${path}`, { Host: 'evil.example', 'Content-Length': '0' }));
    expect(new Date(await mock.clock.now()).getUTCFullYear()).toBe(2030);
  });

  test.each([
    ['http://evil.example/_mock/clock', 'localhost', 403],
    ['http://localhost/_mock/clock', 'evil.example', 200],
    ['http://localhost@evil.example/_mock/clock', 'localhost', 403],
  ])('of the target %s and the Host %s the authority counts', async (target, Host, status) => {
    await using mock = await listening();
    expect((await sendRaw(mock.url, request(`GET ${target}`, { Host }))).status).toBe(status);
  });

  test('the gateway takes any Host', async () => {
    await using mock = await listening();
    expect((await call(mock.url, 'cloudauth.aliyuncs.com')).status).toBe(200);
  });

  test('--allowed-host adds a name, as Host and as Origin', async () => {
    await using mock = await listening({ allowedHosts: ['Emulator.Test'] });
    const replies = [
      await clock(mock.url, { Host: 'emulator.test:4520' }),
      await clock(mock.url, { Host: 'EMULATOR.TEST', Origin: 'http://emulator.test' }),
      await clock(mock.url, { Host: 'localhost' }),
      await clock(mock.url, { Host: 'other.test' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 403]);
  });

  test('in process nothing is asked', async () => {
    await using mock = createCloudauthMock({ adminToken: 'secret' });
    const reply = await mock.fetch(
      new Request('http://evil.example/_mock/clock', { headers: { origin: 'http://evil.example' } }),
    );
    expect(reply.status).toBe(200);
  });
});

describe('bound wider', () => {
  test('without a token /_mock says what to do, and the emulator works', async () => {
    await using mock = await listening({ host: '0.0.0.0' });
    const reply = await clock(mock.url, { Host: 'localhost' });
    expect([reply.status, reply.json.error, (await call(mock.url)).status]).toEqual([
      403,
      'the emulator is bound to 0.0.0.0, where others reach it too: start it with --admin-token TOKEN to use /_mock and /demo; --allowed-host NAME, which whoever knows the name can send, is no protection',
      200,
    ]);
  });

  test('--allowed-host opens it to that name and to loopback', async () => {
    await using mock = await listening({ host: '0.0.0.0', allowedHosts: ['ci.test'] });
    const replies = [];
    for (const Host of ['ci.test', 'localhost', 'evil.example']) replies.push((await clock(mock.url, { Host })).status);
    expect(replies).toEqual([200, 200, 403]);
  });
});

test('--allowed-host takes an IPv6 address as people write it', async () => {
  await using mock = await listening({ host: '0.0.0.0', allowedHosts: ['fd00::7'] });
  expect((await clock(mock.url, { Host: '[fd00::7]:4520' })).status).toBe(200);
});

describe('with a token', () => {
  test.each([
    ['the token', { Authorization: 'Bearer secret' }, 200],
    ['the token, spelt another way', { Authorization: 'bearer  secret' }, 200],
    [
      'the token and any Host and Origin',
      { Authorization: 'Bearer secret', Host: 'ci.test', Origin: 'http://ci.test' },
      200,
    ],
    ['no token', {}, 403],
    ['another token', { Authorization: 'Bearer secre7' }, 403],
    ['a longer token', { Authorization: 'Bearer secrets' }, 403],
    ['an empty token', { Authorization: 'Bearer ' }, 403],
  ])('%s', async (_title, headers, status) => {
    await using mock = await listening({ host: '0.0.0.0', adminToken: 'secret' });
    expect((await clock(mock.url, { Host: 'localhost', ...headers })).status).toBe(status);
  });

  test('it is needed on loopback as well', async () => {
    await using mock = await listening({ adminToken: 'secret' });
    const reply = await clock(mock.url, { Host: 'localhost' });
    expect([reply.status, reply.json]).toEqual([
      403,
      { error: 'send the admin token as “Authorization: Bearer <token>”' },
    ]);
  });

  test('the gateway asks for none', async () => {
    await using mock = await listening({ adminToken: 'secret' });
    expect((await call(mock.url)).status).toBe(200);
  });
});

describe('headers', () => {
  const cors = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

  test.each([
    ['a success', 'GET /_mock/clock', { Host: 'localhost' }, 200],
    ['a page of an allowed origin', 'GET /_mock/clock', { Host: 'localhost', Origin: 'http://localhost:3000' }, 200],
    ['a refusal', 'GET /_mock/clock', { Host: 'evil.example' }, 403],
    ['an unknown path', 'GET /_mock/nope', { Host: 'localhost' }, 404],
    [
      'a preflight',
      'OPTIONS /_mock/reset',
      { Host: 'localhost', Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'POST' },
      404,
    ],
    ['a preflight of nothing', 'OPTIONS /_mock', { Host: 'localhost' }, 404],
  ])('%s carries no CORS header, but the emulator’s', async (_title, line, headers, status) => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(line, headers));
    expect([reply.status, cors(reply.headers), reply.headers['x-cloudauth-mock']]).toEqual([status, [], VERSION]);
  });

  test('gateway answers keep theirs', async () => {
    await using mock = await listening();
    const preflight = await sendRaw(mock.url, request('OPTIONS /', { Host: 'localhost' }));
    const answers = [await call(mock.url), preflight];
    expect(answers.map(({ headers }) => [cors(headers).length, headers['x-cloudauth-mock']])).toEqual([
      [4, VERSION],
      [4, VERSION],
    ]);
  });
});

describe('who may not use a page is told so', () => {
  test.each(['/_mock/phone', '/demo/saf.html'])('%s: in a page, where a browser asks', async (path) => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`GET ${path}`, { Host: 'evil.example', Accept: 'text/html,*/*' }));
    expect([reply.status, reply.headers['content-type'], reply.body.includes('--admin-token')]).toEqual([
      403,
      expect.stringContaining('text/html'),
      true,
    ]);
  });

  test.each(['/_mock/phone', '/demo/saf.html'])('%s: as JSON, where a program does', async (path) => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`GET ${path}`, { Host: 'evil.example', Accept: '*/*' }));
    expect([reply.status, JSON.stringify(reply.json)]).toEqual([403, expect.stringContaining('is not allowed here')]);
  });
});
