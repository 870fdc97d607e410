/** The page at VerifyPageUrl: the steps of the setting, where it leads, and what DescribeVerifyResult makes of it. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { PERSON, pageOf, result, start } from '../support/classic.js';
import { JPEG, open, post, walk } from '../support/h5.js';

const manual = () => createCloudauthMock({ device: 'manual' });
type Mock = ReturnType<typeof manual>;
const status = async (mock: Mock, params = {}) => (await result(mock, params)).json.VerifyStatus;
const GOES = { PassedRedirectUrl: 'http://localhost:3000/ok?a=1', FailedRedirectUrl: 'http://localhost:3000/no' };
/** The screens of a scene, by their addresses. */
async function steps(mock: Mock, BizType: string): Promise<(string | null)[]> {
  const base64 = JPEG.toString('base64');
  const fields = { agree: 'yes', FacePic: base64, IdCardFrontPic: base64, IdCardBackPic: base64 };
  const seen: (string | null)[] = [];
  let at: string | undefined = await pageOf(mock, {}, { BizType, ...PERSON });
  while (at?.includes('/user_verify/cloudauth.html')) {
    at = (await post(mock, at, fields)).location;
    seen.push(at ? new URL(at).searchParams.get('step') : null);
  }
  return seen;
}

test.each<[solution: string, switches: Record<string, string>, expected: (string | null)[]]>([
  ['RPBasic', {}, ['PRIVACY', 'FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK', null]],
  ['RPBioID', { GuideStep: 'false' }, ['FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK', null]],
  ['RPBioOnly', {}, ['PRIVACY', 'FACE_LIVENESS', null]],
  ['RPH5BioOnly', { GuideStep: 'false', PrivacyStep: 'false' }, [null]],
])('a BizType made for %s with %j is walked so', async (Solution, switches, expected) => {
  await using mock = manual();
  await call(mock, cloudauth2019('CreateVerifySetting', { BizType: 'Own', BizName: '自己', Solution, ...switches }));
  expect([await steps(mock, 'Own'), await status(mock, { BizType: 'Own' })]).toEqual([expected, 1]);
});

test('what the person handed in comes back as Material', async () => {
  await using mock = manual();
  await walk(mock, await pageOf(mock));
  const { FaceImageUrl, IdCardInfo } = (await result(mock)).json.Material;
  for (const url of [FaceImageUrl, IdCardInfo.FrontImageUrl, IdCardInfo.BackImageUrl]) {
    const picture = await mock.fetch(new Request(url));
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(JPEG);
  }
});

test('a magic person is verified on the page as the person is', async () => {
  await using mock = manual();
  await walk(mock, await pageOf(mock, {}, { Name: '李三~status:9' }));
  expect(await status(mock)).toBe(9);
});

describe('redirects', () => {
  test.each([
    ['pass', GOES.PassedRedirectUrl],
    ['fail', GOES.FailedRedirectUrl],
    ['12', GOES.FailedRedirectUrl],
  ])('%s leads to where DescribeVerifyToken said', async (auto, expected) => {
    await using mock = manual();
    expect((await open(mock, await pageOf(mock, { auto }, GOES))).location).toBe(expected);
  });

  test.each(['quit', 'expire'])('%s leads nowhere: the page says how things stand', async (auto) => {
    await using mock = manual();
    expect((await open(mock, await pageOf(mock, { auto }, GOES))).location).toContain('/user_verify/result.html');
  });

  test('they come before what is appended to the address', async () => {
    await using mock = manual();
    const appended = { auto: 'pass', successRedirect: 'http://localhost:3000/appended' };
    expect((await open(mock, await pageOf(mock, appended, GOES))).location).toBe(GOES.PassedRedirectUrl);
  });

  test('without them what is appended counts', async () => {
    await using mock = manual();
    const appended = { auto: 'fail', failRedirect: 'http://localhost:3000/appended' };
    expect((await open(mock, await pageOf(mock, appended))).location).toBe(appended.failRedirect);
  });

  test.each([
    ['another host', 'https://evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['no address', '-'],
    ['what is too long', `http://localhost/${'a'.repeat(8000)}`],
    ['what is too long once it is encoded', `http://localhost/${'中'.repeat(2000)}`],
  ])('%s is not followed, and every screen says so by its name', async (_what, PassedRedirectUrl) => {
    await using mock = manual();
    const url = await pageOf(mock, { lang: 'en' }, { PassedRedirectUrl });
    const { text } = await open(mock, url);
    const { location } = await open(mock, `${url}&auto=pass`);
    expect(text).toContain('<code>PassedRedirectUrl</code> will not be followed:');
    expect(location).toContain('/user_verify/result.html');
  });
});

describe('the page says in the vendor’s words', () => {
  test('会话已过期或不存在, once the token’s time is over', async () => {
    await using mock = manual();
    const url = await pageOf(mock);
    await mock.clock.advance('30m');
    expect((await open(mock, url)).text).toContain('会话已过期或不存在');
  });

  test.each([
    ['zh', '实名信息缺失', 'DescribeVerifyToken 的 Name 和 IdCardNumber'],
    ['en', 'Identity information is missing', 'Name and IdCardNumber of DescribeVerifyToken'],
  ])('without a name where the scheme needs one (%s)', async (lang, title, hint) => {
    await using mock = manual();
    const { text } = await open(mock, await pageOf(mock, { lang }, { BizType: 'RPBioOnly' }));
    expect(text).toContain(title);
    expect(text).toContain(hint);
  });

  test('非法业务标识或来源, where the server submits: by VerifyMaterial', async () => {
    await using mock = manual();
    const { text } = await open(mock, await pageOf(mock, { lang: 'zh' }, { BizType: 'RPMin' }));
    expect(text).toContain('非法业务标识或来源');
    expect(text).toContain('VerifyMaterial');
  });
});

test.each([
  ['zh', '人脸与公安网照片不一致'],
  ['en', 'the face is not the one the authority has'],
])('a failure is told with its VerifyStatus and what it means (%s)', async (lang, meaning) => {
  await using mock = manual();
  const { location } = await open(mock, await pageOf(mock, { lang, auto: '7' }));
  const { text } = await open(mock, location!);
  expect(text).toContain(meaning);
  expect(text).toContain('VerifyStatus 7');
});

test('the tester’s panel offers each VerifyStatus, and an unknown word names them', async () => {
  await using mock = manual();
  const url = await pageOf(mock, { lang: 'en' });
  const { text } = await open(mock, url);
  const offered = [...text.matchAll(/name="end" value="(\w+)"/g)].map(([, word]) => word);
  const unknown = await open(mock, `${url}&auto=13`);
  const words = ['pass', '7', '2', '3', '4', '5', '6', '8', '9', '10', '11', '12', 'quit', 'expire'];
  expect(offered.slice(-words.length)).toEqual(words);
  expect([unknown.status, unknown.text.includes('10, 11, 12, quit')]).toEqual([400, true]);
});

test('while the page is open the simulated person waits', async () => {
  await using mock = createCloudauthMock();
  await open(mock, await pageOf(mock));
  expect(await status(mock)).toBe(-1);
});

test('a token of this flow and one of GetVerifyToken with the same ids are two tasks', async () => {
  await using mock = manual();
  await start(mock);
  await call(mock, { Version: '2017-11-17', Action: 'GetVerifyToken', Biz: 'RPBasic', TicketId: 'order-1' });
  await mock.verifications.pass('order-1');
  expect(await status(mock)).toBe(-1);
});

test('the phone lists it with its BizType, and ends it', async () => {
  await using mock = manual();
  await start(mock);
  const list = await (await mock.fetch(new Request(`${mock.url}/_mock/verifications`))).json();
  const phone = await (await mock.fetch(new Request(`${mock.url}/_mock/phone?lang=zh`))).text();
  expect(list[0]).toMatchObject({ id: 'order-1', product: 'classic', detail: 'BizType RPBasic, RPBasic' });
  expect(phone).toContain('非同人操作');
});
