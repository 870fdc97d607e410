/** Ten thousand calls no client of the control side would make: none of them crashes it, none is a failure of ours. */
import { expect, test, vi } from 'vitest';
import { createCloudauthMock as createLogged } from '../../src/emulator/create-mock.js';
import { createCloudauthMock } from '../../src/index.js';
import { silentLog } from '../../src/platform/log.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';

/** mulberry32: the same calls in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'];
const PATHS = [
  ...['operations', 'errors', 'identities', 'accounts', 'reset', 'clock', 'scenarios', 'verifications', 'requests'],
  ...[
    'verify',
    'snapshots',
    'coverage',
    'billing',
    'metrics',
    'requests/1/curl',
    'snapshots/a/restore',
    'verifications/ticket/pass',
    '',
  ],
  ...['scenarios/flaky/on', 'scenarios/flaky%231', 'scenarios/never-fired', 'scenarios/catalogue'],
  ...['fail-next', 'reset/undo', 'snapshots/a/diff', 'snapshots/a/open', 'accounts/overview', 'connect/snippets'],
];
const NAMES = [
  ...[
    'advance',
    'set',
    'freeze',
    'on',
    'when',
    'times',
    'reason',
    'rules',
    'then',
    'fail',
    'params',
    'call',
    'rate',
    'undo',
    'as',
    'operation',
    'code',
  ],
  ...[
    'account',
    'delay',
    'outcome',
    'progression',
    'fault',
    '__proto__',
    'constructor',
    'toString',
    '',
    '\u0000',
    '测试',
  ],
];
const VALUES: unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 9007199254740992, '', ' ', '\u0000', '\ud800', '测试', '__proto__'],
  ...[
    '31m',
    '-1d',
    '1e9d',
    '99999999999d',
    '2030-01-01',
    '+275760-09-13T00:00:00Z',
    'GetStatus',
    '*',
    '**/**',
    '/(/',
    '/./gz',
  ],
  ...[
    'saf/*',
    'Z1146',
    'hang',
    'fail:x',
    'after:9999999d',
    'polls:-1',
    'x'.repeat(5000),
    '../../etc/passwd',
    '%00',
    '$1',
  ],
];
const TEXTS = [
  ...[
    '',
    '{',
    '[]',
    'null',
    '"',
    '1e999',
    '{"advance":1e999}',
    '{"a":1,"a":2}',
    '\ufeff{}',
    '\u0000',
    '- - - -',
    'a: &a [*a]',
  ],
  ...[
    'rules: !!js/function "x"',
    'rules: [{on: "*", then: {fail: 300}}]',
    '? ? ?',
    '%YAML 9.9\n---\n',
    '--- \n...\n---',
    '&a a: *a',
  ],
  ...['['.repeat(2_000), '{"a":'.repeat(2_000), `{"on":"GetStatus","when":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
];

function maker(seed: number) {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const value = (depth = 0): unknown => {
    if (depth > 3 || next() < 0.6) return pick(VALUES);
    const members = Array.from({ length: Math.floor(next() * 4) }, () => [pick(NAMES), value(depth + 1)] as const);
    return next() < 0.3 ? members.map(([, member]) => member) : Object.fromEntries(members);
  };
  const bytes = () =>
    String.fromCharCode(...Array.from({ length: Math.floor(next() * 40) }, () => Math.floor(next() * 256)));
  const body = () => (next() < 0.7 ? JSON.stringify(value()) : next() < 0.8 ? pick(TEXTS) : bytes());
  const segment = () =>
    next() < 0.5 ? encodeURIComponent(String(pick(NAMES))) : pick(['%', '%E0%A4', '..', '.', '%2F', 'a b', ':id', '*']);
  const path = () => {
    const start = next() < 0.9 ? pick(PATHS) : segment();
    const tail = next() < 0.3 ? `/${segment()}` : '';
    const query =
      next() < 0.4
        ? `?${pick(['account', 'q', 'operation', 'code', 'trace', '__proto__'])}=${next() < 0.5 ? segment() : '__proto__'}`
        : '';
    return `/_mock/${start}${tail}${query}`;
  };
  return { pick, method: () => (next() < 0.6 ? 'POST' : pick(METHODS)), path, body };
}

test('10,000 malformed calls: every answer is below 500 and readable', async () => {
  await using mock = createCloudauthMock({ signature: 'off' });
  const { method, path, body } = maker(20260101);
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  for (let n = 0; n < 10_000; n++) {
    const [verb, target, text] = [method(), path(), body()];
    const sent = ['GET', 'HEAD'].includes(verb) ? undefined : text;
    const reply = await mock
      .fetch(new Request(`http://localhost${target}`, { method: verb, body: sent }))
      .catch((error) => error);
    const status = reply instanceof Response ? reply.status : 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const answer = reply instanceof Response ? await reply.text() : String(reply.stack);
    // dots lead out of /_mock, to the gateway
    const mine = new URL(target, 'http://localhost').pathname.startsWith('/_mock');
    const refused = mine && status >= 400 && status !== 406 && verb !== 'HEAD';
    const said = !refused || (JSON.parse(answer).error ?? '').length > 5;
    if (status < 200 || status >= 500 || !said)
      wrong.push(`${verb} ${target} ${text.slice(0, 100)} → ${status} ${answer.slice(0, 300)}`);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect([...statuses.keys()].sort()).toEqual([200, 201, 400, 404]);
  expect(
    (await mock.fetch(new Request('http://localhost/?Version=2019-03-07&Action=DescribeOssUploadToken'))).status,
  ).toBe(200);
});

test('300 over sockets: each is answered, and it lives', async () => {
  await using mock = await createCloudauthMock({ port: 0, signature: 'off' }).listen();
  const { method, path, body } = maker(7);
  const statuses: number[] = [];
  for (let n = 0; n < 300; n++) {
    // a reply to HEAD announces a body that does not come
    const verb = method().replace('HEAD', 'GET');
    const text = ['GET', 'OPTIONS'].includes(verb) ? '' : body();
    const headers = { Host: 'localhost', 'Content-Length': `${Buffer.byteLength(text)}` };
    const bytes = request(`${verb} ${path().replaceAll(' ', '%20')}`, headers, text);
    statuses.push((await sendRaw(mock.url, bytes)).status);
  }
  expect(statuses.filter((status) => status < 200 || status >= 500)).toEqual([]);
});

test.each([
  ['a body cut short', 'POST /_mock/clock', { 'Content-Length': '99' }, '{"advance":'],
  ['a length that is none', 'POST /_mock/clock', { 'Content-Length': '1e3' }, '{}'],
  ['broken chunks', 'POST /_mock/clock', { 'Transfer-Encoding': 'chunked' }, 'zz\r\n{}\r\n'],
  ['raw bytes in the path', 'GET /_mock/\u00ff', {}, ''],
  ['a method there is not', 'BREW /_mock/clock', {}, ''],
])('%s leaves it answering others', async (_title, line, headers, body) => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  await using connection = await connectRaw(mock.url);
  connection.send(request(line, { Host: 'localhost', ...headers }, body));
  const { status } = await sendRaw(mock.url, request('GET /_mock/clock', { Host: 'localhost' }));
  expect(status).toBe(200);
});

test('two megabytes are refused before they are read', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const headers = { Host: 'localhost', 'Content-Length': `${2 * 1024 * 1024}` };
  const reply = await sendRaw(mock.url, request('POST /_mock/scenarios', headers, 'x'));
  expect([reply.status, reply.json]).toEqual([400, { error: 'the body is larger than 1 MB' }]);
});

test('a client that leaves in mid-body is nobody’s failure', async () => {
  const crash = vi.fn();
  await using mock = await createLogged({ port: 0 }, { ...silentLog, crash }).listen();
  const left = await connectRaw(mock.url);
  left.send(request('POST /_mock/scenarios', { Host: 'localhost', 'Content-Length': '900000' }, 'abc'));
  // by then it has been read: what comes on another connection is later
  await sendRaw(mock.url, request('GET /_mock/clock', { Host: 'localhost' }));
  left.destroy();
  await left.closed;
  for (let n = 0; n < 3; n++) await sendRaw(mock.url, request('GET /_mock/clock', { Host: 'localhost' }));
  expect(crash).not.toHaveBeenCalled();
});
