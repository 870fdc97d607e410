/** The simulated phone: what it lists, what its buttons do, and what it must not show. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { certifyId } from '../support/face.js';
import { open, pageUrl } from '../support/h5.js';
import { startH5 } from '../support/saf.js';
import { init } from '../support/scenario.js';
import { getStatus, openTask } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;

const MANUAL = { device: 'manual' } as const;
const address = (mock: Mock, query = '') => `${mock.url}/_mock/phone${query}`;
const text = async (mock: Mock, query = '') => (await open(mock, address(mock, query))).text;

/** Presses a button; follows to the page that comes. */
async function press(
  mock: Mock,
  fields: Record<string, string>,
  query = '',
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams(fields);
  const reply = await mock.fetch(new Request(address(mock, query), { method: 'POST', body, headers }));
  const location = reply.headers.get('location');
  if (!location) return { status: reply.status, text: await reply.text() };
  return { status: reply.status, text: (await open(mock, new URL(location, mock.url).href)).text };
}

test('it lists what is open, of both products', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  await pageUrl(mock);
  const shown = await text(mock);
  expect([shown.includes(Data.queryId!), shown.includes('<code>ticket</code>')]).toEqual([true, true]);
});

test('what is open is listed, however many have ended since', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  for (let ended = 0; ended < 200; ended++) {
    const { Data: later } = await init(mock);
    await mock.verifications.pass(later.queryId!);
  }
  expect(await text(mock)).toContain(Data.queryId);
});

test('what has ended is listed as that, without a button', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  await mock.verifications.pass(Data.queryId!);
  const shown = await text(mock, '?lang=en');
  expect([shown.includes('Ended (1)'), shown.includes(Data.queryId!), shown.includes('name="end"')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('it says who it is, masked, and how long still', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await mock.clock.freeze();
  await startH5(mock, { name: '李四光', certNumber: '990000199003070021' });
  await mock.clock.advance('90s');
  const shown = await text(mock, '?lang=en');
  expect([shown.includes('<b>李** 990*************21</b>'), shown.includes('28:30 left')]).toEqual([true, true]);
});

test('a search leaves what fits', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { zimId } = await startH5(mock, { name: '李四光' });
  await pageUrl(mock);
  const shown = await text(mock, `?q=${encodeURIComponent('李')}`);
  expect([shown.includes(zimId), shown.includes('<code>ticket</code>')]).toEqual([true, false]);
  const none = await text(mock, '?q=nobody');
  expect([none.includes(zimId), none.includes('value="nobody"')]).toEqual([false, true]);
});

describe.each([
  ['pass', '1000', 'passed'],
  ['fail', '2006', 'failed'],
  ['quit', '1003', 'quit'],
  ['expire', '1001', 'open'],
])('SAF: %s', (end, callback, status) => {
  test(`the SDK reports ${callback}, the session is ${status}`, async () => {
    await using mock = createCloudauthMock(MANUAL);
    const { Data } = await init(mock);
    const shown = await press(mock, { id: Data.queryId!, end });
    expect([shown.status, shown.text.includes(`<code>${callback}</code>`)]).toEqual([303, true]);
    expect((await mock.verifications.list())[0]).toMatchObject({ status });
  });
});

test.each([
  ['pass', 'AUDIT_PASS'],
  ['fail', 'AUDIT_FAIL'],
  ['quit', 'AUDIT_NOT'],
  ['expire', 'AUDIT_EXCEPTION'],
])('Cloudauth: %s is reported as %s', async (end, callback) => {
  await using mock = createCloudauthMock(MANUAL);
  await pageUrl(mock);
  expect((await press(mock, { id: 'ticket', end })).text).toContain(`<code>${callback}</code>`);
});

test.each([
  ['pass', '1000'],
  ['fail', '2006 Z5128'],
  ['quit', '1003 Z1008'],
  ['expire', '1001 Z5114'],
])('financial-grade: %s is reported as %s', async (end, callback) => {
  await using mock = createCloudauthMock(MANUAL);
  expect((await press(mock, { id: await certifyId(mock), end })).text).toContain(`<code>${callback}</code>`);
});

test('the chosen reason is the session’s', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  await press(mock, { id: Data.queryId!, end: 'fail', reason: 'Z8302' });
  expect((await mock.verifications.list())[0]?.detail).toContain('Z8302');
});

test('the chosen reason is the task’s AuditConclusions', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await pageUrl(mock);
  const reason = /<option value="([^"]*身份证[^"]*)"/.exec(await text(mock))![1]!;
  await press(mock, { id: 'ticket', end: 'fail', reason });
  expect((await getStatus(mock, 'RPBasic')).json.Data.AuditConclusions).toBe(reason);
});

test('a reason chosen beside another button changes nothing', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  await press(mock, { id: Data.queryId!, end: 'pass', reason: 'Z1146' });
  expect((await mock.verifications.list())[0]).toMatchObject({ status: 'passed' });
});

test.each([
  ['without an id', { end: 'pass' }, 400],
  ['with an end there is none of', { id: 'ticket', end: 'win' }, 400],
  ['of an id nobody has', { id: 'nobody', end: 'pass' }, 404],
])('a press %s says what is wrong', async (_what, fields: Record<string, string>, status) => {
  await using mock = createCloudauthMock();
  const shown = await press(mock, fields);
  expect([shown.status, shown.text.includes('role="alert"')]).toEqual([status, true]);
});

test('a second press is told that it has ended', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  await press(mock, { id: Data.queryId!, end: 'pass' });
  expect((await press(mock, { id: Data.queryId!, end: 'quit' })).status).toBe(409);
});

test.each(['zh', 'en'])('in %s what a second press is told names the TicketId, not the VerifyToken', async (lang) => {
  await using mock = createCloudauthMock(MANUAL);
  const token = new URL(await pageUrl(mock)).searchParams.get('token')!;
  const id = /name="id" value="([^"]+)"/.exec(await text(mock))![1]!;
  await press(mock, { id, end: 'pass' });
  const { status, text: shown } = await press(mock, { id, end: 'pass' }, `?lang=${lang}`);
  expect([status, shown.includes(token), shown.includes('ticket')]).toEqual([409, false, true]);
});

test.each([
  ['zh', '此认证已经结束'],
  ['en', 'has passed already'],
])('in %s a second press is told %s', async (lang, said) => {
  await using mock = createCloudauthMock(MANUAL);
  await openTask(mock, 'RPBasic');
  await mock.verifications.pass('ticket');
  expect((await press(mock, { id: 'ticket', end: 'pass' }, `?lang=${lang}`)).text).toContain(`ticket`);
  expect((await press(mock, { id: 'ticket', end: 'pass' }, `?lang=${lang}`)).text).toContain(said);
});

test('a task that was left says so, and is open still', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await openTask(mock, 'RPBasic');
  const before = await text(mock, '?lang=en');
  const after = (await press(mock, { id: 'ticket', end: 'quit' }, '?lang=en')).text;
  expect([before, after].map((shown) => shown.includes('class="badge left"'))).toEqual([false, true]);
  expect(after).toContain('it can be gone on with');
});

test('a verification whose time is over says so', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await openTask(mock, 'RPBasic');
  await init(mock);
  const before = await text(mock, '?lang=en');
  await mock.clock.advance('31m');
  const marks = [before, await text(mock, '?lang=en')].map((shown) => shown.split('>Expired<').length - 1);
  expect(marks).toEqual([0, 2]);
});

test.each([
  ["it's", /account=it%27s'/, String.raw`--account 'it'\''s'`],
  ['x;touch y', /account=x%3Btouch%20y'/, "--account 'x;touch y'"],
])('the lines for a shell hold account %j', async (account, curl, device) => {
  await using mock = createCloudauthMock(MANUAL);
  const shown = await text(mock, `?account=${encodeURIComponent(account)}`);
  expect([curl.test(shown), shown.replaceAll('&#39;', "'").includes(device)]).toEqual([true, true]);
});

test('an address written by hand claims nothing that was not done', async () => {
  await using mock = createCloudauthMock(MANUAL);
  expect(await text(mock, '?id=x&product=saf&end=pass')).not.toContain('1000');
});

test('in English the reasons are told in English as well', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await openTask(mock, 'RPBasic');
  expect(await text(mock, '?lang=en')).toContain('>not an ID card (提交的照片非身份证照片)<');
});

test.each(['cross-site', 'same-site'])('a form of a %s page does not act', async (site) => {
  await using mock = createCloudauthMock(MANUAL);
  const { Data } = await init(mock);
  const { status } = await press(mock, { id: Data.queryId!, end: 'pass' }, '', { 'sec-fetch-site': site });
  expect([status, (await mock.verifications.list())[0]?.status]).toEqual([403, 'open']);
});

test('each account has its own', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { zimId } = await startH5(mock, {}, { accessKeyId: 'LTAImockOther' });
  const seen = [await text(mock), await text(mock, '?account=LTAImockOther')].map((shown) => shown.includes(zimId));
  expect(seen).toEqual([false, true]);
});

test('a press acts in the account that is shown', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const { zimId } = await startH5(mock, {}, { accessKeyId: 'LTAImockOther' });
  await press(mock, { id: zimId, end: 'pass' }, '?account=LTAImockOther');
  expect((await mock.verifications.list({ account: 'LTAImockOther' }))[0]).toMatchObject({ status: 'passed' });
});

test('with nothing open it shows how to begin', async () => {
  await using mock = createCloudauthMock();
  const shown = await text(mock, '?lang=en');
  expect([shown.includes('cloudauth-mock device'), shown.includes('curl '), shown.includes('/demo/saf.html')]).toEqual([
    true,
    true,
    true,
  ]);
});

test('names and ID numbers are not shown', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await startH5(mock, { name: '李四', certNumber: '990000199003070021' });
  expect(await text(mock)).not.toMatch(/李四|990000199003070021/);
});

describe('a TicketId that looks like an ID number', () => {
  const NUMBER = '990000199003070021';
  const MASKED = '990*************21';

  test('is shown masked', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await pageUrl(mock, {}, { TicketId: NUMBER });
    const shown = await text(mock);
    expect([shown.includes(NUMBER), shown.includes(MASKED)]).toEqual([false, true]);
  });

  test('is ended by its button, and is in no address then', async () => {
    await using mock = createCloudauthMock(MANUAL);
    await pageUrl(mock, {}, { TicketId: NUMBER });
    const id = /name="id" value="([^"]+)"/.exec(await text(mock))![1]!;
    const body = new URLSearchParams({ id, end: 'pass' });
    const reply = await mock.fetch(new Request(address(mock), { method: 'POST', body }));
    expect([reply.status, (await mock.verifications.list())[0]?.status]).toEqual([303, 'passed']);
    expect(reply.headers.get('location')).not.toContain(NUMBER);
  });

  test('is masked where it is unknown', async () => {
    await using mock = createCloudauthMock(MANUAL);
    expect((await press(mock, { id: NUMBER, end: 'pass' })).text).not.toContain(NUMBER);
  });
});

test('a TicketId that is only long is shown as it is', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const TicketId = `order-${'w'.repeat(80)}`;
  await pageUrl(mock, {}, { TicketId });
  expect(await text(mock)).toContain(TicketId);
});

test('a bizId that looks like an ID number is shown masked', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await init(mock, { bizId: '990000199003070021' });
  expect(await text(mock)).not.toContain('990000199003070021');
});

test('of two Biz with one TicketId, the button ends the one it stands at', async () => {
  await using mock = createCloudauthMock(MANUAL);
  await openTask(mock, 'RPBasic');
  await openTask(mock, 'RPBioID');
  const shown = await text(mock);
  const [, id] = /Biz RPBasic.*?name="id" value="([^"]+)"/s.exec(shown)!;
  await press(mock, { id: id!, end: 'pass' });
  const ended = (await mock.verifications.list()).filter(({ status }) => status === 'passed');
  expect(ended.map(({ detail }) => detail)).toEqual([expect.stringContaining('RPBasic')]);
});

describe.each<[what: string, start: (mock: Mock) => Promise<string>]>([
  ['Cloudauth', (mock) => pageUrl(mock)],
  ['SAF', async (mock) => (await startH5(mock)).url],
])('%s: whose page is open', (_what, start) => {
  const marked = async (mock: Mock) => (await text(mock, '?lang=en')).includes('Page open');

  test('it says so', async () => {
    await using mock = createCloudauthMock(MANUAL);
    const url = await start(mock);
    const before = await marked(mock);
    await open(mock, url);
    expect([before, await marked(mock)]).toEqual([false, true]);
  });

  test('it no longer says so once the page was left', async () => {
    await using mock = createCloudauthMock(MANUAL);
    const { text: shown } = await open(mock, await start(mock));
    const leave = /data-leave="([^"]+)"/.exec(shown)![1]!.replaceAll('&amp;', '&');
    await mock.fetch(new Request(new URL(leave, 'http://localhost/user_verify/x'), { method: 'POST' }));
    expect(await marked(mock)).toBe(false);
  });

  test('the list of the control side says it too', async () => {
    await using mock = createCloudauthMock(MANUAL);
    const url = await start(mock);
    const [before] = await mock.verifications.list();
    await open(mock, url);
    const [after] = await mock.verifications.list();
    expect([before?.pageOpen, after?.pageOpen]).toEqual([undefined, true]);
  });
});

const ATTACKS = ['"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", '</title><svg/onload=alert(1)>'];
const cross = (names: string[]) => names.flatMap((name) => ATTACKS.map((attack) => [name, attack] as const));

test.each(cross(['account', 'lang', 'id', 'product', 'end']))('parameter %s: %j is text', async (name, attack) => {
  await using mock = createCloudauthMock();
  const params = new URLSearchParams({ id: 'x', product: 'saf', end: 'pass', [name]: attack });
  expect(await text(mock, `?${params}`)).not.toContain(attack);
});

test.each(cross(['id', 'end', 'reason']))('field %s: %j is text', async (name, attack) => {
  await using mock = createCloudauthMock();
  expect((await press(mock, { id: 'x', end: 'fail', [name]: attack })).text).not.toContain(attack);
});

test.each(ATTACKS)('a TicketId %j is text', async (attack) => {
  await using mock = createCloudauthMock(MANUAL);
  await pageUrl(mock, {}, { TicketId: attack });
  expect(await text(mock)).not.toContain(attack);
});

test('over a socket the guard stands before it', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const visits: Record<string, string>[] = [{}, { origin: 'https://evil.test' }];
  const seen = visits.map(async (headers) => (await fetch(address(mock), { headers })).status);
  expect(await Promise.all(seen)).toEqual([200, 403]);
});
