/** `?account=`: what one account has, no other sees. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { type CallOptions, call, cloudauth2019 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { getStatus, openTask } from '../support/tasks.js';

const A = 'LTAImockA';
const B = 'LTAImockB';
const as = (accessKeyId: string): CallOptions => ({ accessKeyId });
const frozen = { set: '2030-01-01T00:00:00Z', freeze: true };

test('two accounts with different scenarios and clocks in parallel do not see each other', async () => {
  await using mock = createCloudauthMock();
  const failing = (code: string) => ({ rules: [{ on: 'GetStatus', then: { fail: code } }] });
  await Promise.all([
    admin(mock, 'POST /scenarios', { account: A, body: failing('Throttling.User') }),
    admin(mock, 'POST /scenarios', { account: B, body: failing('InternalError') }),
    admin(mock, 'POST /clock', { account: A, body: frozen }),
    admin(mock, 'POST /clock', { account: B, body: { set: '2040-01-01T00:00:00Z', freeze: true } }),
  ]);
  const codes = await Promise.all(
    [A, B, A, B].map(async (id) => (await getStatus(mock, 'RPBasic', 't', as(id))).json.Code),
  );
  const clocks = await Promise.all([A, B].map(async (account) => (await admin(mock, '/clock', { account })).json.now));
  expect(codes).toEqual(['Throttling.User', 'InternalError', 'Throttling.User', 'InternalError']);
  expect(clocks).toEqual(['2030-01-01T00:00:00.000Z', '2040-01-01T00:00:00.000Z']);
  expect((await getStatus(mock, 'RPBasic')).json.Code).toBe('1');
});

test.each(['/verifications', '/requests', '/scenarios', '/snapshots'])(
  'GET %s shows the account’s own',
  async (path) => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'ticket', {}, as(A));
    await admin(mock, 'POST /scenarios', { account: A, body: { rules: [{ on: 'GetStatus', then: { delay: 0 } }] } });
    await admin(mock, 'POST /snapshots/mine', { account: A });
    const [mine, theirs, standard] = [
      await admin(mock, path, { account: A }),
      await admin(mock, path, { account: B }),
      await admin(mock, path),
    ];
    expect([mine.json.length, theirs.json, standard.json]).toEqual([1, [], []]);
  },
);

test('coverage and verify are about one account', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {}, as(A));
  const seen = async (account: string) => (await admin(mock, '/coverage', { account })).json.seen;
  const verified = async (account: string) =>
    (await admin(mock, 'POST /verify', { account, body: { on: 'GetVerifyToken' } })).status;
  expect([await seen(A), await seen(B), await verified(A), await verified(B)]).toEqual([1, 0, 200, 406]);
});

test('a verification of another account cannot be concluded, nor its snapshot restored', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {}, as(A));
  await admin(mock, 'POST /snapshots/mine', { account: A });
  const replies = [
    await admin(mock, 'POST /verifications/ticket/pass', { account: B }),
    await admin(mock, 'POST /snapshots/mine/restore', { account: B }),
    await admin(mock, '/requests/1/curl', { account: B }),
  ];
  expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404]);
});

test('of a thousand accounts the journal is kept; the one that has been silent longest goes first', async () => {
  await using mock = createCloudauthMock({ signature: 'off' });
  const ask = (id: string) =>
    mock.fetch(new Request(`http://localhost/?Version=2019-03-07&Action=DescribeOssUploadToken&AccessKeyId=${id}`));
  for (const id of ['LTAImockFirst', 'LTAImockSecond']) await ask(id);
  for (let n = 0; n < 997; n++) await ask(`LTAImock${n}`);
  await ask('LTAImockFirst');
  for (const id of ['LTAImockLast', 'LTAImockBeyond']) await ask(id);
  const calls = async (account: string) => (await mock.requests({ account })).length;
  expect([await calls('LTAImockFirst'), await calls('LTAImockSecond'), await calls('LTAImockBeyond')]).toEqual([
    2, 0, 1,
  ]);
});

test('who has verifications in a database is among the accounts after a restart, a reset before it or not', async () => {
  await using folder = await scratch();
  const options: MockOptions = { db: join(folder.path, 'mock.sqlite'), device: 'manual' };
  {
    await using mock = createCloudauthMock(options);
    for (const id of [B, A]) {
      await mock.reset({ account: id });
      await openTask(mock, 'RPBasic', 'ticket', {}, as(id));
    }
    await openTask(mock, 'RPBasic', 'ticket', {}, as('LTAImockLeft'));
    await mock.reset({ account: 'LTAImockLeft' });
  }
  await using mock = createCloudauthMock(options);
  expect((await admin(mock, '/accounts')).json).toEqual(['default', A, B]);
  const seen = (await mock.accounts()).map(({ account, calls, open }) => [account, calls, open]);
  expect(seen).toEqual([
    ['default', 0, 0],
    [A, 0, 1],
    [B, 0, 1],
  ]);
});

test('reset is about one account', async () => {
  await using mock = createCloudauthMock();
  for (const id of [A, B]) {
    await openTask(mock, 'RPBasic', 'ticket', {}, as(id));
    await admin(mock, 'POST /clock', { account: id, body: frozen });
  }
  await admin(mock, 'POST /reset', { account: A });
  const left = async (account: string) => [
    (await admin(mock, '/verifications', { account })).json.length,
    (await admin(mock, '/requests', { account })).json.length,
    (await admin(mock, '/clock', { account })).json.frozen,
  ];
  expect([await left(A), await left(B)]).toEqual([
    [0, 0, false],
    [1, 1, true],
  ]);
});

test('an account goes by any of its AccessKeyIds, and by its name', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAI1:s@team', 'LTAI2:s@team'] });
  await openTask(mock, 'RPBasic', 'ticket', {}, { accessKeyId: 'LTAI1', secret: 's' });
  const shown = [];
  for (const account of ['LTAI1', 'LTAI2', 'team', 'default'])
    shown.push((await admin(mock, '/verifications', { account })).json.length);
  expect(shown).toEqual([1, 1, 1, 0]);
});

test.each(['LTAImockDefault', 'default', ''])('account=%s is the default one', async (account) => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic');
  expect((await admin(mock, `/verifications?account=${account}`)).json.length).toBe(1);
});

test('a call that was refused is in the journal of the account whose key it names', async () => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('DescribeOssUploadToken'), { accessKeyId: A, secret: 'wrong' });
  const { json } = await admin(mock, '/requests', { account: A });
  expect(json[0].code).toBe('SignatureDoesNotMatch');
});

test('the programmatic API and HTTP are one', async () => {
  await using mock = createCloudauthMock();
  const account = A;
  await openTask(mock, 'RPBasic', 'ticket', {}, as(A));
  await mock.scenarios.add({ rules: [{ on: 'GetStatus', then: { delay: 0 } }] }, { account });
  await mock.snapshots.save('s', { account });
  await mock.clock.set('2030-01-01T00:00:00Z', { account });
  await mock.clock.freeze(true, { account });
  const http = async (path: string) => (await admin(mock, path, { account })).json;
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  expect(plain(await mock.verifications.list({ account }))).toEqual(await http('/verifications'));
  expect(plain(await mock.scenarios.list({ account }))).toEqual(await http('/scenarios'));
  expect(await mock.snapshots.list({ account })).toEqual(await http('/snapshots'));
  expect(plain(await mock.requests({ account }))).toEqual(await http('/requests'));
  expect(await mock.coverage({ account })).toEqual(await http('/coverage'));
  expect(new Date(await mock.clock.now({ account })).toISOString()).toBe((await http('/clock')).now);
  expect(await mock.verify({ on: 'GetVerifyToken', account })).toMatchObject({ ok: true, matched: 1 });
});

test('what all journals hold together is bounded, however large the paths are', async () => {
  await using mock = createCloudauthMock({ signature: 'off' });
  const ask = (account: number) =>
    mock.fetch(new Request(`http://localhost/${'a'.repeat(8_000_000)}?AccessKeyId=LTAImock${account}`));
  for (let account = 0; account < 40; account++) await ask(account);
  const kept = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => (await mock.requests({ account: `LTAImock${n}` })).length),
  );
  expect([kept[0], kept[39], kept.reduce((sum, count) => sum + count, 0)]).toEqual([0, 1, 33]);
});

test.each(['GET /requests', 'GET /verifications', 'POST /reset', 'POST /clock'])(
  '%s of a name nobody has called by says so',
  async (line) => {
    await using mock = createCloudauthMock({ accessKeys: ['key:secret@team'] });
    const replies = [];
    for (const account of ['Nobody', 'tem', 'team', 'key', 'LTAImockNew'])
      replies.push(
        await admin(mock, line, { account, body: line.startsWith('POST /clock') ? { advance: '1s' } : undefined }),
      );
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200]);
    expect(replies.slice(0, 2).map(({ json }) => json.error)).toEqual([
      "nobody has called by the name 'Nobody'; GET /_mock/accounts lists who has",
      "nobody has called by the name 'tem'; did you mean team?",
    ]);
  },
);

test('an empty list of an account that nobody has called as says so in the hint', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', {}, as(A));
  const hintOf = async (query: string) => (await admin(mock, `/requests${query}`)).headers.get('x-cloudauth-mock-hint');
  expect([await hintOf('?account=LTAImockTypo'), await hintOf(`?account=${A}`), await hintOf('')]).toEqual([
    'Nobody has called as LTAImockTypo yet.',
    null,
    null,
  ]);
});
