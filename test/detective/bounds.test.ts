/** The search ends when its time is up, and whatever it meets it answers. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/detective/explain.js';
import { rpcProcedure } from '../../src/detective/rpc.js';
import { search } from '../../src/detective/search.js';
import { createCloudauthMock } from '../../src/index.js';
import { received } from '../support/received.js';
import { acs3Call, rpcCall, toRequest } from '../support/wrong-client.js';

const PICTURE = '/9j/4AAQ+a8q'.repeat(170_000);
const CALLER = { id: 'LTAImockDefault', secret: 'cloudauth-mock-secret' };
const WRONG = { secret: 'a secret nobody here knows' };
/** A clock that says the time is up from the second look on. */
const spent = () => {
  let looks = 0;
  return { ms: 25, now: () => looks++ * 1_000 };
};

/** Lets so many tries pass. */
const patient = () => {
  let looks = 0;
  return { ms: 100, now: () => looks++ };
};

test('with a picture of 2 MB the search stops at its budget', () => {
  const request = received(rpcCall([], { ...WRONG, method: 'POST', params: { Picture: PICTURE } }));
  const { tried, found, complete } = search(rpcProcedure(request, CALLER.secret, []), spent());
  expect({ found, complete }).toEqual({ found: undefined, complete: -1 });
  expect(tried).toBe(1);
});

test('on a request of usual size every single mistake is tried, however slow the machine', () => {
  const { complete, tried } = search(rpcProcedure(received(rpcCall([], WRONG)), CALLER.secret, []), spent());
  expect(complete).toBe(1);
  expect(tried).toBeLessThan(200);
});

test.each([
  ['RPC', rpcCall],
  ['ACS3', acs3Call],
] as const)('%s: a wrong signature over a picture of 2 MB is answered', async (_scheme, client) => {
  await using mock = createCloudauthMock();
  const call = client([], { ...WRONG, method: 'POST', params: { Picture: PICTURE } });
  const reply = await mock.fetch(toRequest(call));
  expect(reply.status).toBe(400);
  expect(reply.headers.get('x-cloudauth-mock-hint')).toBe('cause=unknown; journal=1');
  expect((await mock.requests())[0]?.explanation).toContain('too large');
});

test('a call with a picture of 300 KB, as a sample of the documents sends it, is searched', async () => {
  await using mock = createCloudauthMock();
  const params = { Picture: PICTURE.slice(0, 300_000) };
  const reply = await mock.fetch(toRequest(rpcCall(['key-without-ampersand'], { method: 'POST', params })));
  expect(reply.headers.get('x-cloudauth-mock-hint')).toBe('cause=key-without-ampersand; journal=1');
});

test('with a picture of 2 MB a mistake about the key is found, given the time', () => {
  const request = received(rpcCall(['key-without-ampersand'], { method: 'POST', params: { Picture: PICTURE } }));
  const { cause, text } = explain(request, CALLER, [], patient());
  expect(cause).toBe('key-without-ampersand');
  expect(text.length).toBeLessThan(1_000);
});

test('the explanation stays short where the strings differ in a picture', () => {
  const request = received(rpcCall(['raw-slash-in-values'], { method: 'POST', params: { Picture: PICTURE } }));
  const { cause, text } = explain(request, CALLER, [], patient());
  expect(cause).toBe('raw-slash-in-values');
  expect(text.length).toBeLessThan(1_000);
});

describe('odd signatures are answered', () => {
  test.each(['', ' ', '%', '%zz', '=', '====', '\n', '\u0000', '中文', 'a'.repeat(100_000), '%25'.repeat(1_000)])(
    '%#',
    async (Signature) => {
      await using mock = createCloudauthMock();
      const url = new URL(rpcCall([]).url);
      url.searchParams.set('Signature', Signature);
      const reply = await mock.fetch(new Request(url));
      expect(reply.status).toBe(400);
      expect((await mock.requests())[0]?.code).toMatch(/^(SignatureDoesNotMatch|MissingSignature)$/);
    },
  );
});

test('hundreds of parameters are answered', async () => {
  await using mock = createCloudauthMock();
  const params = Object.fromEntries(Array.from({ length: 900 }, (_none, index) => [`P.${index}`, '*~ 中']));
  const reply = await mock.fetch(toRequest(rpcCall(['raw-star'], { method: 'POST', params })));
  expect(reply.headers.get('x-cloudauth-mock-hint')).toMatch(/^cause=(raw-star|unknown); journal=1$/);
});
