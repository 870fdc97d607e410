/** What an answer's hint tells whoever is stuck; the documented message stays as it is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify, signedRequest } from '../support/call.js';
import { codeOf, oss, stsOf } from '../support/oss.js';
import { materialParams, openTask, PERSON, submit } from '../support/tasks.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPMin', 'open');
});
afterAll(() => mock.close());

const TASK = { Biz: 'RPBasic', TicketId: 'nobody' };
const setting = { BizName: 'a', BizType: 'a', Solution: 'RPBasic' };
const app = { AppUrl: 'https://apps.example/a.apk' };

test.each<[what: string, params: Record<string, string>, hint: RegExp]>([
  ['an Action of another version', cloudauth2019('GetVerifyToken'), /an Action of cloudauth 2017-11-17$/],
  ['an Action of another product', cloudauth2019('ExecuteRequest'), /an Action of saf 2017-03-31 and/],
  ['an Action nobody has', cloudauth2019('Nonsense'), /not-emulated/],
  ['a version nobody has', { Version: '2020-01-01', Action: 'GetStatus' }, /versions here: .*2017-11-17/],
  ['a Biz nobody made', cloudauth2017('GetVerifyToken', { ...TASK, Biz: 'Mine' }), /CreateVerifySetting/],
  [
    'a Binding that is none',
    cloudauth2017('GetVerifyToken', { ...TASK, Binding: 'undefined' }),
    /Binding is the text of/,
  ],
  [
    'a Binding as document 004 prints it',
    cloudauth2017('GetVerifyToken', { ...TASK, Binding: '{\n    \\"Name\\": \\"李三\\"\n}' }),
    /Binding is the text of a JSON object, without the backslashes/,
  ],
  [
    'a misspelt parameter',
    cloudauth2019('CreateRPSDK', { ...app, Platfrom: 'IOS' }),
    /(^|; )Platfrom is not read by CreateRPSDK: did you mean Platform\?$/,
  ],
  ['a parameter of nobody', cloudauth2017('GetStatus', { ...TASK, Foo: 'x' }), /(^|; )Foo is not read by GetStatus$/],
  ['a member of nobody', faceVerify({ method: 'init', certNo: '1' }), /(^|; )certNo is not read by face_verify.init$/],
  [
    'a member outside ServiceParameters',
    { ...faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: '{}' }), certNumber: 'b' },
    /^certNumber is not read outside ServiceParameters$/,
  ],
  [
    'a list that begins with 0',
    cloudauth2017('SubmitMaterials', { 'Material.0.Value': 'x' }),
    /(^|; )Material.0.Value is not read by/,
  ],
  ['the status of nothing', cloudauth2017('GetStatus', TASK), /no GetVerifyToken for this Biz and TicketId/],
  ['materials of nothing', cloudauth2017('GetMaterials', TASK), /no GetVerifyToken/],
  ['materials too early', cloudauth2017('GetMaterials', { Biz: 'RPMin', TicketId: 'open' }), /not finished yet/],
  ['a Platform there is not', cloudauth2019('CreateRPSDK', { ...app, Platform: 'Web' }), /one of ANDROID, IOS/],
  ['an AppUrl that is none', cloudauth2019('CreateRPSDK', { AppUrl: 'a.apk' }), /something like https:/],
  ['too long a name', cloudauth2019('CreateVerifySetting', { ...setting, BizName: 'a'.repeat(21) }), /at most 20/],
  ['a switch that is none', cloudauth2019('CreateVerifySetting', { ...setting, GuideStep: 'no' }), /true or false/],
])('%s', async (_what, params, hint) => {
  expect((await call(mock, params)).headers.get('x-cloudauth-mock-hint')).toMatch(hint);
});

test.each<[what: string, more: Record<string, string>, hint: RegExp]>([
  ['a material there is not', { Foo: 'x' }, /no MaterialType Foo/],
  ['a bucket there is not', { FacePic: 'oss://mine:a.jpg' }, /verify-external-image/],
  ['a picture that is none', { FacePic: 'data:image/png;base64,AA' }, /oss:..<bucket>:<key>/],
])('%s', async (_what, more, hint) => {
  const reply = await submit(mock, await openTask(mock, 'RPMin', 'more'), { ...PERSON, ...more });
  expect(reply.headers.get('x-cloudauth-mock-hint')).toMatch(hint);
});

test('a name that is sent twice', async () => {
  const request = signedRequest(cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 'open' }), { method: 'GET' });
  const { headers } = await mock.fetch(new Request(`${request.url}&TicketId=other`));
  expect(headers.get('x-cloudauth-mock-hint')).toBe('TicketId was sent twice, and the first value counts');
});

test('of what is not read three names are enough', async () => {
  const params = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Foo${index}`, 'x']));
  const { headers } = await call(mock, cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 'open', ...params }));
  expect(headers.get('x-cloudauth-mock-hint')).toBe(
    [0, 1, 2].map((index) => `Foo${index} is not read by GetStatus`).join('; '),
  );
});

test('more than ten materials', async () => {
  const VerifyToken = await openTask(mock, 'RPMin', 'many');
  const eleven = Array.from({ length: 11 }, (_, index) => [`Material.${index + 1}.MaterialType`, 'Name']);
  const values = Array.from({ length: 11 }, (_, index) => [`Material.${index + 1}.Value`, 'a']);
  const params = { VerifyToken, ...Object.fromEntries([...eleven, ...values]) };
  const { headers } = await call(mock, cloudauth2017('SubmitMaterials', params));
  expect(headers.get('x-cloudauth-mock-hint')).toBe('more than 10 materials');
});

test('a second submission', async () => {
  const VerifyToken = await openTask(mock, 'RPMin', 'twice');
  const params = cloudauth2017('SubmitMaterials', { VerifyToken, ...materialParams(PERSON) });
  await call(mock, params);
  expect((await call(mock, params)).headers.get('x-cloudauth-mock-hint')).toMatch(/a new TicketId/);
});

test('a sixth attempt', async () => {
  const person = { name: '张三', certNumber: 'sixth', metainfo: '{}' };
  const init = () => call(mock, faceVerify({ method: 'init', ...person }));
  for (let n = 0; n < 5; n++) await mock.verifications.fail((await init()).json.Data.queryId);
  expect((await init()).headers.get('x-cloudauth-mock-hint')).toBe('5 failures within 24 h; see --failure-limit');
});

test('OSS: a bucket there is not, and a secret that is another', async () => {
  const sts = await stsOf(mock);
  const [bucket, secret] = [
    await oss(mock, { ...sts, bucket: 'mine-own' }, 'PUT', `${sts.path}a`, { body: 'x' }),
    await oss(mock, sts, 'PUT', `${sts.path}a`, { body: 'x', secret: 'another' }),
  ];
  const hints = [bucket, secret].map(({ headers }) => headers.get('x-cloudauth-mock-hint'));
  expect([await codeOf(bucket), await codeOf(secret), hints]).toEqual([
    '404 NoSuchBucket',
    '403 SignatureDoesNotMatch',
    [expect.stringContaining('verify-external-image'), expect.stringContaining('AccessKeySecret')],
  ]);
});
