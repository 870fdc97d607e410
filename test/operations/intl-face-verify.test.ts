import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, faceVerify } from '../support/call.js';

const PHOTOS = { refFaceContent: '/9j/', authFaceContent: '/9j/', resourceCode: '00840000' };
const intl = (members: object, Version = '2019-05-21') =>
  call(createCloudauthMock(), {
    Version,
    Action: 'ExecuteRequest',
    Service: 'intl_face_verify',
    ServiceParameters: JSON.stringify(members),
  });

test.each(['2019-05-21', '2018-09-19'])('%s: Data is the text of a JSON object', async (version) => {
  const { json } = await intl(PHOTOS, version);
  expect(Object.keys(json)).toEqual(['Data', 'Message', 'RequestId', 'Code']);
  expect(JSON.parse(json.Data)).toMatchObject({ passed: 'true', retCode: 'OK_SUCCESS', extInfo: { score: '100.0' } });
});

test('a wrong resourceCode fails inside Data and with Code 500', async () => {
  const { status, json } = await intl({ ...PHOTOS, resourceCode: 'VN' });
  expect([status, json.Code, json.Message]).toEqual([200, 500, 'system error']);
  expect(JSON.parse(json.Data)).toEqual({
    passed: 'false',
    retCode: 'SYSTEM_ERROR',
    retCodeSub: 'Z1141',
    retMessage: 'resourceCode值不合法',
  });
});

test('a missing photo names all three parameters, and has no Data', async () => {
  const { json } = await intl({ ...PHOTOS, refFaceContent: undefined });
  expect(json).toEqual({
    Message: 'refFaceContent or authFaceContent or resourceCode is null',
    RequestId: expect.any(String),
    Code: 400,
  });
});

test('2018-09-19 answers face_verify too: vendor samples send it', async () => {
  const params = faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: 'c' });
  const { json } = await call(createCloudauthMock(), { ...params, Version: '2018-09-19' });
  expect(json.Data).toHaveProperty('queryId');
});

test.each([
  [{ refFaceContent: undefined }, 'refFaceContent or authFaceContent or resourceCode is null'],
  [{ resourceCode: 'VN' }, 'system error'],
])('the unified mode is document 003’s: it leaves %j alone', async (change, message) => {
  const params = {
    Action: 'ExecuteRequest',
    Service: 'intl_face_verify',
    ServiceParameters: JSON.stringify({ ...PHOTOS, ...change }),
  };
  const { json } = await call(createCloudauthMock({ safCodes: 'unified' }), { Version: '2019-05-21', ...params });
  expect(json.Message).toBe(message);
});

test.each([
  ['data:image/jpeg;base64,/9j/', "authFaceContent has a data: header, which the vendor's page forbids."],
  ['/9j/\n4AAQ', "authFaceContent has line breaks, which the vendor's page forbids."],
  ['/9j/\r4AAQ', "authFaceContent has line breaks, which the vendor's page forbids."],
  ['/9j/4AAQ', null],
])('base64 %j passes, and the hint says %s', async (authFaceContent, hint) => {
  const { json, headers } = await intl({ ...PHOTOS, authFaceContent });
  expect([json.Code, headers.get('x-cloudauth-mock-hint')]).toEqual([200, hint]);
});

test.each([{}, [], false, 5])('a photo that is %j is refused as a missing one', async (refFaceContent) => {
  const { json, headers } = await intl({ ...PHOTOS, refFaceContent });
  expect([json.Code, json.Message, headers.get('x-cloudauth-mock-hint')]).toEqual([
    ...[400, 'refFaceContent or authFaceContent or resourceCode is null'],
    expect.stringContaining('refFaceContent has to be a text'),
  ]);
});
