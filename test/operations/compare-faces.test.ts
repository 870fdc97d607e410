/** CompareFaces and DetectFaceAttributes of Cloudauth 2019-03-07: pictures by their addresses, never by what they show. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { PHOTO } from '../support/classic.js';
import { withRules } from '../support/scenario.js';

const PAIR = {
  ...{ SourceImageType: 'FacePic', SourceImageValue: PHOTO },
  ...{ TargetImageType: 'IDPic', TargetImageValue: 'base64:///9j/4AAQSkZJRg==' },
};
type Mock = ReturnType<typeof createCloudauthMock>;
const compare = (mock: Mock, params: Record<string, string> = {}) =>
  call(mock, cloudauth2019('CompareFaces', { ...PAIR, ...params }));
const detect = (mock: Mock, MaterialValue: string) =>
  call(mock, cloudauth2019('DetectFaceAttributes', { MaterialValue }));

describe('CompareFaces', () => {
  test('two faces are alike, in the envelope with Success and Code "200"', async () => {
    await using mock = createCloudauthMock();
    const { json } = await compare(mock);
    expect(json).toMatchObject({ Code: '200', Message: 'success', Success: true, Data: { SimilarityScore: 98.79 } });
    expect(JSON.parse(json.Data.ConfidenceThresholds)).toEqual({
      '0.0001': '90.07',
      '0.001': '80.01',
      '0.01': '70.02',
    });
  });

  test('other-person.jpg is another’s face', async () => {
    await using mock = createCloudauthMock();
    const { json } = await compare(mock, { SourceImageValue: 'https://example.com/other-person.jpg' });
    expect([json.Code, json.Data.SimilarityScore]).toEqual(['200', 41.5]);
  });

  test('a rule orders a face that differs', async () => {
    await using mock = await withRules([{ on: 'CompareFaces', then: { outcome: 'fail' } }]);
    expect((await compare(mock)).json.Data.SimilarityScore).toBe(41.5);
  });

  test.each([
    [{ SourceImageType: '' }, 'InvalidParam.ImageTypeEmpty', 'The image type is empty'],
    [{ SourceImageType: 'Face' }, 'InvalidParam.ImageTypeInvalid', 'The image type is not valid'],
    [
      { SourceImageType: 'IDPic' },
      'InvalidParam.FacePicNotGiven',
      'At least one of the two given images should have a type of FacePic',
    ],
    [{ TargetImageValue: '' }, 'InvalidParam.ParamsMissing', 'Please check if there is param empty in your imput'],
    [
      { TargetImageValue: '/local.jpg' },
      'InvalidParam.ImageValuePatternError',
      'The pattern of value of given image is not acceptable.',
    ],
    [
      { TargetImageValue: 'oss://cloudauth-zhangjiakou-external:prod/nothing' },
      'InvalidParam.ImageNotFound',
      'No images founded with given image address',
    ],
    [
      { TargetImageValue: 'https://example.com/no-face.jpg' },
      'Error.NoFaceDetected',
      'No face detected from given images',
    ],
  ])('%j is %s', async (params, code, message) => {
    await using mock = createCloudauthMock();
    const { status, json } = await compare(mock, params);
    expect([status, json.Code, json.Message]).toEqual([400, code, message]);
  });
});

describe('DetectFaceAttributes', () => {
  test('a picture has one face', async () => {
    await using mock = createCloudauthMock();
    const { Data } = (await detect(mock, PHOTO)).json;
    expect(Data.FaceInfos.FaceAttributesDetectInfo).toMatchObject([
      { FaceRect: { Left: 354 }, FaceAttributes: { Facetype: 'Face', Respirator: 'None', Facequal: 60 } },
    ]);
  });

  test('no-face.jpg has none', async () => {
    await using mock = createCloudauthMock();
    const { json } = await detect(mock, 'https://example.com/no-face.jpg');
    expect([json.Code, json.Data.FaceInfos]).toEqual(['200', { FaceAttributesDetectInfo: [] }]);
  });

  test.each([
    ['/local.jpg', 'Error.DetectFaceAttributesParamError'],
    ['base64://not base64!', 'Error.DetectFaceAttributesBase64Error'],
    ['oss://cloudauth-zhangjiakou-external:prod/nothing', 'Error.DetectFaceAttributesOssError'],
  ])('%s is %s', async (value, code) => {
    await using mock = createCloudauthMock();
    const { status, json } = await detect(mock, value);
    expect([status, json.Code]).toEqual([400, code]);
  });

  test('an address that does not answer is Error.DetectFaceAttributesHttpError, where addresses are fetched', async () => {
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    const { status, json } = await detect(mock, 'http://127.0.0.1:9/face.jpg');
    expect([status, json.Code]).toEqual([400, 'Error.DetectFaceAttributesHttpError']);
  });
});
