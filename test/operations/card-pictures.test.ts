/** Id2MetaVerifyWithOCR and Id3MetaVerifyWithOCR: which card is read, from which picture, and what an uploaded file has to be. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { JPEG } from '../support/h5.js';
import { uploaded } from '../support/upload.js';

const URL = 'https://img.local/x.jpg';
const ask = async (mock: CloudauthMock, params: Record<string, string>, name = 'Id2MetaVerifyWithOCR') =>
  (await call(mock, cloudauth2019(name, params))).json;
const once = async (params: Record<string, string>, name?: string) => {
  await using mock = createCloudauthMock();
  return await ask(mock, params, name);
};

const FRONT = {
  address: '浙江省杭州市西湖区测试路1号',
  birthDate: '19900307',
  certName: '测试甲',
  certNo: '990000199003070013',
  nationality: '汉',
};
const BACK = { authority: '测试市公安局', endDate: '20400307', startDate: '20200307' };

test.each([
  ['the front alone', { CertUrl: URL }, FRONT],
  ['both sides', { CertUrl: URL, CertNationalUrl: URL }, { ...FRONT, ...BACK }],
])('of %s the members come by the alphabet', async (_what, params, card) => {
  const { CardInfo } = (await once(params)).ResultObject;
  expect(CardInfo).toBe(JSON.stringify(Object.fromEntries(Object.entries(card).sort(([a], [b]) => (a < b ? -1 : 1)))));
});

test('a face that is another’s has a low score', async () => {
  const { BizCode, FaceDetail } = (await once({ CertUrl: 'https://img.local/card-2.jpg' }, 'Id3MetaVerifyWithOCR'))
    .ResultObject;
  expect([BizCode, JSON.parse(FaceDetail).verifyScore < 90]).toEqual(['2', true]);
});

test.each<[what: string, params: Record<string, string>, expected: string]>([
  ['no picture', {}, '400'],
  ['only the back', { CertNationalUrl: URL }, '400'],
  ['two fronts', { CertUrl: URL, CertFile: URL }, '419'],
  ['two backs', { CertUrl: URL, CertNationalUrl: URL, CertNationalFile: URL }, '419'],
  ['no address', { CertUrl: 'x.jpg' }, '401'],
  ['a picture that shows no card', { CertUrl: 'https://img.local/not-an-id-card.jpg' }, '440'],
  ['a blurred picture', { CertUrl: 'https://img.local/blurred.png' }, '440'],
  ['a picture called after an error', { CertUrl: 'https://img.local/me-421.jpg' }, '421'],
  [
    'a file that was not uploaded',
    { CertFile: 'http://127.0.0.1:9/3c1e_1000000000000001_0123456789abcdef0123456789abcdef' },
    '420',
  ],
])('%s is %s', async (_what, params, expected) => {
  expect((await once(params)).Code).toBe(expected);
});

test('a picture of another person is BizCode 2', async () => {
  expect((await once({ CertUrl: 'https://img.local/other-person.jpg' })).ResultObject.BizCode).toBe('2');
});

describe.each([
  ['Id2MetaVerifyWithOCR', 'CertFile', {}],
  ['Id3MetaVerifyWithOCR', 'CertFile', {}],
  ['Id3MetaVerify', 'FaceFile', { ParamType: 'normal', UserName: '张三', IdentifyNum: '990000199003070013' }],
])('%s by an uploaded %s', (name, param, others) => {
  test.each([
    ['a picture', JPEG, '200'],
    ['what is no picture', Buffer.from('GIF89a'), '405'],
    ['nothing', Buffer.alloc(0), '420'],
  ])('%s', async (_what, bytes, expected) => {
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    expect((await ask(mock, { ...others, [param]: await uploaded(mock, bytes) }, name)).Code).toBe(expected);
  });

  test('of another account there is none', async () => {
    await using mock = createCloudauthMock();
    const url = await uploaded(mock, JPEG, { accessKeyId: 'LTAImockOther' });
    expect((await ask(mock, { ...others, [param]: url }, name)).Code).toBe('420');
  });
});
