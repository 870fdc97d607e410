/** ACS3: `host` and every `x-acs-*` header that is sent must be among the signed ones, or somebody could change it on its way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { saying } from '../support/hints.js';
import { acs3Call } from '../support/wrong-client.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0 }).listen();
});
afterAll(() => mock.close());

/** @param more sent beside what is signed @param unsigned left out of SignedHeaders */
async function send(more: Record<string, string>, unsigned?: string) {
  const { method, url, headers, body } = acs3Call([], { url: `${mock.url}/` });
  const authorization = headers.authorization!.replace(
    /(?<=SignedHeaders=)[^,]*/,
    (names) =>
      `${names
        .split(';')
        .filter((name) => name !== unsigned)
        .join(';')}`,
  );
  const response = await fetch(url, { method, headers: { ...headers, ...more, authorization }, body });
  const { Code } = (await response.json()) as { Code?: string };
  return [response.status, Code, response.headers.get('x-cloudauth-mock-hint')];
}

test('a header that is not the vendor’s may be unsigned', async () => {
  expect((await send({ 'x-request-id': '1', accept: 'application/json' })).slice(0, 2)).toEqual([200, undefined]);
});

test.each(['x-acs-security-token', 'x-acs-region-id', 'X-Acs-Trace'])(
  '%s, sent but not signed, is refused',
  async (name) => {
    expect(await send({ [name]: 'x' })).toEqual([
      400,
      'IncompleteSignature',
      await saying(['unsigned-header', { header: name.toLowerCase() }]),
    ]);
  },
);

test.each(['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'])(
  'a signature without %s is refused',
  async (name) => {
    expect(await send({}, name)).toEqual([
      400,
      'IncompleteSignature',
      await saying(['unsigned-header', { header: name }]),
    ]);
  },
);
