/** A call of the journal made again: signed anew, and told apart from the first one. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { type CallOptions, call, cloudauth2017, faceVerify } from '../support/call.js';
import { runCli, startCli } from '../support/child.js';
import { openApi, popCore, STS } from '../support/sdk.js';
import { getStatus, materialParams, openTask, PERSON, submit } from '../support/tasks.js';

const STATUS = cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: '订单 1+1 &=%~*' });
const SAF = faceVerify({ method: 'init', name: '张三', certNumber: '990000199003070013', metainfo: '{"a":"b"}' });

describe.each(['GET', 'POST'])('by %s', (method) => {
  test.each([
    ['JSON', STATUS],
    ['XML', STATUS],
    ['JSON', SAF],
  ])('in %s all that was sent is sent again, and answered again', async (Format, params) => {
    await using mock = createCloudauthMock();
    await call(mock, { ...params, Format }, { method });
    const again = await mock.replay(1);
    const [first, second, ...more] = await mock.requests();
    expect([second, more]).toEqual([again, []]);
    expect(again).toMatchObject({ id: 2, replayOf: 1, operation: first!.operation, method, status: 200 });
    const made = ({ Signature, SignatureNonce, Timestamp, ...own }: Readonly<Record<string, string>>) => own;
    expect(made(again.params)).toEqual(made(first!.params));
    expect(again.params.SignatureNonce).not.toBe(first!.params.SignatureNonce);
  });
});

test.each([
  ['pop-core', popCore],
  ['openapi-client, by ACS3', openApi],
  ['openapi-client, a JSON body', (url: string) => openApi(url, { place: 'body', reqBodyType: 'json' })],
])('what an SDK has sent: %s', async (_name, client) => {
  await using mock = await createCloudauthMock({ port: 0, device: 'manual' }).listen();
  await client(mock.url)('2017-11-17', 'GetVerifyToken', { Biz: 'RPBasic', TicketId: '订单 1' });
  expect(await mock.replay(1)).toMatchObject({ status: 200, subject: '订单 1', replayOf: 1, hints: expect.any(Array) });
});

test('what the journal masks is sent as it was', async () => {
  await using mock = createCloudauthMock({ device: 'manual', signature: 'strict' });
  const token = await openTask(mock, 'RPManual', 'order-1');
  await submit(mock, token, PERSON, { secret: 'wrong' });
  mock.failNext('SubmitMaterials', 'Throttling.User');
  await call(mock, cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) }));
  const [, , ordered] = await mock.requests();
  expect([ordered!.code, (await mock.replay(3)).code]).toEqual(['Throttling.User', undefined]);
});

test('one whose signature was wrong is signed right', async () => {
  await using mock = createCloudauthMock();
  await call(mock, STATUS, { secret: 'wrong', at: 0 });
  expect(await mock.replay(1)).toMatchObject({ status: 200, replayOf: 1 });
});

test.each<[string, MockOptions, CallOptions, object]>([
  ['a key nobody knows', {}, { accessKeyId: 'nobody' }, { code: 'InvalidAccessKeyId.NotFound' }],
  ['one of --keys any', { keys: 'any' }, { accessKeyId: 'nobody' }, { status: 200, signature: 'not checked' }],
  [
    'a credential with its token',
    { accessKeys: [{ id: STS.accessKeyId, secret: STS.accessKeySecret, securityToken: STS.securityToken }] },
    { accessKeyId: STS.accessKeyId, secret: STS.accessKeySecret, common: { SecurityToken: STS.securityToken } },
    { status: 200 },
  ],
  [
    'a call that was not signed',
    { signature: 'off' },
    { common: { AccessKeyId: undefined, Signature: undefined, SignatureNonce: undefined } },
    { status: 200 },
  ],
  ['a call without an Action', {}, { common: { Action: undefined } }, { status: 400 }],
])('%s', async (_title, options, how, told) => {
  await using mock = createCloudauthMock(options);
  const params = { ...cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't' }) };
  await call(mock, params, how);
  const accounts: string[] = (await admin(mock, '/accounts')).json;
  expect(await mock.replay(1, { account: accounts.at(-1) })).toMatchObject({ replayOf: 1, ...told });
});

test('a page that is not let in is not let in by a replay', async () => {
  await using mock = createCloudauthMock();
  await call(mock, STATUS, { headers: { origin: 'https://shop.test' } });
  expect((await mock.replay(1)).headers.origin).toBe('https://shop.test');
});

test('each account replays its own', async () => {
  await using mock = createCloudauthMock();
  await call(mock, STATUS, { accessKeyId: 'LTAImockOther' });
  await expect(mock.replay(1)).rejects.toThrow('no request 1 in the journal of default');
  expect(await mock.replay(1, { account: 'LTAImockOther' })).toMatchObject({ account: 'LTAImockOther', status: 200 });
});

test('of a call over 8 MB nothing is left to send', async () => {
  await using mock = createCloudauthMock();
  await call(mock, { ...STATUS, More: 'x'.repeat(9 * 1024 * 1024) });
  await expect(mock.replay(1)).rejects.toThrow(/over 8 MB/);
});

test('over HTTP: its entry, or why there is none', async () => {
  await using mock = createCloudauthMock();
  await getStatus(mock, 'RPBasic', 'order-1');
  const replies = [
    await admin(mock, 'POST /requests/1/replay'),
    await admin(mock, 'POST /requests/7/replay'),
    await admin(mock, 'POST /requests/1/replay', { body: { secret: 'x' } }),
  ];
  expect(replies.map(({ status, json }) => [status, json.replayOf ?? json.error])).toEqual([
    [200, 1],
    [404, 'no request 7 in the journal of default'],
    [400, expect.stringContaining('no member "secret"')],
  ]);
});

test('cloudauth-mock replay prints its line and its answer', async () => {
  await using emulator = await startCli(['--port', '0']);
  await emulator.call(STATUS);
  const { code, stdout } = await runCli(['replay', '1', '--url', emulator.url]);
  expect([code, ...stdout.split('\n')]).toEqual([
    0,
    expect.stringMatching(/^200 {2}cloudauth\/2017-11-17\/GetStatus {2}订单 1\+1 &=%~\* {2}[\d.]+ ms {2}#2 {2}= #1/),
    expect.stringContaining('"StatusCode"'),
    '',
  ]);
  const wrong = await runCli(['replay', 'order-1', '--url', emulator.url]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('cloudauth-mock replay 7')]);
});
