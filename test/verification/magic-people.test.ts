/** When a magic value decides, which one, and who is told. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import type { Hint } from '../../src/platform/hint.js';
import { admin } from '../support/admin.js';
import { call, faceVerify } from '../support/call.js';
import { saying } from '../support/hints.js';
import { postedBy, startH5 } from '../support/saf.js';
import { SAF_PERSON } from '../support/scenario.js';
import { getStatus, openTask } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const numberOf = (what: string) => identities.find(({ meaning }) => meaning.startsWith(what))!.number;
const FAILING = numberOf('query answers Z8302');

const send = (mock: Mock, members: object) => call(mock, faceVerify({ ...members }));
const init = async (mock: Mock, more: object) =>
  (await send(mock, { method: 'init', ...SAF_PERSON, ...more })).json.Data as { queryId: string; bizId: string };
const hintOf = (reply: { headers: Headers }) => reply.headers.get('x-cloudauth-mock-hint');
const phone = async (mock: Mock, lang: string) =>
  (await mock.fetch(new Request(`${mock.url}/_mock/phone?lang=${lang}`))).text();

describe('under --device manual', () => {
  test('a magic person waits for the tester, as everybody does, and ends as the tester says', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const ids = await init(mock, { name: '测试不通过' });
    const before = (await send(mock, { method: 'query', ...ids })).json.Code;
    await mock.verifications.pass(ids.queryId);
    expect([before, (await send(mock, { method: 'query', ...ids })).json.Code]).toEqual([300, 200]);
  });

  test('on the page the person ends it as the data asks', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { url } = await startH5(mock, { certNumber: FAILING });
    const body = new FormData();
    body.set('frame', Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64'));
    await mock.fetch(new Request(url, { method: 'POST', body }));
    const page = await (await mock.fetch(new Request(url))).text();
    expect(postedBy(page)).toMatchObject({ retCodeSub: 'Z8302' });
  });

  test.each([
    [
      'en',
      'A magic value in its data asks for <code>fail:Z8302</code>',
      /with --device manual nothing ends without it/,
    ],
    ['zh', '数据中的特殊值要求 <code>fail:Z8302</code>', /--device manual 时只由你结束/],
  ])('the phone says what the data asks for, and has that reason chosen (%s)', async (lang, asksFor, rule) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await init(mock, { certNumber: FAILING });
    const page = await phone(mock, lang);
    expect(page).toContain(asksFor);
    expect(page).toMatch(rule);
    expect(page).toContain('<option value="Z8302" selected>');
  });

  test.each([
    ['a person who asks for nothing', {}, undefined],
    ['one who is to pass', { name: '测试通过' }, undefined],
    ['one who is to fail', { name: '测试不通过' }, 'fail:Z1146'],
    ['one who is to leave', { name: '测试退出' }, 'quit'],
  ])('the list says so of %s', async (_title, person, asksFor) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await init(mock, person);
    const [view] = (await admin(mock, '/verifications')).json;
    expect(view.asksFor).toBe(asksFor);
  });
});

const NAME_DECIDES: Hint = ['magic-outranks', { why: 'name', whyNot: ['number'] }];

describe('which value decided', () => {
  test.each<[string, object, Hint[]]>([
    ['a number', { certNumber: FAILING }, [['magic-decides', { why: 'number' }]]],
    ['a suffix', { name: '张三~fail:Z8399' }, [['magic-decides', { why: 'suffix' }]]],
    ['a name beside a number', { name: '测试通过', certNumber: FAILING }, [NAME_DECIDES]],
    ['neither', {}, []],
  ])('%s', async (_title, person, hint) => {
    await using mock = createCloudauthMock();
    const reply = await send(mock, { method: 'query', ...(await init(mock, person)) });
    expect(hintOf(reply)).toBe(await saying(...hint, 'simulated-device'));
  });

  test('init says so where the number would have failed it', async () => {
    await using mock = createCloudauthMock();
    const certNumber = numberOf('init answers 520');
    const reply = await send(mock, { method: 'init', ...SAF_PERSON, name: '测试通过', certNumber });
    expect([reply.json.Code, hintOf(reply)]).toEqual([200, await saying(NAME_DECIDES)]);
  });

  test('a picture of a task', async () => {
    await using mock = createCloudauthMock();
    const Binding = JSON.stringify({ FacePic: 'https://example.com/me-blurred.jpg', Name: '李四' });
    await openTask(mock, 'RPBasic', 'ticket', { Binding });
    expect(hintOf(await getStatus(mock, 'RPBasic', 'ticket'))).toContain(
      await saying(['magic-decides', { why: 'picture' }]),
    );
  });
});

test('the demo begins with a person who asks for nothing by name', async () => {
  await using mock = createCloudauthMock();
  const page = await (await mock.fetch(new Request(`${mock.url}/demo/saf.html`))).text();
  const name = /name="name" value="([^"]*)"/.exec(page)?.[1];
  const ids = await init(mock, { name, certNumber: FAILING });
  expect((await send(mock, { method: 'query', ...ids })).json.Message).toContain('Z8302');
});
