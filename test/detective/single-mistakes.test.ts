/** Each mistake alone, through the front door: the header names it, the journal explains it. */
import { describe, expect, test } from 'vitest';
import { type CauseId, causes } from '../../src/detective/causes.js';
import { createCloudauthMock } from '../../src/index.js';
import { acs3Call, type ClientOptions, rpcCall, type Sent, toRequest } from '../support/wrong-client.js';

const OTHER = { id: 'LTAIother', secret: 'another secret of this emulator' };

interface Variant extends ClientOptions {
  /** When it is not the mistake's own name. */
  readonly expected?: string;
}

/** Of both schemes. */
const variants: Partial<Record<CauseId, Variant>> = {
  'sent-with-entities': { params: { Note: 'a&amp;b &lt;c d&#39;e' } },
  'signed-with-entities': { params: { Note: "a&b <c d'e" } },
  'signed-trimmed': { params: { Note: ' a\n', Memo: 'b' } },
  'line-ends-differ': { params: { Note: 'a\r\nb' } },
  'unicode-form-differs': { params: { Note: 'cafe\u0301 张三' } },
};

const rpcVariants: Partial<Record<CauseId, Variant>> = {
  ...variants,
  'path-signed': { url: 'https://cloudauth.aliyuncs.com/api/v1' },
  'body-not-signed': { method: 'POST' },
  'query-not-signed': { method: 'POST' },
  'body-not-a-form': { method: 'POST' },
  'not-signed': { expected: 'not-signed-Memo' },
};
const acs3Variants: Partial<Record<CauseId, Variant>> = {
  ...variants,
  'canonical-without': { expected: 'canonical-without-x-acs-action' },
};

const of = (scheme: 'RPC' | 'ACS3') =>
  (Object.keys(causes) as CauseId[]).filter((id) => causes[id].schemes.includes(scheme));

async function caught(sent: () => Sent) {
  await using mock = createCloudauthMock({ accessKeys: [OTHER] });
  let call = sent();
  // two mistakes only show when the digest happens to have a + or a / in it
  while (/url-safe/.test(expect.getState().currentTestName!) && !/Signature=[^&]*[-_]/.test(call.url)) call = sent();
  const reply = await mock.fetch(toRequest(call));
  const [entry] = await mock.requests();
  return { code: entry!.code, hint: reply.headers.get('x-cloudauth-mock-hint'), explanation: entry!.explanation };
}

describe.each([
  ['RPC', rpcCall, rpcVariants],
  ['ACS3', acs3Call, acs3Variants],
] as const)('%s', (scheme, client, own) => {
  test('the client signs right when told no mistake', async () => {
    expect((await caught(() => client([]))).code).toBeUndefined();
  });

  test.each(of(scheme))('%s', async (mistake) => {
    const { expected = mistake, ...options } = own[mistake] ?? {};
    const { code, hint, explanation } = await caught(() =>
      client([mistake], { otherSecret: OTHER.secret, ...options }),
    );
    expect({ code, hint }).toEqual({
      code: 'SignatureDoesNotMatch',
      hint: expect.stringMatching(`^cause=${expected.replaceAll('+', '\\+')}; journal=1(; The body was not read.*)?$`),
    });
    expect(explanation).toContain(causes[mistake].zh.replace(/\{name\}.*/, ''));
  });
});
