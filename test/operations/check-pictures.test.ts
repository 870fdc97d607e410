/** Pictures of the information checks: how they are handed over, how large they are, and of what kind. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';

const MB = 1024 * 1024;
const starting = (bytes: string, size = 64) =>
  Buffer.concat([Buffer.from(bytes, 'latin1'), Buffer.alloc(size - bytes.length)]).toString('base64');
const JPG = starting('\xff\xd8\xff\xe0');
const PNG = starting('\x89PNG\r\n\x1a\n');
const MP4 = starting('\0\0\0\x18ftypmp42');
const WEBP = starting('RIFF\x10\0\0\0WEBPVP8 ');

const CALLS = {
  Id3MetaVerify: { ParamType: 'normal', UserName: '张三', IdentifyNum: '990000199003070013' },
  CredentialVerify: { CredType: '01', CredName: '0104' },
  CredentialVerifyV2: { CredType: '01', CredName: '0104' },
  DeepfakeDetect: { OuterOrderNo: '1', FaceInputType: 'IMAGE' },
} as const;

async function ask(name: string, params: Record<string, string>) {
  const sent = cloudauth2019(name, { ...CALLS[name as keyof typeof CALLS], ...params });
  const { json, headers } = await call(createCloudauthMock(), sent);
  return [json.Code, json.Message, headers.get('x-cloudauth-mock-hint')];
}

const url = 'https://img.local/x.jpg';

test.each([
  ['Id3MetaVerify', 'an address', { FaceUrl: url }],
  ['Id3MetaVerify', 'the address of a file', { FaceFile: url }],
  ['Id3MetaVerify', 'a JPEG', { FacePicture: JPG }],
  ['Id3MetaVerify', 'a PNG', { FacePicture: PNG }],
  ['CredentialVerify', 'a WebP', { ImageContext: WEBP }],
  ['CredentialVerify', 'a BMP', { ImageContext: starting('BM') }],
  ['CredentialVerifyV2', 'the address of a file', { ImageFile: url }],
  ['DeepfakeDetect', 'a JPEG', { FaceBase64: JPG }],
  ['DeepfakeDetect', 'an MP4', { FaceInputType: 'VIDEO', FaceBase64: MP4 }],
  ['DeepfakeDetect', 'the address of a video', { FaceInputType: 'VIDEO', FaceUrl: 'https://img.local/x.mov' }],
])('%s takes %s', async (name, _what, params) => {
  expect((await ask(name, params as unknown as Record<string, string>))[0]).toBe('200');
});

test.each([
  ['Id3MetaVerify', 'no picture', '400', {}, '参数不能为空', 'It needs one of FaceUrl, FaceFile, FacePicture.'],
  [
    'CredentialVerify',
    'two',
    '419',
    { ImageUrl: url, ImageContext: PNG },
    '数据重复',
    /^It takes one photo, not ImageUrl/,
  ],
  ['DeepfakeDetect', 'what is no base64', '420', { FaceBase64: 'no picture!' }, '传入图片不可用', /it is not base64/],
  [
    'CredentialVerify',
    'a data: header',
    '420',
    { ImageContext: `data:,${PNG}` },
    '传入图片不可用',
    /without a data: header/,
  ],
  [
    'Id3MetaVerify',
    'a WebP',
    '405',
    { FacePicture: WEBP },
    '图片格式不正确',
    /its first bytes are of none of jpg, png/,
  ],
  ['DeepfakeDetect', 'a PNG', '405', { FaceBase64: PNG }, '图片格式不正确', /none of jpg/],
  [
    'DeepfakeDetect',
    'a picture for a video',
    '405',
    { FaceInputType: 'VIDEO', FaceBase64: JPG },
    '图片格式不正确',
    /none of mp4/,
  ],
  [
    'Id3MetaVerify',
    'more than 1 MB',
    '421',
    { FacePicture: starting('\xff\xd8\xff', MB + 1) },
    '传入图片过大',
    /it is too large/,
  ],
  [
    'CredentialVerify',
    'more than 5 MB',
    '421',
    { ImageContext: starting('\x89PNG', 5 * MB + 1) },
    '传入图片过大',
    /it is too large/,
  ],
  [
    'CredentialVerify',
    'an object nobody uploaded',
    '420',
    { ImageUrl: 'oss://nowhere-1:x.png' },
    '传入图片不可用',
    /there is no such bucket/,
  ],
])('%s refuses %s with %s', async (name, _what, code, params, message, hint) => {
  const answer = await ask(name, params as unknown as Record<string, string>);
  expect(answer.slice(0, 2)).toEqual([code, message]);
  expect(answer[2]).toMatch(hint);
});

test.each([MB, 5 * MB])('a picture of %d bytes is taken where the page allows it', async (size) => {
  const [name, param] = size === MB ? ['Id3MetaVerify', 'FacePicture'] : ['CredentialVerify', 'ImageContext'];
  expect((await ask(name!, { [param!]: starting('\xff\xd8\xff', size) }))[0]).toBe('200');
});
