import { expect, test } from 'vitest';
import { createCloudauthMock, identities, type MockOptions } from '../../src/index.js';
import { FACE, init, WEB } from '../support/face.js';
import { saying } from '../support/hints.js';

const code = async (changes: Record<string, string | undefined>, options: MockOptions = {}) => {
  await using mock = createCloudauthMock(options);
  const { status, json } = await init(mock, changes);
  return [status, json.Code, json.Message];
};
const OK = [200, '200', 'success'];
const MISSING = [200, '400', '参数不能为空'];
const WRONG = [200, '401', '参数非法'];
const RETURN = 'http://localhost/done';
const PHOTO = { FaceContrastPicture: '/9j/4AAQSkZJRg==' };

test('an app gets a CertifyId alone', async () => {
  await using mock = createCloudauthMock();
  const { json, hint } = await init(mock);
  expect(json).toEqual({
    Code: '200',
    Message: 'success',
    RequestId: json.RequestId,
    ResultObject: { CertifyId: expect.stringMatching(/^sha[0-9a-f]{29}$/) },
  });
  expect(hint).toBeNull();
});

test.each(['web', 'h5'])('MetaInfo of deviceType %s gets a CertifyUrl as well', async (deviceType) => {
  await using mock = createCloudauthMock();
  const MetaInfo = JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType, ua: 'Mozilla/5.0' });
  const { ResultObject } = (await init(mock, { MetaInfo, ReturnUrl: RETURN })).json;
  expect(ResultObject.CertifyUrl).toContain(ResultObject.CertifyId);
});

test.each([
  ['without ua', { bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web' }],
  ['as a program has it', { zimVer: '3.0.0', appVersion: '1.0' }],
])('MetaInfo %s is no error: a CertifyId alone, and a hint says why', async (_how, said) => {
  await using mock = createCloudauthMock();
  const { json, hint } = await init(mock, { MetaInfo: JSON.stringify(said), ReturnUrl: RETURN });
  expect([json.Code, Object.keys(json.ResultObject), hint]).toEqual([
    '200',
    ['CertifyId'],
    await saying('no-certify-url'),
  ]);
});

test.each(['SceneId', 'OuterOrderNo', 'ProductCode', 'MetaInfo', 'CertType', 'CertName', 'CertNo'])(
  'ID_PRO without %s is 400',
  async (name) => {
    expect(await code({ [name]: undefined })).toEqual(MISSING);
  },
);

const NOBODY = { CertType: undefined, CertName: undefined, CertNo: undefined };

test.each<[title: string, changes: Record<string, string | undefined>, expected: unknown[]]>([
  ['ID_PLUS needs no person', { ...NOBODY, ProductCode: 'ID_PLUS' }, OK],
  ['LR_FR needs no person', { ...NOBODY, ProductCode: 'LR_FR', UserId: 'u1' }, OK],
  ['LR_FR needs UserId', { ...NOBODY, ProductCode: 'LR_FR' }, MISSING],
  ['PV_FV takes a photo', { ...NOBODY, ...PHOTO, ProductCode: 'PV_FV', UserId: 'u1' }, OK],
  ['PV_FV needs UserId', { ...NOBODY, ...PHOTO, ProductCode: 'PV_FV' }, MISSING],
  ['PV_FV needs a photo', { ...NOBODY, ProductCode: 'PV_FV', UserId: 'u1' }, MISSING],
  [
    'two photos are 420',
    { ...NOBODY, ...PHOTO, FaceContrastPictureUrl: 'http://localhost/me.jpg', ProductCode: 'PV_FV', UserId: 'u1' },
    [200, '420', '数据重复'],
  ],
  ['a web page needs ReturnUrl', { MetaInfo: WEB }, MISSING],
  ['another ProductCode is 401', { ProductCode: 'ID_MIN' }, WRONG],
  ['MetaInfo that is no JSON is 401', { MetaInfo: 'web' }, WRONG],
  ['a SceneId that is no number is 401', { SceneId: 'main' }, WRONG],
  ['an order number of any form will do', { OuterOrderNo: 'user_1-with-more-than-thirty-two-characters' }, OK],
  ['ciphertexts of SM2 will do', { EncryptType: 'SM2', CertName: 'BK3x+/==', CertNo: 'BF9z+/==' }, OK],
])('%s', async (_title, changes, expected) => {
  expect(await code(changes)).toEqual(expected);
});

test('the same order number may come again', async () => {
  await using mock = createCloudauthMock();
  const [first, second] = [await init(mock), await init(mock)];
  expect(first.json.ResultObject.CertifyId).not.toBe(second.json.ResultObject.CertifyId);
});

test('who becomes 14 tomorrow is 405 today', async () => {
  await using mock = createCloudauthMock();
  await mock.clock.set('2026-03-06T12:00:00Z');
  const young = await init(mock, { CertNo: '990000201203080013' });
  const old = await init(mock, { CertNo: '990000201203060013' });
  expect([young.json.Code, young.json.Message, old.json.Code]).toEqual([
    '405',
    '您的年龄未满14周岁，不允许使用此产品',
    '200',
  ]);
});

test.each<[title: string, options: MockOptions, scene: string, expected: string]>([
  ['any SceneId will do where none is declared', {}, '7', '200'],
  ['a declared one will do', { sceneId: ['7'] }, '7', '200'],
  ['beside a declared one another will do', { sceneId: [7] }, '8', '200'],
  ['with --scenes declared another is 404', { sceneId: [7], scenes: 'declared' }, '8', '404'],
  ['of a declared one the ProductCode counts', { sceneId: ['7:LR_FR'], scenes: 'declared' }, '7', '404'],
  ['with --scenes declared and none declared any will do', { scenes: 'declared' }, '7', '200'],
  ['with --scenes any it does not matter', { sceneId: ['7'], scenes: 'any' }, '8', '200'],
])('%s', async (_title, options, SceneId, expected) => {
  expect((await code({ SceneId }, options))[1]).toBe(expected);
});

test('that a SceneId is not among the declared ones is said', async () => {
  await using mock = createCloudauthMock({ sceneId: [7] });
  expect((await init(mock, { SceneId: '8' })).hint).toBe(await saying(['no-scene-id', { id: '8', product: 'ID_PRO' }]));
});

test.each(['7:ID_MIN', 'main', '1e3', ''])('--scene-id %j is refused', (sceneId) => {
  expect(() => createCloudauthMock({ sceneId })).toThrow('--scene-id');
});

test.each(['417', '418'])('there is a person for %s', async (expected) => {
  const person = identities.find(({ magic }) => 'fail' in magic && magic.fail === expected)!;
  expect((await code({ CertNo: person.number }))[1]).toBe(expected);
});

test('a suffix of the name orders an error of the page, and of UserId where there is no name', async () => {
  expect((await code({ CertName: '张三~fail:416' }))[1]).toBe('416');
  expect((await code({ ...NOBODY, ProductCode: 'LR_FR', UserId: 'u1~fail:416' }))[1]).toBe('416');
});

test('a number that another family’s code is ordered by orders nothing here', async () => {
  const person = identities.find(({ magic }) => 'fail' in magic && magic.fail === '402')!;
  expect((await code({ CertNo: person.number }))[1]).toBe('200');
});

test('the journal shows neither the number nor the photo', async () => {
  await using mock = createCloudauthMock();
  await init(mock, PHOTO);
  const [entry] = await mock.requests();
  expect([entry!.params.CertNo, entry!.params.FaceContrastPicture]).toEqual([
    `330${'*'.repeat(FACE.CertNo.length - 5)}33`,
    '<16 characters of base64>',
  ]);
});
