/** No request makes much work or much memory out of a few megabytes, whoever sends it. */
import { expect, test } from 'vitest';
import { hostileRequests } from '../../bench/hostile-requests.mjs';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import type { MockOptions } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { bytesInUse } from '../support/collector.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';

const MB = 1024 * 1024;
/** Far more than it takes: a busy machine is no failure. */
const PATIENCE = { timeout: 120_000 };
const FORM = { Host: 'localhost', 'Content-Type': 'application/x-www-form-urlencoded' };

/** A listening mock, and what it would have logged as failures of its own. */
async function listening(options: MockOptions = {}) {
  const crashes: unknown[] = [];
  const log = { call() {}, info() {}, warn() {}, crash: (error: unknown) => void crashes.push(error) };
  return { mock: await createCloudauthMock({ port: 0, ...options }, log).listen(), crashes };
}

test.each(Object.keys(hostileRequests))('%s: answered as a mistake of the client, and others go on', async (name) => {
  const { mock: opened, crashes } = await listening();
  await using mock = opened;
  const reply = await sendRaw(mock.url, hostileRequests[name]!());
  const next = await call({ fetch }, cloudauth2019('DescribeOssUploadToken'), { url: `${mock.url}/` });
  expect([reply.status < 500, next.status, crashes]).toEqual([true, 200, []]);
});

test.each([
  ['1,001 parameters', request(`GET /?Format=JSON&Version=2017-11-17&Action=GetStatus${'&a'.repeat(1000)}`, FORM)],
  [
    'as many in URL and body',
    request(
      `POST /?Format=JSON&Version=2017-11-17&Action=GetStatus${'&a'.repeat(500)}`,
      { ...FORM, 'Content-Length': '1000' },
      'a&'.repeat(500),
    ),
  ],
])('%s are refused in documented shape', async (_title, bytes) => {
  const { mock: opened } = await listening();
  await using mock = opened;
  const reply = await sendRaw(mock.url, bytes);
  expect([reply.status, reply.json.Code, reply.json.Message]).toEqual([
    400,
    'InvalidParameter',
    'The specified parameter is not valid: the request has more than 1000 parameters.',
  ]);
});

test.each(['/user_verify/cloudauth.html', '/gjj/identification_jry.html', '/demo/saf.html', '/_mock/requests'])(
  '%s answers 414 to an address of more than 8 KB',
  async (path) => {
    const { mock: opened } = await listening();
    await using mock = opened;
    const ask = (length: number) => sendRaw(mock.url, request(`GET ${path}?x=${'a'.repeat(length)}`, FORM));
    expect([(await ask(4096)).status, (await ask(8192)).status]).toEqual([200, 414]);
  },
);

test.each(['😀', '(', 'é', 'a😀'])('a call of megabytes of %s is signed as a short one', async (text) => {
  await using mock = createCloudauthMock();
  const params = { ...cloudauth2019('DescribeOssUploadToken'), x: text.repeat(1_250_000 / text.length), y: 'z' };
  const right = await call(mock, params);
  const wrong = await call(mock, params, { secret: 'wrong' });
  const told = wrong.json.Message.slice(-100);
  expect([right.status, wrong.json.Code, told.endsWith('…'), wrong.json.Message.length]).toEqual([
    ...[200, 'SignatureDoesNotMatch', true],
    expect.toSatisfy((length) => length > 2 * MB && length < 2 * MB + 200),
  ]);
});

test('an expectation of 100,000 stars is refused by a sentence', async () => {
  const { mock: opened, crashes } = await listening();
  await using mock = opened;
  const body = JSON.stringify({ on: '*'.repeat(100_000) });
  const headers = { Host: 'localhost', 'Content-Length': String(body.length) };
  const { status, json } = await sendRaw(mock.url, request('POST /_mock/verify', headers, body));
  const error = 'the expectation is longer than 8000 characters; name fewer parameters';
  expect([status, json, crashes]).toEqual([400, { error }, []]);
});

test('bodies over the limit are not kept while they arrive, nor afterwards', async () => {
  const { mock: opened } = await listening();
  await using mock = opened;
  const megabyte = Buffer.alloc(MB, 'a');
  const before = bytesInUse();
  const clients = await Promise.all(Array.from({ length: 6 }, () => connectRaw(mock.url)));
  for (const client of clients) client.send(request('POST /', { ...FORM, 'Content-Length': `${40 * MB}` }));
  for (let sent = 0; sent < 40; sent++) {
    for (const client of clients) client.send(megabyte);
    if (sent === 36) expect(bytesInUse() - before).toBeLessThan(100 * MB);
    if (sent < 38) await Promise.all(clients.map((client) => client.flushed()));
  }
  for (const client of clients) {
    const [reply] = await client.replies(1);
    expect(reply?.status).toBe(400);
    client.destroy();
  }
  expect(bytesInUse() - before).toBeLessThan(40 * MB);
});

test('of 40 calls of 7.8 MB nothing outlives the journal', PATIENCE, async () => {
  const { mock: opened } = await listening();
  await using mock = opened;
  // each an account of its own, so that what is kept for an account is kept forty times
  const account = (index: number) => `LTAImockKept${index}`;
  const once = async (index: number) => {
    const members = { method: 'match', name: `person ${index}`, certNumber: `number ${index}` };
    const params = faceVerify({ ...members, imgbase64: 'A'.repeat(7.7 * MB) });
    const reply = await call({ fetch }, params, { url: `${mock.url}/`, accessKeyId: account(index) });
    await mock.reset({ account: account(index) });
    return reply.json.Code;
  };
  await once(40);
  const before = bytesInUse();
  const codes = new Set<number>();
  for (let index = 0; index < 40; index++) codes.add(await once(index));
  expect([...codes, Math.round((bytesInUse() - before) / MB)]).toEqual([200, expect.toSatisfy((mb) => mb < 40)]);
});

test.each([
  ['a nonce', (index: number) => ({ common: { SignatureNonce: `${index}`.padEnd(MB, 'n') } })],
  ['an AccessKeyId', (index: number) => ({ accessKeyId: `LTAImock${index}`.padEnd(MB, 'a') })],
])('%s of a megabyte is not remembered as it is', async (_what, optionsOf) => {
  await using mock = createCloudauthMock();
  const params = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' });
  const once = async (index: number) => {
    await call(mock, params, optionsOf(index));
    await mock.reset();
  };
  await once(20);
  const before = bytesInUse();
  for (let index = 0; index < 20; index++) await once(index);
  expect(Math.round((bytesInUse() - before) / MB)).toBeLessThan(10);
});
