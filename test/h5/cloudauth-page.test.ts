import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { IDENTITY, JPEG, open, PNG, pageUrl, post, walk } from '../support/h5.js';
import { getMaterials, getStatus, openTask } from '../support/tasks.js';

const manual = () => createCloudauthMock({ device: 'manual' });
const status = async (mock: ReturnType<typeof manual>, biz = 'RPBasic') => (await getStatus(mock, biz)).json.Data;
const at = (url: string, step: string) => `${url}&step=${step}`;

test('a walk through all screens passes the task', async () => {
  await using mock = manual();
  const end = await walk(mock, await pageUrl(mock));
  expect(end).toContain('/user_verify/result.html');
  expect((await status(mock)).StatusCode).toBe(1);
  expect((await open(mock, end)).text).toContain('认证通过');
});

test('the pictures of the walk are the materials of the task', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  await walk(mock, url);
  const { Data } = (await getMaterials(mock, 'RPBasic')).json;
  const token = new URL(url).searchParams.get('token');
  const paths = [Data.FacePic, Data.IdCardFrontPic, Data.IdCardBackPic].map((address) => new URL(address).pathname);
  expect(paths).toEqual(['FacePic', 'IdCardFrontPic', 'IdCardBackPic'].map((name) => `/${token}/h5/${name}.jpg`));
});

test('GUIDE is the first screen, and each leads to the next of the setting', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  const titles: string[] = [];
  for (const step of ['', 'GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK'])
    titles.push(/<h1>(.+?)<\/h1>/.exec((await open(mock, at(url, step))).text)![1]!);
  expect(titles).toEqual(['实人认证', '实人认证', '隐私授权', '人脸识别', '身份证人像面', '身份证国徽面']);
});

test('a scene that only asks for a face shows no other screen', async () => {
  await using mock = manual();
  const setting = { BizType: 'plain', BizName: 'plain', Solution: 'FDBioOnly' };
  const { call, cloudauth2019 } = await import('../support/call.js');
  const off = { GuideStep: 'false', PrivacyStep: 'false', ResultStep: 'false' };
  await call(mock, cloudauth2019('CreateVerifySetting', { ...setting, ...off }));
  const url = await pageUrl(mock, {}, { Biz: 'plain' });
  const first = await open(mock, url);
  const done = await post(mock, url, { FacePic: JPEG.toString('base64') });
  expect([first.text.includes('人脸识别'), done.location?.includes('result.html')]).toEqual([true, true]);
});

test('a screen that was skipped by its address is asked for before the end', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  const { location } = await post(mock, at(url, 'ID_PHOTO_BACK'), { IdCardBackPic: JPEG.toString('base64') });
  expect(location).toContain('step=FACE_LIVENESS');
  expect((await status(mock)).StatusCode).toBe(-1);
});

test('consent has to be given', async () => {
  await using mock = manual();
  const refused = await post(mock, at(await pageUrl(mock), 'PRIVACY'));
  expect([refused.status, refused.text.includes('请先勾选同意')]).toEqual([400, true]);
});

const base64 = (bytes: Buffer) => bytes.toString('base64');
const BIG = Buffer.concat([JPEG, Buffer.alloc(2 * 1024 * 1024 + 1 - JPEG.length)]);
test.each<[what: string, fields: Record<string, string | Blob>, status: number, text: string]>([
  ['nothing', {}, 400, '请先拍照或选择照片'],
  ['an empty file', { FacePicFile: new File([], 'a.jpg') }, 400, '请先拍照或选择照片'],
  ['text', { FacePic: base64(Buffer.from('hello')) }, 400, '不是 JPEG 或 PNG'],
  [
    'a GIF that calls itself JPEG',
    { FacePicFile: new File(['GIF89a'], 'a.jpg', { type: 'image/jpeg' }) },
    400,
    '不是 JPEG',
  ],
  ['2 MB and a byte', { FacePicFile: new File([new Uint8Array(BIG)], 'a.jpg') }, 400, '超过 2 MB'],
  ['9 MB', { FacePicFile: new File([new Uint8Array(9 * 1024 * 1024)], 'a.jpg') }, 413, '上传内容过大'],
])('%s is no picture: the screen says why', async (_what, fields, code, text) => {
  await using mock = manual();
  const refused = await post(mock, at(await pageUrl(mock), 'FACE_LIVENESS'), fields);
  expect([refused.status, refused.text.includes(text)]).toEqual([code, true]);
});

test.each<[what: string, fields: Record<string, string | Blob>]>([
  ['a JPEG of the camera', { FacePic: base64(JPEG) }],
  ['a JPEG file', { FacePicFile: new File([new Uint8Array(JPEG)], 'x') }],
  ['a PNG file', { FacePicFile: new File([new Uint8Array(PNG)], 'x') }],
  ['a file of exactly 2 MB', { FacePicFile: new File([new Uint8Array(BIG.subarray(0, 2 * 1024 * 1024))], 'x') }],
])('%s is taken', async (_what, fields) => {
  await using mock = manual();
  const taken = await post(mock, at(await pageUrl(mock), 'FACE_LIVENESS'), fields);
  expect([taken.status, taken.location?.includes('step=ID_PHOTO_FRONT')]).toEqual([303, true]);
});

const ENDINGS: readonly [word: string, status: number, conclusions: string | undefined, shown: string][] = [
  ['pass', 1, undefined, '认证通过'],
  ['fail', 2, '身份证照片模糊，光线问题造成字体无法识别', '认证未通过'],
  ['blurred', 2, '身份证照片模糊，光线问题造成字体无法识别', '认证未通过'],
  ['mismatch', 2, '身份证照片信息与认证提交信息不一致', '认证未通过'],
  ['no-card', 2, '提交的照片非身份证照片', '认证未通过'],
  ['Z1146', 2, '身份证照片模糊，光线问题造成字体无法识别', '认证未通过'],
  ['quit', -1, undefined, '认证未完成'],
  ['expire', -1, undefined, '会话已过期或不存在'],
];
test.each(ENDINGS)('?auto=%s ends the task on the GET', async (auto, StatusCode, AuditConclusions, shown) => {
  await using mock = createCloudauthMock();
  const answer = await open(mock, await pageUrl(mock, { auto }));
  const data = await status(mock);
  expect([answer.status, data.StatusCode, data.AuditConclusions]).toEqual([302, StatusCode, AuditConclusions]);
  expect((await open(mock, answer.location!)).text).toContain(shown);
});

test.each(ENDINGS)('the control “%s” ends the task', async (end, StatusCode, AuditConclusions, shown) => {
  await using mock = createCloudauthMock();
  const answer = await post(mock, await pageUrl(mock), { end });
  const data = await status(mock);
  expect([answer.status, data.StatusCode, data.AuditConclusions]).toEqual([303, StatusCode, AuditConclusions]);
  expect((await open(mock, answer.location!)).text).toContain(shown);
});

test.each(['300', 'Z9999', '', 'PASS', 'constructor', '__proto__'])(
  '?auto=%s is unknown: the page says which there are',
  async (auto) => {
    await using mock = manual();
    const answer = await open(mock, await pageUrl(mock, { auto }));
    expect([answer.status, answer.text.includes('pass, blurred, mismatch, no-card, quit, expire, fail')]).toEqual([
      400,
      true,
    ]);
    expect((await status(mock)).StatusCode).toBe(-1);
  },
);

test('an unknown control is refused as an unknown auto is', async () => {
  await using mock = manual();
  expect((await post(mock, await pageUrl(mock), { end: 'nonsense' })).status).toBe(400);
});

test('what is no form has no fields', async () => {
  await using mock = manual();
  const answer = await mock.fetch(new Request(at(await pageUrl(mock), 'PRIVACY'), { method: 'POST', body: '{' }));
  expect(answer.status).toBe(400);
});

test('a walk of a ticket that asks to fail fails', async () => {
  await using mock = manual();
  await walk(mock, await pageUrl(mock, {}, { TicketId: 'ticket~status:2' }));
  const { json } = await getStatus(mock, 'RPBasic', 'ticket~status:2');
  expect(json.Data.StatusCode).toBe(2);
});

test('a failed task may be done again with the same page', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  const failed = await open(mock, `${url}&auto=fail`);
  expect((await open(mock, failed.location!)).text).toContain('重新认证');
  await walk(mock, url);
  expect((await status(mock)).StatusCode).toBe(1);
});

test('a passed task stays passed: its page leads to the result', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  await open(mock, `${url}&auto=pass`);
  const again = [await open(mock, url), await open(mock, `${url}&auto=fail`)];
  expect(again.map(({ location }) => location?.includes('result.html'))).toEqual([true, true]);
  expect((await status(mock)).StatusCode).toBe(1);
});

test('a form sent from a second window after the first one passed leads to the result', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  await open(mock, `${url}&auto=pass`);
  const late = await post(mock, url, { end: 'blurred' });
  expect(late.location).toContain('result.html');
  expect((await status(mock)).StatusCode).toBe(1);
});

test.each([
  ['without a token', ''],
  ['with an unknown token', '?token=00000000000000000000000000000000'],
])('%s the page says 认证token无效或过期', async (_what, query) => {
  await using mock = manual();
  const { status, text } = await open(mock, `https://h5.m.taobao.com/user_verify/cloudauth.html${query}`);
  expect([status, text.includes('认证token无效或过期')]).toEqual([200, true]);
});

test.each([
  ['1799s', false],
  ['1800s', true],
])('%s after GetVerifyToken, that the session has expired is %s', async (age, expired) => {
  await using mock = manual();
  await mock.clock.freeze();
  const url = await pageUrl(mock);
  await mock.clock.advance(age);
  expect((await open(mock, url)).text.includes('会话已过期或不存在')).toBe(expired);
});

test('an expired page takes no form any more', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  await mock.clock.advance('31m');
  const late = await post(mock, url, { end: 'pass' });
  expect([late.text.includes('会话已过期或不存在'), (await status(mock)).StatusCode]).toEqual([true, -1]);
});

const SCHEMES = ['RPBioID', 'RPBioOnlyPro', 'RPBioOnly', 'RPH5BioOnly'];
test.each(SCHEMES)('%s without name and number in Binding is 实名信息缺失', async (Biz) => {
  await using mock = manual();
  const { status, text } = await open(mock, await pageUrl(mock, {}, { Biz }));
  expect([status, text.includes('<h1>实名信息缺失</h1>')]).toEqual([200, true]);
});

test.each(SCHEMES)('%s with name and number in Binding begins', async (Biz) => {
  await using mock = manual();
  const { text } = await open(mock, await pageUrl(mock, {}, { Biz, Binding: IDENTITY }));
  expect(text).toContain('<h1>实人认证</h1>');
});

test('a form sent past 实名信息缺失 changes nothing', async () => {
  await using mock = manual();
  const url = at(await pageUrl(mock, {}, { Biz: 'RPBioOnly' }), 'FACE_LIVENESS');
  const answer = await post(mock, url, { FacePic: base64(JPEG) });
  expect([answer.text.includes('实名信息缺失'), (await status(mock, 'RPBioOnly')).StatusCode]).toEqual([true, -1]);
});

test('the tester’s word goes before 实名信息缺失', async () => {
  await using mock = manual();
  await open(mock, await pageUrl(mock, { auto: 'pass' }, { Biz: 'RPBioOnly' }));
  expect((await status(mock, 'RPBioOnly')).StatusCode).toBe(1);
});

test('a token of the server-only scheme is 非法业务标识或来源', async () => {
  await using mock = manual();
  const token = await openTask(mock, 'RPMin');
  const { text } = await open(mock, `https://h5.m.taobao.com/user_verify/cloudauth.html?token=${token}`);
  expect(text).toContain('非法业务标识或来源');
});

test.each([
  ['测试不通过', 2],
  ['测试退出', -1],
  ['李三', 1],
])('%s walks to the end: the magic value decides, status %i', async (Name, StatusCode) => {
  await using mock = manual();
  await walk(mock, await pageUrl(mock, {}, { Binding: JSON.stringify({ Name }) }));
  expect((await status(mock)).StatusCode).toBe(StatusCode);
});

test('a picture that fails by its name fails the walk', async () => {
  await using mock = manual();
  const IdCardFrontPic = 'oss://verify-external-image:cards/blurred.jpg';
  await walk(mock, await pageUrl(mock, {}, { Binding: JSON.stringify({ IdCardFrontPic }) }));
  expect((await status(mock)).StatusCode).toBe(2);
});

test('a control goes before the magic value', async () => {
  await using mock = manual();
  await post(mock, await pageUrl(mock, {}, { Binding: '{"Name":"测试不通过"}' }), { end: 'pass' });
  expect((await status(mock)).StatusCode).toBe(1);
});

test('the page of one account is no business of another’s task', async () => {
  await using mock = manual();
  const mine = await pageUrl(mock);
  await openTask(mock, 'RPBasic', 'ticket', {}, { accessKeyId: 'LTAImockOther' });
  await open(mock, `${mine}&auto=pass`);
  const other = await getStatus(mock, 'RPBasic', 'ticket', { accessKeyId: 'LTAImockOther' });
  expect([(await status(mock)).StatusCode, other.json.Data.StatusCode]).toEqual([1, -1]);
});

test('a picture posted after the task has passed replaces none', async () => {
  await using mock = manual();
  const url = await pageUrl(mock);
  await walk(mock, url);
  const again = await post(mock, at(url, 'FACE_LIVENESS'), { FacePic: PNG.toString('base64') });
  const { FacePic } = (await getMaterials(mock, 'RPBasic')).json.Data;
  const kept = Buffer.from(await (await mock.fetch(new Request(FacePic))).arrayBuffer());
  expect([again.status, again.location, kept.equals(JPEG)]).toEqual([
    303,
    expect.stringContaining('result.html'),
    true,
  ]);
});

test('when there is no room for a picture, the screen says so and keeps asking', async () => {
  await using mock = createCloudauthMock({ device: 'manual', maxObjectBytes: 10 });
  const url = at(await pageUrl(mock), 'FACE_LIVENESS');
  const answer = await post(mock, url, { FacePic: JPEG.toString('base64') });
  expect([answer.status, answer.text.includes('存储空间已满')]).toEqual([400, true]);
});

test('when there is no room for what an end has to keep, the page says so', async () => {
  await using mock = createCloudauthMock({ device: 'manual', maxObjectBytes: 10 });
  const FacePic = `base64://${JPEG.toString('base64')}`;
  const url = await pageUrl(mock, { auto: 'pass' }, { Binding: JSON.stringify({ FacePic }) });
  const { status: code, text } = await open(mock, url);
  expect([code, text]).toEqual([413, expect.stringContaining('10 bytes')]);
});
