/** `--keys any`: an AccessKeyId nobody declared has an account of its own, and its signature cannot be checked. */
import { expect, test } from 'vitest';
import { givenOptions } from '../../src/config/given-options.js';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2019, faceVerify, read } from '../support/call.js';
import { oss, type Sts, stsOf } from '../support/oss.js';
import { getStatus, openTask } from '../support/tasks.js';
import { acs3Call } from '../support/wrong-client.js';

const REAL = 'LTAI5tRealLookingKey0001';
const SHOWN = /^LTAI\*\*\*0001-[0-9a-f]{6}$/;
const MARK = 'x-cloudauth-mock-signature';
const stranger: CallOptions = { accessKeyId: REAL, secret: 'a secret nobody here knows' };
const any = (more: object = {}) => createCloudauthMock({ keys: 'any', ...more });
const token = cloudauth2019('DescribeOssUploadToken');
const upload = (mock: CloudauthMock, options: CallOptions = stranger) => call(mock, token, options);
/** How many ids nobody declared are taken. */
const LIMIT = 1000;

/** Lines of the log, as they are written. */
function logging(more: object = {}) {
  const lines: string[] = [];
  const mock = createLoggingMock(givenOptions({ keys: 'any', ...more }), (text) => lines.push(text));
  return {
    mock,
    async text() {
      await new Promise(setImmediate);
      return lines.join('');
    },
  };
}

test('an unknown id is let in, and the answer says that its signature was not checked', async () => {
  await using mock = any();
  const { status, headers } = await upload(mock);
  expect([status, headers.get(MARK)]).toEqual([200, 'not-checked']);
});

test('by ACS3 as well', async () => {
  await using mock = any();
  const { url, body, ...sent } = acs3Call([], { accessKeyId: REAL, secret: 'x' });
  const reply = await mock.fetch(new Request(url, { ...sent, body: body || undefined }));
  expect([reply.status, reply.headers.get(MARK)]).toEqual([200, 'not-checked']);
});

test('by SAF as well', async () => {
  await using mock = any();
  const init = faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: 'c' });
  const { json, headers } = await call(mock, init, stranger);
  expect([json.Code, headers.get(MARK)]).toEqual([200, 'not-checked']);
});

test('without the option it is InvalidAccessKeyId.NotFound', async () => {
  await using mock = createCloudauthMock();
  const { status, json, headers } = await upload(mock);
  expect([status, json.Code, headers.get(MARK)]).toEqual([404, 'InvalidAccessKeyId.NotFound', null]);
});

test.each<[string, CallOptions, string]>([
  ['a nonce sent twice', { common: { SignatureNonce: 'same' } }, 'SignatureNonceUsed'],
  ['an old timestamp', { at: Date.now() - 3_600_000 }, 'InvalidTimeStamp.Expired'],
  ['no signature', { common: { Signature: undefined } }, 'MissingSignature'],
])('%s is refused all the same', async (_what, wrong, code) => {
  await using mock = any();
  await upload(mock, { ...stranger, ...wrong });
  expect((await upload(mock, { ...stranger, ...wrong })).json.Code).toBe(code);
});

test.each<[string, object, CallOptions]>([
  ['declared', { accessKeys: [`${REAL}:right`] }, { accessKeyId: REAL, secret: 'wrong' }],
  ['of the emulator', {}, { accessKeyId: 'LTAImockWorker', secret: 'wrong' }],
])('the signature of an id that is %s is checked', async (_what, options, wrong) => {
  await using mock = any(options);
  const { json, headers } = await upload(mock, wrong);
  expect([json.Code, headers.get(MARK)]).toEqual(['SignatureDoesNotMatch', null]);
});

test('each unknown id has an account of its own', async () => {
  await using mock = any();
  await openTask(mock, 'RPBasic', 'ticket', {}, stranger);
  const mine = await getStatus(mock, 'RPBasic', 'ticket', stranger);
  const theirs = await getStatus(mock, 'RPBasic', 'ticket', { accessKeyId: `${REAL.slice(0, -5)}X0001` });
  expect([mine.json.Data.StatusCode, theirs.json.Data.StatusCode]).toEqual([1, -1]);
});

test('a tester names the account by the id', async () => {
  await using mock = any();
  await openTask(mock, 'RPBasic', 'ticket', {}, stranger);
  await mock.verifications.fail('ticket', undefined, { account: REAL });
  mock.failNext('GetStatus', 'Throttling.User', { account: REAL });
  const ordered = await getStatus(mock, 'RPBasic', 'ticket', stranger);
  const ended = await getStatus(mock, 'RPBasic', 'ticket', stranger);
  expect([ordered.json.Code, ended.json.Data.StatusCode]).toEqual(['Throttling.User', 2]);
});

test('the control side finds it by the id, and shows it masked', async () => {
  await using mock = any();
  await upload(mock);
  const asked = async (path: string) => (await mock.fetch(new Request(`http://localhost/_mock/${path}`))).json();
  expect([await asked('accounts'), await asked(`requests?account=${REAL}`)]).toEqual([
    ['default', expect.stringMatching(SHOWN)],
    [expect.objectContaining({ status: 200 })],
  ]);
});

test('the journal says “not checked” and masks the id', async () => {
  await using mock = any();
  await upload(mock);
  const entries = await mock.requests({ account: REAL });
  expect(entries).toEqual([expect.objectContaining({ signature: 'not checked' })]);
  expect(JSON.stringify(entries)).not.toContain(REAL);
});

test('the log warns of an id once, masked', async () => {
  const { mock, text } = logging();
  await upload(mock);
  await upload(mock);
  await mock.close();
  const log = await text();
  expect(
    log.match(/warning: no secret is known for LTAI\*\*\*0001-[0-9a-f]{6}: its signatures are not checked/g),
  ).toHaveLength(1);
  expect(log).not.toContain(REAL);
});

test('an id that is refused is masked in the log of known keys, too', async () => {
  const { mock, text } = logging({ keys: 'known', accessKeys: [`${REAL}:right`] });
  await upload(mock);
  await mock.close();
  const log = await text();
  expect(log).toContain('SignatureDoesNotMatch');
  expect(log).not.toContain(REAL);
});

test.each(['', 'x'.repeat(129), 'a b', '张三', 'default', 'team'])(
  '“%s” is no id of a stranger',
  async (accessKeyId) => {
    await using mock = any({ accessKeys: ['k:s@team'] });
    const { json } = await upload(mock, { accessKeyId, secret: 's' });
    expect(json.Code).toBe(accessKeyId === '' ? 'MissingAccessKeyId' : 'InvalidAccessKeyId.NotFound');
  },
);

test('beyond a thousand unknown ids a further one is refused, with what to do, and those there are go on', async () => {
  await using mock = any();
  for (let index = 0; index < LIMIT; index++) await upload(mock, { accessKeyId: `worker-${index}`, secret: 's' });
  const further = await upload(mock);
  const known = await upload(mock, { accessKeyId: 'worker-0', secret: 's' });
  expect([further.status, further.headers.get('x-cloudauth-mock-hint'), known.status]).toEqual([
    404,
    expect.stringContaining('1000 different ones are taken'),
    200,
  ]);
});

const BUCKET = 'verify-external-image';
const code = async (reply: Response) => /<Code>(\w+)/.exec(await reply.text())?.[1];

test('OSS treats an unknown id as any key of an account: not checked, and the buckets are not its own', async () => {
  await using mock = any();
  const sts: Sts = { accessKeyId: REAL, secret: 'unknown', token: '', bucket: BUCKET, path: '' };
  const reply = await oss(mock, sts, 'PUT', 'a.jpg', { body: 'x' });
  expect([reply.headers.get(MARK), await code(reply)]).toEqual(['not-checked', 'AccessDenied']);
});

test('credentials the emulator has handed out are checked as ever', async () => {
  await using mock = any();
  const sts = await stsOf(mock, 'ticket', stranger);
  const right = await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'x' });
  const wrong = await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'x', secret: 'wrong' });
  expect([right.status, right.headers.get(MARK), await code(wrong)]).toEqual([200, null, 'SignatureDoesNotMatch']);
});

const KEY_OF_ENV = { ALIBABA_CLOUD_ACCESS_KEY_ID: REAL, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'of the environment' };

test('the pair in the variables of the SDKs is known: its signature is checked, its account the same', async () => {
  const { accessKeys } = readOptions({ keys: ['any'] }, KEY_OF_ENV);
  await using mock = any({ accessKeys });
  const right = await upload(mock, { accessKeyId: REAL, secret: 'of the environment' });
  const wrong = await upload(mock);
  const entries = await mock.requests({ account: REAL });
  expect([right.status, right.headers.get(MARK), wrong.json.Code, entries.length]).toEqual([
    200,
    null,
    'SignatureDoesNotMatch',
    2,
  ]);
});

test('without --keys any the variables of the SDKs are not read', () => {
  expect(readOptions({}, KEY_OF_ENV).accessKeys).toEqual([]);
});

test('a call of the journal as a command takes a real id from the variable of the SDKs', async () => {
  await using mock = any();
  await upload(mock);
  const reply = await mock.fetch(new Request(`http://localhost/_mock/requests/1/curl?account=${REAL}`));
  const { text } = await read(reply);
  expect(text).toContain('"AccessKeyId=$ALIBABA_CLOUD_ACCESS_KEY_ID"');
  expect(text).not.toContain(REAL);
});
