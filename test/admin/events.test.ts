/** The stream of what happens: in process, over HTTP and in a terminal it is the same. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type JournalEntry, type MockEvent } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { runCli, spawnCli, startCli } from '../support/child.js';
import { certifyId } from '../support/face.js';
import { pageUrl, open as visit } from '../support/h5.js';
import { receiver } from '../support/receiver.js';
import { getStatus, openTask } from '../support/tasks.js';

/** The next so many events of a stream. */
async function take(events: AsyncIterable<MockEvent>, count: number): Promise<MockEvent[]> {
  const taken: MockEvent[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

/** In a word each. */
const briefly = (events: readonly MockEvent[]) =>
  events.map((event) => {
    if (event.kind === 'call') return `${event.call.operation.split('/').at(-1)} ${event.call.code ?? 'ok'}`;
    if (event.kind === 'verification') return `${event.verification.end} ${event.verification.id}`;
    return event.kind === 'callback' ? event.callback.outcome : event.kind;
  });

async function* stream(reply: Response): AsyncGenerator<MockEvent, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of reply.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data);
    }
  }
}

const open = (url: string, query = '', headers: Record<string, string> = {}) =>
  fetch(`${url}/_mock/events${query}`, { headers });

test('calls, ends and callbacks are told in their order, each with an id of its own', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock({ device: 'manual' });
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications.fail(id, '205');
  await mock.callbacks.next();
  const events = await take(mock.events(), 3);
  expect(briefly(events)).toEqual(['InitFaceVerify ok', `fail ${id}`, 'delivered']);
  expect(new Set(events.map(({ id }) => id)).size).toBe(3);
});

test('who listens is told of what comes', async () => {
  await using mock = createCloudauthMock();
  const coming = take(mock.events(), 2);
  await openTask(mock, 'RPBasic', 'one');
  await getStatus(mock, 'RPBasic', 'one');
  expect(briefly(await coming)).toEqual(['GetVerifyToken ok', 'GetStatus ok']);
});

test('an upload is told of', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  await fetch(`${mock.url}/bucket/x?OSSAccessKeyId=nobody&Expires=1&Signature=x`);
  expect((await take(mock.events(), 1))[0]).toMatchObject({
    kind: 'upload',
    upload: { operation: 'GET', status: 403, code: 'InvalidAccessKeyId' },
  });
});

test('one account is not told of another', async () => {
  await using mock = createCloudauthMock();
  await getStatus(mock, 'RPBasic', 'one', { accessKeyId: 'LTAImockOther' });
  await getStatus(mock, 'RPBasic', 'two');
  const [event] = await take(mock.events(), 1);
  expect(event).toMatchObject({ call: { subject: 'two', account: 'default' } });
});

test('a reset is told of, and the events behind it', async () => {
  await using mock = createCloudauthMock();
  await getStatus(mock);
  const coming = take(mock.events(), 3);
  // the first is read before all is forgotten
  await getStatus(mock);
  await mock.reset();
  await openTask(mock, 'RPBasic');
  expect(briefly(await coming)).toEqual(['GetStatus ok', 'GetStatus ok', 'reset']);
});

test('the signal ends a stream, and so does closing', async () => {
  const mock = createCloudauthMock();
  const stop = new AbortController();
  const ended = [take(mock.events({ signal: stop.signal }), 1), take(mock.events(), 1)];
  await getStatus(mock, 'x', 'y', { accessKeyId: 'LTAImockOther' });
  stop.abort();
  await mock.close();
  expect(await Promise.all(ended)).toEqual([[], []]);
});

test('over HTTP the stream begins with what is kept and goes on with what comes', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  await openTask(mock, 'RPBasic', 'one');
  const reply = await open(mock.url);
  expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
    200,
    'text/event-stream',
    'no-store',
  ]);
  const events = stream(reply);
  const first = await events.next();
  await getStatus(mock, 'RPBasic', 'one');
  expect(briefly([first.value!, (await events.next()).value!])).toEqual(['GetVerifyToken ok', 'GetStatus ok']);
});

test('a browser that was interrupted goes on behind the last event it had', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  for (const ticket of ['one', 'two', 'three']) await openTask(mock, 'RPBasic', ticket);
  const [one] = await take(stream(await open(mock.url, '?only=kept')), 1);
  const rest = await take(stream(await open(mock.url, '?only=kept', { 'Last-Event-ID': one!.id })), 5);
  expect(rest.map((event) => event.kind === 'call' && event.call.subject)).toEqual(['two', 'three']);
});

test.each(['gone-1', '', '9'.repeat(400), '%00'])(
  'a Last-Event-ID of nowhere (%#) begins with the oldest',
  async (id) => {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    await openTask(mock, 'RPBasic', 'one');
    expect(await take(stream(await open(mock.url, '?only=kept', { 'Last-Event-ID': id })), 5)).toHaveLength(1);
  },
);

test('?last=N begins with the newest N', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  for (const ticket of ['one', 'two', 'three']) await openTask(mock, 'RPBasic', ticket);
  const events = await take(stream(await open(mock.url, '?last=2&only=kept')), 5);
  expect(events.map((event) => event.kind === 'call' && event.call.subject)).toEqual(['two', 'three']);
});

test.each(['?last=-1', '?last=x', '?only=all'])('events%s is refused', async (query) => {
  await using mock = createCloudauthMock();
  const { status, json } = await admin(mock, `/events${query}`);
  expect([status, json.error]).toEqual([400, expect.stringMatching(/^(last|only) (must|can)/)]);
});

test('--journal N keeps N events, and who is behind is told how many are gone', async () => {
  await using mock = createCloudauthMock({ journal: 2 });
  await openTask(mock, 'RPBasic', 'one');
  const events = mock.events();
  const first = (await events.next()).value as MockEvent;
  for (const ticket of ['two', 'three', 'four']) await openTask(mock, 'RPBasic', ticket);
  const rest = [(await events.next()).value, (await events.next()).value, (await events.next()).value];
  expect([first.kind, ...rest]).toMatchObject([
    'call',
    { kind: 'missed', missed: 1 },
    { call: { subject: 'three' } },
    { call: { subject: 'four' } },
  ]);
  expect((await mock.requests()).map(({ id }) => id)).toEqual([3, 4]);
});

test('a page of another origin gets no stream', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  expect((await open(mock.url, '', { Origin: 'https://evil.test' })).status).toBe(403);
});

test('closing ends a stream over a socket at once', async () => {
  const mock = await createCloudauthMock({ port: 0 }).listen();
  const reply = await open(mock.url);
  const ended = take(stream(reply), 1);
  const startedAt = performance.now();
  await mock.close();
  expect(await ended).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(450);
});

test('a hundred streams may be open; the next is refused with the way out, and one that was closed makes room', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  await openTask(mock);
  const leave = new AbortController();
  const opened = await Promise.all(
    Array.from({ length: 100 }, () => fetch(`${mock.url}/_mock/events`, { signal: leave.signal })),
  );
  const refused = await open(mock.url, '?lang=en');
  expect([new Set(opened.map(({ status }) => status)), refused.status, await refused.json()]).toEqual([
    new Set([200]),
    503,
    { error: '100 event streams are open, and no more are taken: close one, or ask for GET /_mock/requests' },
  ]);
  leave.abort();
  await expect.poll(async () => (await open(mock.url, '?only=kept')).status).toBe(200);
});

test('who opens a stream and does not read it makes nobody keep what comes', async () => {
  await using mock = await createCloudauthMock({ port: 0, journal: 5, signature: 'off' }).listen();
  const reply = await open(mock.url);
  // more than the system keeps for a socket: each has an answer of 8 KB
  const long = 'x'.repeat(8000);
  const unread = cloudauth2017('GetStatus', { Biz: long, TicketId: long });
  for (let calls = 0; calls < 1500; calls++) await call(mock, unread, { common: { Signature: 'x' } });
  const events = stream(reply);
  let missed = 0;
  for (let read = 1; read + missed < 1500; read++) {
    const { value } = await events.next();
    if (value?.kind === 'missed') missed += value.missed;
  }
  expect(missed).toBeGreaterThan(0);
});

test('what several look at is the same for each, in its language', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  mock.failNext('GetStatus', 'Throttling.User');
  await getStatus(mock);
  const why = async (lang: string) => {
    const [event] = await take(stream(await open(mock.url, `?only=kept&brief=1&lang=${lang}`)), 1);
    return event!.kind === 'call' && event!.call.why;
  };
  expect([await why('en'), await why('zh'), await why('en')]).toEqual([
    'ordered by the rule failNext(GetStatus, Throttling.User)',
    '由规则 failNext(GetStatus, Throttling.User) 指定',
    'ordered by the rule failNext(GetStatus, Throttling.User)',
  ]);
});

test('an entry says what was answered, to whom, about what and why', async () => {
  await using mock = createCloudauthMock();
  mock.failNext('GetStatus', 'Throttling.User');
  await getStatus(mock, 'RPBasic', 'order-1', { headers: { 'user-agent': 'app/1' } });
  await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'order-1' }), { secret: 'wrong' });
  expect(await mock.requests()).toMatchObject([
    {
      account: 'default',
      subject: 'order-1',
      headers: { 'user-agent': 'app/1' },
      answer: expect.stringContaining('"Code":"Throttling.User"'),
      why: 'ordered by the rule failNext(GetStatus, Throttling.User)',
      cause: 'rule',
    },
    {
      why: expect.stringMatching(/^no known mistake (gives it|and no pair of them gives it); /),
      cause: 'signature',
      explanation: expect.any(String),
    },
  ]);
});

describe.each([
  ['en', /^ordered by the rule failNext/, /^The test name decides/, /has its page open/, /^Did you mean GetStatus/],
  ['zh', /^由规则 failNext.* 指定$/, /^由测试姓名决定/, /打开了它的页面/, /^是否想用 GetStatus/],
] as const)('why, in %s', (lang, rule, magic, page, hint) => {
  test('a rule, a test identity, an open page, and the hint where nobody decided', async () => {
    await using mock = createCloudauthMock();
    mock.failNext('GetStatus', 'Throttling.User');
    await getStatus(mock, 'RPBasic', 'none');
    await call(
      mock,
      faceVerify({
        method: 'match',
        name: '测试不通过',
        certNumber: '990000199003070013',
        imgbase64: '/9j/4AAQSkZJRg==',
      }),
    );
    await visit(mock, await pageUrl(mock));
    await getStatus(mock, 'RPBasic');
    await call(mock, cloudauth2017('GetStatsu', {}));
    const entries: JournalEntry[] = (await admin(mock, `/requests?lang=${lang}`)).json;
    const told = entries.filter(({ why = '' }) => !/^$|RegionId/.test(why)).map(({ cause, why }) => [cause, why]);
    expect(told).toEqual([
      ['rule', expect.stringMatching(rule)],
      ['magic', expect.stringMatching(magic)],
      ['page', expect.stringMatching(page)],
      ['hint', expect.stringMatching(hint)],
    ]);
  });
});

test('a person is named by the first character and a masked number', async () => {
  await using mock = createCloudauthMock();
  await call(
    mock,
    cloudauth2019('Id2MetaVerify', { UserName: '欧阳测试', IdentifyNum: '990000199003070013', ParamType: 'normal' }),
  );
  expect((await mock.requests())[0]!.subject).toBe('欧*** 990*************13');
});

test.each(['JSON', 'XML'])('no token and no secret of an answer in %s is shown', async (Format) => {
  await using mock = createCloudauthMock();
  const replies = [
    await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' }), { common: { Format } }),
    await call(mock, cloudauth2019('DescribeOssUploadToken'), { common: { Format } }),
  ];
  const secrets = replies.flatMap(({ text }) =>
    [...text.matchAll(/(?:Token|Secret|Path)(?: type="\w+")?"?[:>]"?([\w+/=]{12,})/g)].map(([, secret]) => secret!),
  );
  const seen = JSON.stringify(await mock.requests());
  expect(secrets.length).toBeGreaterThan(4);
  for (const secret of secrets) expect(seen).not.toContain(secret);
});

test('of a long answer the beginning is shown', async () => {
  await using mock = createCloudauthMock({ signature: 'off' });
  await call(mock, cloudauth2017('GetStatus', { Biz: 'x', TicketId: 'y', Long: 'a b '.repeat(4000) }), {
    common: { Signature: 'x' },
  });
  await call(mock, { Version: '2017-11-17', Action: 'GetStatus' }, { secret: 'w' });
  for (const { answer } of await mock.requests()) expect(answer.length).toBeLessThan(9000);
});

test('POST fail-next orders the next failure, and says what is wrong with what cannot be ordered', async () => {
  await using mock = createCloudauthMock();
  const ordered = await admin(mock, 'POST /fail-next', { body: { operation: 'GetStatus', code: 'Throttling.User' } });
  const wrong = await admin(mock, 'POST /fail-next', { body: { operation: 'GetStatus', code: 'Z1146' } });
  expect([ordered.status, wrong.status, wrong.json.error]).toEqual([201, 400, expect.stringContaining('Z1146')]);
  expect((await getStatus(mock)).json.Code).toBe('Throttling.User');
});

const started = (TicketId: string) => cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId });

test('cloudauth-mock logs prints what has happened', async () => {
  await using emulator = await startCli();
  await emulator.call(started('order-1'));
  const { code, stdout } = await runCli(['logs', '--url', emulator.url]);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^\d\d:\d\d:\d\d\.\d{3} 200 {2}cloudauth\/2017-11-17\/GetVerifyToken {2}order-1 {2}[\d.]+ ms {2}#1/,
    ),
  ]);
});

test('cloudauth-mock logs -f goes on with what happens, and ends with the emulator', async () => {
  await using emulator = await startCli();
  await emulator.call(started('order-1'));
  const following = spawnCli(['logs', '-f', '--json', '--url', emulator.url]);
  await following.printed(/order-1/);
  await emulator.call(started('order-2'));
  await following.printed(/order-2/);
  emulator.kill('SIGTERM');
  const { code, stdout } = await following.exit;
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).call.subject);
  expect([code, told]).toEqual([0, ['order-1', 'order-2']]);
});
