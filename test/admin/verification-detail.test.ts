/** One verification as a tester sees it: whose, how long still, its page, its timeline, and the name that is no other's. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { scratch } from '../support/child.js';
import { certifyId, certifyUrl, WEB } from '../support/face.js';
import { JPEG, open, pageUrl, post, visitSlowly } from '../support/h5.js';
import { receiver } from '../support/receiver.js';
import { startH5 } from '../support/saf.js';
import { init } from '../support/scenario.js';
import { openTask } from '../support/tasks.js';

const MANUAL: MockOptions = { device: 'manual' };
const AT = '2026-03-04T05:06:07.000Z';

const detail = async (mock: CloudauthMock, id: string) =>
  (await admin(mock, `/verifications/${encodeURIComponent(id)}`)).json;
const steps = ({ timeline }: { timeline: readonly { what: string; at?: string; text?: string }[] }) =>
  timeline.map(({ what, at, text }) => [what, at?.slice(11, 19), text]);

test('the control side and the programmatic API tell the same', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await mock.clock.freeze();
  await mock.clock.set(AT);
  await openTask(mock, 'RPBasic', 'order-1');
  expect(await detail(mock, 'order-1')).toEqual(await mock.verifications.get('order-1'));
});

test('token, expiry to come, then the end with its reason', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await mock.clock.freeze();
  await mock.clock.set(AT);
  const { Data } = await init(mock);
  const before = steps(await detail(mock, Data.queryId!));
  await mock.clock.advance('2m');
  await mock.verifications.fail(Data.queryId!, 'Z1146');
  const ended = await detail(mock, Data.queryId!);
  expect([before, steps(ended)]).toEqual([
    [
      ['started', '05:06:07', undefined],
      ['expires', '05:36:07', undefined],
    ],
    [
      ['started', '05:06:07', undefined],
      ['failed', '05:08:07', 'Z1146'],
    ],
  ]);
  expect([ended.expiresAt, ended.endedAt, ended.now]).toEqual([
    '2026-03-04T05:36:07.000Z',
    '2026-03-04T05:08:07.000Z',
    '2026-03-04T05:08:07.000Z',
  ]);
});

test('a task that is gone on with has a fresh token in its timeline', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await mock.clock.freeze();
  await mock.clock.set(AT);
  await openTask(mock, 'RPBasic', 'order-1');
  await mock.clock.advance('31m');
  await openTask(mock, 'RPBasic', 'order-1');
  expect(steps(await detail(mock, 'order-1')).map(([what]) => what)).toEqual(['started', 'token', 'expires']);
});

test('an open page and a picture that was taken on it', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const session = await startH5(mock);
  await open(mock, session.url);
  const opened = steps(await detail(mock, session.zimId)).map(([what]) => what);
  await post(mock, session.url, { frame: JPEG.toString('base64') });
  const taken = steps(await detail(mock, session.zimId)).map(([what, , text]) => [what, text]);
  expect([opened, taken]).toEqual([
    ['started', 'opened', 'page', 'expires'],
    [
      ['started', undefined],
      ['opened', undefined],
      ['picture', `${session.zimId}.jpg`],
      ['passed', undefined],
    ],
  ]);
});

describe('what a person does on its page has an instant', () => {
  const ON_PAGE = ['opened', 'agreed', 'result'];
  const onPage = (told: Parameters<typeof steps>[0]) =>
    steps(told)
      .filter(([what]) => ON_PAGE.includes(what!))
      .map(([what, at]) => [what, at]);
  /** Each request a minute after the one before; the second opening adds nothing. */
  async function visited(mock: CloudauthMock): Promise<void> {
    const url = await pageUrl(mock);
    await mock.clock.advance('1m');
    await open(mock, url);
    await visitSlowly(mock, url);
  }
  const VISITED = [
    ['opened', '05:07:07'],
    ['agreed', '05:09:07'],
    ['result', '05:10:07'],
  ];

  test('of Cloudauth: opened, agreed, and the result, by the business clock', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await mock.clock.freeze();
    await mock.clock.set(AT);
    await visited(mock);
    expect(onPage(await detail(mock, 'ticket'))).toEqual(VISITED);
  });

  test('of CertifyUrl, where a program that fetches the address has not opened it', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await mock.clock.freeze();
    await mock.clock.set(AT);
    const url = await certifyUrl(mock);
    const { handle } = (await mock.verifications.list())[0]!;
    await open(mock, url);
    const fetched = onPage(await detail(mock, handle));
    await mock.clock.advance('1m');
    await open(mock, url, { accept: 'text/html' });
    await open(mock, `${url}&step=capture`, { accept: 'text/html' });
    expect([fetched, onPage(await detail(mock, handle))]).toEqual([
      [],
      [
        ['opened', '05:07:07'],
        ['agreed', '05:07:07'],
      ],
    ]);
  });

  test('another process tells the same of the database', async () => {
    await using folder = await scratch();
    const options = { ...MANUAL, db: join(folder.path, 'mock.sqlite') };
    {
      await using mock = createCloudauthMock(options);
      await mock.clock.freeze();
      await mock.clock.set(AT);
      await visited(mock);
    }
    await using mock = createCloudauthMock(options);
    expect(onPage(await detail(mock, 'ticket'))).toEqual(VISITED);
  });

  test('a snapshot brings it back after a reset, and another account that opens it has it too', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await mock.clock.freeze();
    await mock.clock.set(AT);
    await visited(mock);
    await mock.snapshots.save('seen');
    await mock.snapshots.open('seen', 'LTAImockOther');
    await mock.reset();
    await mock.snapshots.restore('seen');
    const other = await mock.verifications.get('ticket', { account: 'LTAImockOther' });
    expect([onPage(await detail(mock, 'ticket')), onPage(other)]).toEqual([VISITED, VISITED]);
  });
});

test('a callback and what came of it', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock, { CallbackUrl: server.url });
  await mock.verifications.pass(id);
  await mock.callbacks.next();
  expect(steps(await detail(mock, id)).at(-1)).toEqual(['callback', expect.any(String), 'delivered 200']);
});

describe('its page', () => {
  test.each<[string, (mock: CloudauthMock) => Promise<string>, string]>([
    ['of Cloudauth', (mock) => pageUrl(mock).then(() => 'ticket'), '/user_verify/cloudauth.html?token='],
    ['of SAF on the web', async (mock) => (await startH5(mock)).zimId, '/gjj/identification_jry.html?zimId='],
    [
      'of CertifyUrl',
      async (mock) => new URL(await certifyUrl(mock)).searchParams.get('certifyId')!,
      '/certify/h5?certifyId=',
    ],
  ])('%s opens', async (_what, start, path) => {
    await using mock = createCloudauthMock(MANUAL);
    const { page } = await detail(mock, await start(mock));
    expect([page.includes(path), (await open(mock, page)).status]).toEqual([true, 200]);
    expect((await open(mock, page)).text).toContain('<form');
  });

  test('there is none where an app’s SDK does it, or the server', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await openTask(mock, 'RPMin', 'order-1');
    const ids = ['order-1', (await init(mock)).Data.queryId!, await certifyId(mock)];
    const pages = await Promise.all(ids.map(async (id) => (await detail(mock, id)).page));
    expect(pages).toEqual([undefined, undefined, undefined]);
  });

  test('its QR code holds the address that another device opens', async () => {
    await using mock = createCloudauthMock({ ...MANUAL, publicUrl: 'https://emu.example' });
    await certifyId(mock, { MetaInfo: WEB, ReturnUrl: 'http://localhost/done' });
    const { handle } = (await mock.verifications.list())[0]!;
    const { elsewhere } = await detail(mock, handle);
    const reply = await admin(mock, `/verifications/${handle}/qr`);
    expect([elsewhere.startsWith('https://emu.example/certify/h5?'), reply.status]).toEqual([true, 200]);
    expect([reply.headers.get('content-type'), reply.text.startsWith('<svg')]).toEqual(['image/svg+xml', true]);
  });

  test.each([
    ['zh', '--host 0.0.0.0'],
    ['en', 'where no other device reaches it'],
  ])('bound to this machine there is no code: in %s it says what to do', async (lang, said) => {
    await using mock = createCloudauthMock(MANUAL);
    const { zimId } = await startH5(mock);
    const reply = await admin(mock, `/verifications/${zimId}/qr?lang=${lang}`);
    expect([reply.status, reply.json.error.includes(said)]).toEqual([404, true]);
  });
});

describe('its handle', () => {
  test('ends the one of two Biz that share a TicketId', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await openTask(mock, 'RPBasic', 'order-1');
    await openTask(mock, 'RPBioID', 'order-1');
    const listed: { handle: string; detail: string }[] = (await admin(mock, '/verifications')).json;
    const { handle } = listed.find(({ detail }) => detail.includes('RPBasic'))!;
    await admin(mock, `POST /verifications/${handle}/pass`);
    const passed = (await mock.verifications.list()).filter(({ status }) => status === 'passed');
    expect(passed.map(({ detail }) => detail)).toEqual(['Biz RPBasic']);
  });

  test('is nobody’s once the account was reset', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await init(mock);
    const { handle } = (await mock.verifications.list())[0]!;
    await mock.reset();
    await init(mock);
    expect((await admin(mock, `POST /verifications/${handle}/pass`)).status).toBe(404);
  });

  test('what is said of it names what people call it, masked', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await openTask(mock, 'RPBasic', '990000199003070021');
    const { handle } = (await mock.verifications.list())[0]!;
    await admin(mock, `POST /verifications/${handle}/pass`);
    const { json } = await admin(mock, `POST /verifications/${handle}/pass`);
    expect(json.error).toBe("verification '990*************21' has passed already");
  });
});

test('name and number are shown masked', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { zimId } = await startH5(mock, { name: '李四光', certNumber: '990000199003070021' });
  expect((await detail(mock, zimId)).person).toBe('李** 990*************21');
});

test('what ended one is told with what the client SDK reports', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const id = await certifyId(mock);
  expect((await admin(mock, `POST /verifications/${id}/fail`)).json).toMatchObject({
    end: 'fail',
    client: '2006 Z5128',
  });
});

test('of one there is not it says which names there are', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { status, json } = await admin(mock, '/verifications/3-0123456789ab');
  expect([status, json.error]).toEqual([404, expect.stringContaining('use a VerifyToken')]);
});
