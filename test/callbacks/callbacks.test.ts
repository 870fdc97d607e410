/** Callbacks of a verification, as the merchant's server receives them and as the journal tells of them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClosedError, type CloudauthMock, createCloudauthMock, identities, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { scratch } from '../support/child.js';
import { certifyId, FACE, init, describe as query, WEB } from '../support/face.js';
import { saying } from '../support/hints.js';
import { receiver } from '../support/receiver.js';

const MANUAL: MockOptions = { device: 'manual' };
const WEB_CALL = { MetaInfo: WEB, ReturnUrl: 'http://localhost/done' };
const summary = async (mock: CloudauthMock) =>
  (await mock.callbacks.list()).map(({ outcome, attempts }) => [outcome, attempts.length]);

test('who passes is told of by GET: certifyId, then passed with the SubCode', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications.pass(id);
  const entry = await mock.callbacks.next();
  expect(server.called).toEqual([`GET /cb?certifyId=${id}&passed=200`]);
  expect(entry).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    verification: id,
    url: `${server.url}?certifyId=${id}&passed=200`,
    outcome: 'delivered',
    attempts: [{ ms: expect.any(Number), status: 200 }],
  });
});

test('who fails is told of with the SubCode', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications.fail(id, '205');
  await mock.callbacks.next();
  expect(server.called).toEqual([`GET /cb?certifyId=${id}&passed=205`]);
});

test('a CallbackToken comes before the others, percent-encoded', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url, CallbackToken: '令牌 a&b=c+d' });
  await mock.verifications.pass(id);
  await mock.callbacks.next();
  expect(server.called).toEqual([
    `GET /cb?callbackToken=%E4%BB%A4%E7%89%8C%20a%26b%3Dc%2Bd&certifyId=${id}&passed=200`,
  ]);
});

test.each([
  ['', '/?'],
  ['/', '/?'],
  ['/a/b', '/a/b?'],
  ['/a?', '/a?'],
  ['/a?order=1', '/a?order=1&'],
  ['/a?order=1&', '/a?order=1&'],
  ['?order=%E4%BA%BA', '/?order=%E4%BA%BA&'],
  ['/a#part', '/a?'],
  ['/a?order=1#part?x=1', '/a?order=1&'],
])('CallbackUrl with %s keeps what is its own: %s', async (path, asked) => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: `http://127.0.0.1:${server.port}${path}` });
  await mock.verifications.pass(id);
  await mock.callbacks.next();
  expect(server.called).toEqual([`GET ${asked}certifyId=${id}&passed=200`]);
});

test('InitFaceVerify asks by HEAD whether anybody answers, with nothing appended', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const { json, hint } = await init(mock, { CallbackUrl: server.url });
  expect([json.Code, hint, server.asked]).toEqual(['200', null, ['HEAD /cb']]);
});

test('where nobody answers InitFaceVerify is 401', async () => {
  const gone = await receiver();
  await gone[Symbol.asyncDispose]();
  await using mock = createCloudauthMock(MANUAL);
  const { status, json, hint } = await init(mock, { CallbackUrl: gone.url });
  const said = await saying(['callback-unusable', { why: 'unreachable-ECONNREFUSED' }]);
  expect([status, json.Code, json.Message, hint]).toEqual([200, '401', '参数非法', said]);
});

test.each([
  ['nonsense', 'not-a-URL'],
  ['ftp://127.0.0.1/', 'neither-http-nor-https'],
  ['javascript:alert(1)', 'neither-http-nor-https'],
  ['http://user:secret@127.0.0.1/', 'credentials-in-URL'],
  [`http://127.0.0.1/${'a'.repeat(9000)}`, 'address-over-8-KB'],
])('a CallbackUrl that is none is 401: %#', async (CallbackUrl, why) => {
  await using mock = createCloudauthMock({ ...MANUAL, callback: 'off' });
  const { json, hint } = await init(mock, { CallbackUrl });
  expect([json.Code, hint]).toEqual(['401', await saying(['callback-unusable', { why }])]);
});

const doors: [
  door: string,
  options: MockOptions,
  end: (mock: CloudauthMock, id: string, url: string) => Promise<unknown>,
][] = [
  ['the programmatic API', MANUAL, (mock, id) => mock.verifications.pass(id)],
  ['the control API', MANUAL, (mock, id) => admin(mock, `POST /verifications/${id}/pass`, { body: {} })],
  ['the phone', MANUAL, (mock, id) => mock.fetch(formOf('/_mock/phone', { id, end: 'pass' }))],
  ['the simulated person, at the query', {}, (mock, id) => query(mock, id)],
  [
    'a rule, at the query',
    MANUAL,
    async (mock, id) => {
      await mock.scenarios.add('rules: [{ on: DescribeFaceVerify, then: { outcome: pass } }]');
      await query(mock, id);
    },
  ],
  [
    'the page',
    MANUAL,
    (mock, _id, url) => mock.fetch(new Request(`${url}&auto=pass`, { headers: { accept: 'text/html' } })),
  ],
];

const formOf = (path: string, fields: Record<string, string>): Request =>
  new Request(`http://127.0.0.1:4520${path}`, { method: 'POST', body: new URLSearchParams(fields) });

test.each(doors)('whoever ends it, it is called once: %s', async (_door, options, end) => {
  await using server = await receiver();
  await using mock = createCloudauthMock(options);
  const { CertifyId, CertifyUrl } = (await init(mock, { ...WEB_CALL, CertifyUrlStyle: 'L', CallbackUrl: server.url }))
    .json.ResultObject;
  await end(mock, CertifyId, CertifyUrl);
  await mock.callbacks.next();
  await query(mock, CertifyId);
  await mock.verifications.pass(CertifyId).catch(() => undefined);
  expect([server.called, await summary(mock)]).toEqual([
    [`GET /cb?certifyId=${CertifyId}&passed=200`],
    [['delivered', 1]],
  ]);
});

test('of two ends at once one calls', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await Promise.allSettled([mock.verifications.pass(id), mock.verifications.fail(id), mock.verifications.pass(id)]);
  await mock.callbacks.next();
  expect([server.called.length, await summary(mock)]).toEqual([1, [['delivered', 1]]]);
});

test.each(['quit', 'expire'] as const)('%s calls nobody', async (end) => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications[end](id);
  await query(mock, id);
  expect([await mock.callbacks.list(), server.called]).toEqual([[], []]);
});

test('time that runs out calls nobody', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock();
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.clock.advance('31m');
  expect((await query(mock, id)).json.Code).toBe('424');
  expect([await mock.callbacks.list(), server.called]).toEqual([[], []]);
});

test('a verification without CallbackUrl calls nobody', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackToken: 'token' }));
  expect(await mock.callbacks.list()).toEqual([]);
});

test('the query that lets the simulated person finish does not wait for the answer', async () => {
  await using server = await receiver(0);
  await using mock = createCloudauthMock();
  const id = await certifyId(mock, { CallbackUrl: server.url });
  expect((await query(mock, id)).json.ResultObject.Passed).toBe('T');
  expect(await summary(mock)).toEqual([['waiting', 0]]);
});

test('it is tried again until 200 comes', async () => {
  await using server = await receiver(500, 204, 200);
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: server.url }));
  const { outcome, attempts } = await mock.callbacks.next();
  expect([outcome, attempts.map((one) => 'status' in one && one.status), new Set(server.called).size]).toEqual([
    'delivered',
    [500, 204, 200],
    1,
  ]);
});

test('after three tries it is given up, and the reason is said', async () => {
  await using server = await receiver(500);
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: server.url }));
  const { outcome, hint } = await mock.callbacks.next();
  expect([outcome, hint, server.called.length]).toEqual([
    'given-up',
    await saying(['callback-given-up', { count: 3, why: 'status-500' }]),
    3,
  ]);
});

test('three tries that nobody answers are over within three seconds', async () => {
  await using server = await receiver(0);
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: server.url }));
  const began = performance.now();
  const { attempts } = await mock.callbacks.next();
  expect(attempts.map((one) => 'failure' in one && one.failure)).toEqual(['timeout', 'timeout', 'timeout']);
  expect(performance.now() - began).toBeLessThan(3000);
});

test('a redirect is not followed', async () => {
  await using server = await receiver(302);
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications.pass(id);
  expect([(await mock.callbacks.next()).outcome, new Set(server.called)]).toEqual([
    'given-up',
    new Set([`GET /cb?certifyId=${id}&passed=200`]),
  ]);
});

test('next gives each one once, the oldest first, and says what there is when none comes', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const ids = [await certifyId(mock, { CallbackUrl: server.url }), await certifyId(mock, { CallbackUrl: server.url })];
  const waiting = mock.callbacks.next();
  await mock.verifications.pass(ids[0]!);
  expect((await waiting).verification).toBe(ids[0]);
  await mock.verifications.pass(ids[1]!);
  expect((await mock.callbacks.next()).verification).toBe(ids[1]);
  await expect(mock.callbacks.next({ timeoutMs: 10 })).rejects.toMatchObject({
    name: 'ControlError',
    message: 'no callback in 10 ms; of account default there are 2, 0 of them waiting',
  });
});

test('what is no time to wait is refused', async () => {
  await using mock = createCloudauthMock();
  for (const timeoutMs of [Number.NaN, -1, 1e12])
    await expect(mock.callbacks.next({ timeoutMs })).rejects.toThrow(/^timeoutMs must be a number of milliseconds/);
});

test('who waits when the emulator closes is told so', async () => {
  const mock = createCloudauthMock();
  await mock.requests();
  const waiting = expect(mock.callbacks.next()).rejects.toThrow(ClosedError);
  await mock.callbacks.list();
  await mock.close();
  await waiting;
});

test('the control API lists them, in the language that is asked for', async () => {
  await using mock = createCloudauthMock({ ...MANUAL, callback: 'off' });
  const id = await certifyId(mock, { CallbackUrl: 'https://example.com/cb', CallbackToken: 'token-1' });
  await mock.verifications.pass(id);
  const listed = await mock.callbacks.list();
  expect(listed).toMatchObject([
    {
      outcome: 'not-called',
      attempts: [],
      url: `https://example.com/cb?callbackToken=token-1&certifyId=${id}&passed=200`,
      hint: await saying(['no-callback', { why: 'callback-is-off' }]),
    },
  ]);
  expect((await admin(mock, '/callbacks')).json).toEqual(listed);
  const [zh] = (await admin(mock, '/callbacks?lang=zh')).json;
  expect(zh.hint).toBe('不会调用 CallbackUrl：--callback 为 off。');
});

test('accounts are apart, and reset forgets one of them', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const other = { accessKeyId: 'LTAImockOther' };
  const account = 'LTAImockOther';
  const mine = await certifyId(mock, { CallbackUrl: server.url });
  const theirs = (await init(mock, { CallbackUrl: server.url }, other)).json.ResultObject.CertifyId;
  await mock.verifications.pass(mine);
  await mock.verifications.pass(theirs, { account });
  const ids = [await mock.callbacks.next(), await mock.callbacks.next({ account })].map((one) => one.verification);
  expect(ids).toEqual([mine, theirs]);
  await mock.reset();
  expect([await mock.callbacks.list(), (await mock.callbacks.list({ account })).length]).toEqual([[], 1]);
});

test('reset ends what is under way', async () => {
  await using server = await receiver(500);
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: server.url }));
  await server.times(2);
  await mock.reset();
  // another has as many tries meanwhile
  await using later = await receiver(500, 500, 200);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: later.url }));
  expect((await mock.callbacks.next()).url).toContain(later.url);
  expect([server.called.length, await summary(mock)]).toEqual([1, [['delivered', 3]]]);
});

test('an ID number in an address is masked', async () => {
  await using mock = createCloudauthMock({ ...MANUAL, callback: 'off' });
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: `https://example.com/?who=${FACE.CertNo}` }));
  expect((await mock.callbacks.list())[0]!.url).not.toContain(FACE.CertNo);
});

test('close does not wait for a server that does not answer', async () => {
  await using server = await receiver(0);
  const mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: server.url }));
  await server.times(2);
  const began = performance.now();
  await mock.close();
  expect(performance.now() - began).toBeLessThan(2000);
});

test('what was owed when the process ended is called by the next, once', async () => {
  await using folder = await scratch();
  const db = join(folder.path, 'state.db');
  await using server = await receiver(0, 200);
  const first = createCloudauthMock({ ...MANUAL, db });
  const id = await certifyId(first, { CallbackUrl: server.url });
  await first.verifications.pass(id);
  await server.times(2);
  await first.close();
  {
    await using second = createCloudauthMock({ ...MANUAL, db });
    expect(await second.callbacks.next()).toMatchObject({ verification: id, outcome: 'delivered' });
  }
  await using third = createCloudauthMock({ ...MANUAL, db });
  expect([await third.callbacks.list(), server.called.length]).toEqual([[], 2]);
});

test('a test person calls back with the SubCode it is for', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock();
  const person = identities.find(({ magic }) => 'outcome' in magic && magic.outcome.reason === '202')!;
  const id = await certifyId(mock, { CallbackUrl: server.url, CertNo: person.number });
  await query(mock, id);
  await mock.callbacks.next();
  expect(server.called).toEqual([`GET /cb?certifyId=${id}&passed=202`]);
});

test('a hundred that end at once are all delivered', async () => {
  await using server = await receiver();
  // ids in which no run of digits looks like an ID number, which the list would mask
  await using mock = createCloudauthMock({ ...MANUAL, seed: 'hundred' });
  const ids = await Promise.all(Array.from({ length: 100 }, () => certifyId(mock, { CallbackUrl: server.url })));
  await Promise.all(ids.map((id) => mock.verifications.pass(id)));
  const given = await Promise.all(ids.map(() => mock.callbacks.next()));
  expect(new Set(given.map(({ verification, outcome }) => `${verification} ${outcome}`))).toEqual(
    new Set(ids.map((id) => `${id} delivered`)),
  );
  expect(server.called.length).toBe(100);
});
