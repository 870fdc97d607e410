/** What an answer to a wrong signature carries, and what it must never carry. */
import { expect, test } from 'vitest';
import { createCloudauthMock as createLogging } from '../../src/emulator/create-mock.js';
import { createCloudauthMock } from '../../src/index.js';
import { createLog } from '../../src/platform/log.js';
import { acs3Call, type ClientOptions, rpcCall, toRequest } from '../support/wrong-client.js';

const SECRET = 'k33p-this-one-private';
const ID_NUMBER = '110101199003070079';
const TOKEN = 'CAIS+token/of+the/session==';
const KEY = { id: 'LTAIcaller', secret: SECRET };
const OTHER = { id: 'LTAIother', secret: 'pr1vate-as-well' };
const CALLER: ClientOptions = { accessKeyId: KEY.id, secret: SECRET };

const HINT = 'x-cloudauth-mock-hint';

async function answered(mistakes: readonly string[], options: ClientOptions = {}, client = rpcCall) {
  await using mock = createCloudauthMock({ accessKeys: [KEY, OTHER] });
  const reply = await mock.fetch(toRequest(client(mistakes, { ...CALLER, ...options })));
  const [entry] = await mock.requests();
  return {
    hint: reply.headers.get(HINT),
    body: await reply.text(),
    status: reply.status,
    explanation: entry!.explanation!,
  };
}

test('the message stays the vendor’s, byte for byte', async () => {
  const at = Date.now();
  const call = rpcCall(['key-without-ampersand'], { ...CALLER, at, params: { Note: 'a b' } });
  await using mock = createCloudauthMock({ accessKeys: [KEY] });
  const { Message } = await (await mock.fetch(toRequest(call))).json();
  const query = new URL(call.url).searchParams;
  query.delete('Signature');
  query.sort();
  const canonical = [...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  expect(Message).toBe(
    `Specified signature is not matched with our calculation. server string to sign is:GET&%2F&${encodeURIComponent(canonical)}`,
  );
});

test('a signature that nothing explains is said to be unexplained', async () => {
  const { hint, explanation } = await answered([], { secret: 'nobody knows this one' });
  expect(hint).toBe('cause=unknown; journal=1');
  expect(explanation).toMatch(/^signature does not match: no hypothesis fits\n/);
  expect(explanation).toContain('没有一种能得出该签名');
});

test('a text that no HMAC can be is said to be none', async () => {
  await using mock = createCloudauthMock();
  const url = new URL(rpcCall([]).url);
  url.searchParams.set('Signature', 'x');
  await mock.fetch(new Request(url));
  expect((await mock.requests())[0]?.explanation).toContain('no form an HMAC can have');
});

test('both strings stand below each other, a mark under the first difference', async () => {
  const { explanation } = await answered(['raw-star'], { params: { Note: 'x*y' } });
  const lines = explanation.split('\n');
  const [server, client, mark] = lines.slice(lines.findIndex((line) => line.startsWith('  server')));
  const column = mark!.indexOf('^');
  expect(server!.slice(0, column).replace('server', 'client')).toBe(client!.slice(0, column));
  expect([server!.slice(column, column + 5), client!.slice(column, column + 1)]).toEqual(['%252A', '*']);
});

test('the offset is counted in bytes', async () => {
  const { explanation } = await answered(['values-not-encoded'], { params: { AAA: '张三' } });
  expect(explanation).toContain(`first difference at byte ${'GET&%2F&AAA%3D%'.length} `);
});

test('strings that agree are said to agree', async () => {
  const { explanation } = await answered(['key-without-ampersand']);
  expect(explanation).toContain('both strings to sign are the same | 双方的待签名字符串相同');
});

test('the fix is given in both languages', async () => {
  const { explanation } = await answered(['key-without-ampersand']);
  expect(explanation).toContain('    fix: use secret + "&" as the HMAC key | 以 secret + "&" 作为 HMAC 密钥');
});

test('another key is named by its id', async () => {
  const { explanation } = await answered(['secret-of-another-key'], { otherSecret: OTHER.secret });
  expect(explanation).toContain(`signed with the secret of ${OTHER.id}, another key known here`);
});

test('an unsigned parameter with a Chinese name leaves the header ASCII and short', async () => {
  const long = '很长的名字'.repeat(40);
  await using mock = createCloudauthMock({ accessKeys: [KEY] });
  const right = rpcCall([], { ...CALLER, params: {} });
  const url = `${right.url}&${encodeURIComponent(long)}=1`;
  const hint = (await mock.fetch(new Request(url))).headers.get(HINT)!;
  expect(hint).toMatch(/^cause=not-signed-_{40}; journal=1$/);
  expect(hint.length).toBeLessThanOrEqual(512);
});

test('each entry’s id stands in its own header', async () => {
  await using mock = createCloudauthMock();
  const send = async () => (await mock.fetch(toRequest(rpcCall(['raw-star'])))).headers.get(HINT)!;
  const hints = await Promise.all([send(), send(), send()]);
  expect(hints.map((hint) => hint.replace(/.*journal=/, '')).sort()).toEqual(['1', '2', '3']);
});

test('a mismatch that is let through is explained too', async () => {
  await using mock = createCloudauthMock({ signature: 'warn' });
  const reply = await mock.fetch(toRequest(rpcCall(['raw-star'])));
  const [entry] = await mock.requests();
  expect([reply.status, reply.headers.get(HINT)]).toEqual([
    200,
    expect.stringMatching(
      /^cause=raw-star; journal=1; It was let through in spite of SignatureDoesNotMatch: see --signature\. /,
    ),
  ]);
  expect(entry!.explanation).toContain('“*” is left as it is');
});

test.each([
  ['a success', rpcCall([]), undefined],
  ['an ACS3 success', acs3Call([]), undefined],
  ['a stale timestamp', rpcCall([], { at: 0 }), 'InvalidTimeStamp.Expired'],
  ['an unknown key', rpcCall(['raw-star'], { accessKeyId: 'nobody' }), 'InvalidAccessKeyId.NotFound'],
])('%s is not explained', async (_title, call, code) => {
  await using mock = createCloudauthMock();
  await mock.fetch(toRequest(call));
  const [entry] = await mock.requests();
  expect(entry).toMatchObject({ code });
  expect(entry).toHaveProperty('explanation', undefined);
});

test('a SignatureDoesNotMatch that was ordered is not explained: the signature is right', async () => {
  await using mock = createCloudauthMock();
  await mock.scenarios.add({ rules: [{ on: '**', then: { fail: 'SignatureDoesNotMatch' } }] });
  await mock.fetch(toRequest(rpcCall([])));
  expect((await mock.requests())[0]).toMatchObject({ code: 'SignatureDoesNotMatch', explanation: undefined });
});

const PRIVATE = { certNumber: ID_NUMBER, SecretInside: `x${SECRET}x`, VerifyToken: TOKEN, Note: 'a*b', Memo: 'm' };

test.each([
  ['RPC', 'raw-star', rpcCall],
  ['RPC', 'key-without-ampersand', rpcCall],
  ['RPC', 'secret-of-another-key', rpcCall],
  ['RPC', 'values-not-encoded', rpcCall],
  ['RPC', 'key-and-text-swapped', rpcCall],
  ['RPC', 'not-signed', rpcCall],
  ['ACS3', 'raw-star', acs3Call],
  ['ACS3', 'secret-of-another-key', acs3Call],
  ['ACS3', 'values-not-encoded', acs3Call],
] as const)('%s %s: no secret, ID number or token in header, journal and log', async (_scheme, mistake, client) => {
  const log: string[] = [];
  await using mock = createLogging(
    { accessKeys: [KEY, OTHER] },
    createLog('pretty', (text) => log.push(text), Date.now),
  );
  const call = client([mistake], { ...CALLER, otherSecret: OTHER.secret, params: PRIVATE });
  const reply = await mock.fetch(toRequest(call));
  await new Promise(setImmediate);
  const [entry] = await mock.requests();
  const seen = [...reply.headers].join() + entry!.explanation + log.join('');
  expect(log.join('')).toContain('signature does not match: ');
  for (const hidden of [SECRET, OTHER.secret, ID_NUMBER, TOKEN, encodeURIComponent(TOKEN)])
    expect(seen).not.toContain(hidden);
});

test.each([
  ['an ID number', 'certNumber', ID_NUMBER],
  ['an ID number inside other text', 'Note', `张三 ${ID_NUMBER} *`],
  ['a token', 'VerifyToken', TOKEN],
])('%s right where the strings differ is masked', async (_title, name, value) => {
  const { explanation } = await answered(['lower-case-hex', 'raw-star'], { params: { [name]: `*${value}` } });
  expect(explanation).not.toContain(value.replace(/\D{3,}/g, '').slice(0, 16) || 'CAIS');
  expect(explanation).not.toContain('CAIS');
});

test('the JSON log carries the explanation as one field of one line', async () => {
  const log: string[] = [];
  await using mock = createLogging(
    {},
    createLog('json', (text) => log.push(text), Date.now),
  );
  await mock.fetch(toRequest(rpcCall(['raw-star'])));
  await new Promise(setImmediate);
  expect(JSON.parse(log.join(''))).toMatchObject({
    explanation: expect.stringContaining('“*”'),
    hints: ['cause=raw-star'],
  });
});
