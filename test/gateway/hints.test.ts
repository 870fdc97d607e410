/** What an answer's hint tells whoever is stuck; the documented message stays as it is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloudauthMock as createLogging } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { sentences } from '../../src/platform/hint.js';
import { hintTexts, reasons } from '../../src/platform/hint-texts.js';
import { createLog } from '../../src/platform/log.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017, cloudauth2019, faceVerify, signedParams, signedRequest } from '../support/call.js';
import { saying } from '../support/hints.js';
import { codeOf, oss, stsOf } from '../support/oss.js';
import { materialParams, openTask, PERSON, submit } from '../support/tasks.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPMin', 'open');
});
afterAll(() => mock.close());

const TASK = { Biz: 'RPBasic', TicketId: 'nobody' };
/** The account has been told of RegionId. */
const FIRST = { Biz: 'RPMin', TicketId: 'first' };
const setting = { BizName: 'a', BizType: 'a', Solution: 'RPBasic' };
const app = { AppUrl: 'https://apps.example/a.apk' };

test.each<[what: string, params: Record<string, string>, hint: RegExp]>([
  [
    'an Action of another version',
    cloudauth2019('GetVerifyToken'),
    /^GetVerifyToken is an Action of cloudauth 2017-11-17\.$/,
  ],
  ['an Action of another product', cloudauth2019('ExecuteRequest'), /an Action of saf 2017-03-31, saf/],
  ['an Action nobody has', cloudauth2019('Nonsense'), /^Nonsense of cloudauth 2019-03-07 is not emulated/],
  [
    'a version nobody has',
    { Version: '2020-01-01', Action: 'GetStatus' },
    /^There is no Version 2020-01-01: there are cloudauth 2017-11-17 \(and 2017-09-12, /,
  ],
  ['a Biz nobody made', cloudauth2017('GetVerifyToken', { ...TASK, Biz: 'Mine' }), /CreateVerifySetting/],
  [
    'a Binding that is none',
    cloudauth2017('GetVerifyToken', { ...TASK, Binding: 'undefined' }),
    /Binding is the text of/,
  ],
  [
    'a Binding as document 004 prints it',
    cloudauth2017('GetVerifyToken', { ...TASK, Binding: '{\n    \\"Name\\": \\"李三\\"\n}' }),
    /^Binding is the text of a JSON object, without the backslashes/,
  ],
  [
    'a misspelt parameter',
    cloudauth2019('CreateRPSDK', { ...app, Platfrom: 'IOS' }),
    /(^| )Platfrom is not read: did you mean Platform\?$/,
  ],
  ['a parameter of nobody', cloudauth2017('GetStatus', { ...TASK, Foo: 'x' }), / Foo is not read by GetStatus\.$/],
  ['a member of nobody', faceVerify({ method: 'init', idNo: '1' }), / idNo is not read by face_verify\.init\.$/],
  [
    'a member outside ServiceParameters',
    { ...faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: '{}' }), certNumber: 'b' },
    /^certNumber is not read outside ServiceParameters\.$/,
  ],
  [
    'a member that is no text',
    { ...faceVerify({}), ServiceParameters: '{"method":"init","name":["a"],"certNumber":"b","metainfo":"{}"}' },
    /^name has to be a text, but is a list\.$/,
  ],
  [
    'a list that begins with 0',
    cloudauth2017('SubmitMaterials', { 'Material.0.Value': 'x' }),
    / Material\.0\.Value is not read by SubmitMaterials\.$/,
  ],
  [
    'a list in brackets',
    cloudauth2017('SubmitMaterials', { 'Material[0]': 'x' }),
    / Material\[0\] is not read by SubmitMaterials\.$/,
  ],
  [
    'the status of nothing',
    cloudauth2017('GetStatus', TASK),
    /^There was no GetVerifyToken for this Biz and TicketId\.$/,
  ],
  ['materials of nothing', cloudauth2017('GetMaterials', TASK), /no GetVerifyToken/],
  ['materials too early', cloudauth2017('GetMaterials', { Biz: 'RPMin', TicketId: 'open' }), /It is not finished yet/],
  ['a Platform there is not', cloudauth2019('CreateRPSDK', { ...app, Platform: 'Web' }), /one of ANDROID, IOS/],
  ['an AppUrl that is none', cloudauth2019('CreateRPSDK', { AppUrl: 'a.apk' }), /written like https:/],
  ['too long a name', cloudauth2019('CreateVerifySetting', { ...setting, BizName: 'a'.repeat(21) }), /at most 20/],
  [
    'a number that is too large',
    { Version: '2020-06-18', Action: 'DescribeSmsDetail', SendDate: '20200101', CurrentPage: '1', PageSize: '101' },
    /^PageSize is at most 100\.$/,
  ],
  ['a switch that is none', cloudauth2019('CreateVerifySetting', { ...setting, GuideStep: 'no' }), /true or false/],
])('%s', async (_what, params, hint) => {
  expect((await call(mock, params)).headers.get('x-cloudauth-mock-hint')).toMatch(hint);
});

/** Over the whole table: one style, and what a header can hold. */
test.each(Object.entries(hintTexts))('%s is a sentence in both languages', (_name, [en, zh]) => {
  expect(en).toMatch(/^[A-Z{][\x20-\x7e]+[.?]$/);
  expect(zh).toMatch(/\p{Script=Han}.*[。？]$|^有 \{known\}。$/u);
  const placesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
  expect(placesOf(zh)).toEqual(placesOf(en));
});

test.each(Object.entries(reasons))('the reason %s has its Chinese', (_name, [, zh]) => {
  expect(zh).toMatch(/\p{Script=Han}|TicketId/u);
});

test('a reason keeps its details in both languages', async () => {
  const why = 'the file /a b/state.db was cut off at 0 bytes of 4096; start again';
  const [said] = await sentences([['storage', { why }]]);
  expect(said).toEqual({
    en: `The database cannot be used: ${why}.`,
    zh: expect.stringMatching(/^数据库无法使用：文件 \/a b\/state\.db 被截断为 0 字节（原为 4096）；.*。$/),
  });
});

test.each<[what: string, params: Record<string, string>, hint: RegExp]>([
  ['a Version with a slip', { Version: '2017-11-71' }, /^Did you mean 2017-11-17\? There is no Version 2017-11-71/],
  ['a Version of RAM', { Version: '2015-05-01' }, /is of RAM, which is not emulated/],
  ['no Version', { Version: '' }, /^Version is missing: there are cloudauth 2017-11-17/],
  ['an Action with a small letter', cloudauth2017('getVerifyToken', TASK), /^Did you mean GetVerifyToken\?$/],
  [
    'an Action of another version, misspelt',
    cloudauth2019('GetVerifyTokn'),
    /GetVerifyToken is an Action of cloudauth/,
  ],
  ['a Service for an Action', { Version: '2017-03-31', Action: 'face_verify' }, /is a Service: its Action is ExecuteR/],
  [
    'a Service there is not',
    { ...faceVerify({}), Service: 'face' },
    /^There is no Service face: there are face_verify/,
  ],
  ['a method there is not', faceVerify({ method: 'start' }), /no method start of face_verify: there are init, query/],
  ['a misspelt parameter', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketID: '1' }), /did you mean TicketId\?$/],
  [
    'a misspelt member of SAF',
    faceVerify({ method: 'init', certnumber: '1' }),
    /certnumber is not read: did you mean certNumber\?$/,
  ],
])('%s', async (_what, params, hint) => {
  expect((await call(mock, { Action: 'GetStatus', ...params })).headers.get('x-cloudauth-mock-hint')).toMatch(hint);
});

test('a misspelt parameter that need not be there is told of a success, too', async () => {
  const { status, headers } = await call(mock, cloudauth2017('GetVerifyToken', { ...FIRST, binding: '{}' }));
  expect([status, headers.get('x-cloudauth-mock-hint')]).toEqual([200, 'binding is not read: did you mean Binding?']);
});

test('a parameter like none is told of a success, too', async () => {
  const { status, headers } = await call(mock, cloudauth2017('GetVerifyToken', { ...FIRST, OrderSource: 'app' }));
  expect([status, headers.get('x-cloudauth-mock-hint')]).toEqual([200, 'OrderSource is not read by GetVerifyToken.']);
});

test('a misspelt public parameter is told before the operation is known', async () => {
  const request = new Request(
    'https://cloudauth.aliyuncs.com/?Version=2017-11-17&Action=GetStatus&AccessKeyID=LTAImock',
  );
  const { headers } = await mock.fetch(request);
  expect(headers.get('x-cloudauth-mock-hint')).toBe('AccessKeyID is not read: did you mean AccessKeyId?');
});

test('what may be no name of anything is not repeated', async () => {
  const { headers } = await call(mock, cloudauth2017('GetStatus', { ...FIRST, '{"Name":"张三"}': '' }));
  expect(headers.get('x-cloudauth-mock-hint')).toMatch(/\? is not read by GetStatus\.$/);
});

test('a name that is sent twice', async () => {
  const request = signedRequest(cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 'open' }), { method: 'GET' });
  const { headers } = await mock.fetch(new Request(`${request.url}&TicketId=other`));
  expect(headers.get('x-cloudauth-mock-hint')).toBe('TicketId was sent twice, and the first value counts.');
});

test('of what is not read three names are enough', async () => {
  const params = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Foo${index}`, 'x']));
  const { headers } = await call(mock, cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 'open', ...params }));
  expect(headers.get('x-cloudauth-mock-hint')).toBe(
    [0, 1, 2].map((index) => `Foo${index} is not read by GetStatus.`).join(' '),
  );
});

test('an unknown AccessKeyId is told which ones work', async () => {
  const { headers } = await call(mock, cloudauth2017('GetStatus', TASK), { accessKeyId: 'LTAI5tReal' });
  expect(headers.get('x-cloudauth-mock-hint')).toMatch(
    /any id that begins with LTAImock works.*--access-key ID:SECRET/,
  );
});

test('SAF by GET is taken, and told once of an account that its documents say POST', async () => {
  const params = faceVerify({ method: 'init', name: '张三', certNumber: '990000199003070013', metainfo: '{}' });
  const hints = [];
  for (const method of ['POST', 'GET', 'GET']) {
    const { json, headers } = await call(mock, params, { method, accessKeyId: 'LTAImockGet' });
    hints.push([json.Code, headers.get('x-cloudauth-mock-hint')]);
  }
  expect(hints).toEqual([
    [200, null],
    [200, await saying('saf-by-get')],
    [200, null],
  ]);
});

test.each([
  ['application/json', 'application/json'],
  ['text/plain;charset=UTF-8', 'text/plain'],
])('a body of %s is not read, and that is said', async (type, said) => {
  const query = signedParams(cloudauth2017('GetStatus', TASK), { method: 'POST' });
  const request = new Request(`https://cloudauth.aliyuncs.com/?${query}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: '{"TicketId":"1"}',
  });
  const { headers } = await mock.fetch(request);
  expect(headers.get('x-cloudauth-mock-hint')).toContain(`The body was not read: its Content-Type is ${said}`);
});

test('a missing RegionId is said once of an account', async () => {
  const ask = (params = {}) =>
    call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 'region', ...params }), {
      accessKeyId: 'LTAImockRegion',
    });
  const hints = [await ask({ RegionId: 'cn-hangzhou' }), await ask(), await ask()].map(({ headers }) =>
    headers.get('x-cloudauth-mock-hint'),
  );
  expect(hints).toEqual([null, await saying('no-region'), null]);
});

test('Chinese survives: encoded in the header, whole in log and journal', async () => {
  const log: string[] = [];
  const write = createLog('pretty', (text) => log.push(text), Date.now, { lang: 'zh', colour: false });
  await using logging = createLogging({}, write);
  const { headers } = await call(logging, cloudauth2017('GetStatus', { ...TASK, Biz: '我的场景 50%' }));
  await new Promise(setImmediate);
  const header = headers.get('x-cloudauth-mock-hint')!;
  const [entry] = await logging.requests();
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(entry!.hints).toEqual([decodeURIComponent(header)]);
  expect([entry!.hints[0]!.startsWith('There is no Biz 我的场景 50%:'), log.join('')]).toEqual([
    true,
    expect.stringContaining('没有 Biz 我的场景 50%：'),
  ]);
});

test('the journal says them in Chinese with ?lang=zh', async () => {
  await using own = createCloudauthMock();
  await call(own, cloudauth2017('GetStatus', TASK));
  const hints = async (path: string) => (await admin(own, path)).json[0].hints;
  expect([await hints('/requests'), await hints('/requests?lang=zh')]).toEqual([
    ['There was no GetVerifyToken for this Biz and TicketId.'],
    ['此 Biz 和 TicketId 没有调用过 GetVerifyToken。'],
  ]);
});

test('a hint that is cut is cut between two characters', async () => {
  const { headers } = await call(mock, cloudauth2017('GetStatus', { ...TASK, Biz: '场'.repeat(99) }));
  const header = headers.get('x-cloudauth-mock-hint')!;
  expect([header.length <= 512, decodeURIComponent(header).includes('�')]).toEqual([true, false]);
});

test.each<[what: string, more: Record<string, string>, hint: RegExp]>([
  ['a material there is not', { Foo: 'x' }, /no MaterialType Foo/],
  ['a bucket there is not', { FacePic: 'oss://mine:a.jpg' }, /verify-external-image/],
  ['a picture that is none', { FacePic: 'data:image/png;base64,AA' }, /oss:..<bucket>:<key>/],
])('%s', async (_what, more, hint) => {
  const reply = await submit(mock, await openTask(mock, 'RPMin', 'more'), { ...PERSON, ...more });
  expect(reply.headers.get('x-cloudauth-mock-hint')).toMatch(hint);
});

test('more than ten materials', async () => {
  const VerifyToken = await openTask(mock, 'RPMin', 'many');
  const eleven = Array.from({ length: 11 }, (_, index) => [`Material.${index + 1}.MaterialType`, 'Name']);
  const values = Array.from({ length: 11 }, (_, index) => [`Material.${index + 1}.Value`, 'a']);
  const params = { VerifyToken, ...Object.fromEntries([...eleven, ...values]) };
  const { headers } = await call(mock, cloudauth2017('SubmitMaterials', params));
  expect(headers.get('x-cloudauth-mock-hint')).toBe('There are more than 10 materials.');
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
  expect((await init()).headers.get('x-cloudauth-mock-hint')).toBe(
    'There were 5 failures within 24 hours: see --failure-limit.',
  );
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
