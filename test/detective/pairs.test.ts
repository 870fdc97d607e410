/** Two mistakes at once: both are named. The clock stands still, a busy machine must not decide. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/detective/explain.js';
import { received } from '../support/received.js';
import { acs3Call, rpcCall } from '../support/wrong-client.js';

const CALLER = { id: 'LTAImockDefault', secret: 'cloudauth-mock-secret' };

const pairsOf = (mistakes: readonly string[]) =>
  mistakes.flatMap((one, index) => mistakes.slice(index + 1).map((other) => [one, other] as const));

const RPC = pairsOf([
  'key-without-ampersand',
  'whitespace-in-secret',
  'wrong-method',
  'lower-case-method',
  'unsorted',
  'plus-for-space',
  'raw-star',
  'encoded-tilde',
  'lower-case-hex',
  'not-encoded-as-a-whole',
  'not-signed',
  'hex-digest',
]);

const ACS3 = pairsOf([
  'key-with-ampersand',
  'whitespace-in-secret',
  'host-without-port',
  'wrong-payload-hash',
  'canonical-without',
  'wrong-method',
  'empty-path',
  'plus-for-space',
  'raw-star',
  'not-hashed',
  'base64-digest',
]);

const NAMED: Record<string, string> = {
  'not-signed': 'not-signed-Memo',
  'canonical-without': 'canonical-without-x-acs-action',
};

describe.each([
  ['RPC', RPC, rpcCall],
  ['ACS3', ACS3, acs3Call],
] as const)('%s', (_scheme, pairs, client) => {
  test.each(pairs)('%s and %s', (one, other) => {
    const { cause } = explain(received(client([one, other])), CALLER, [], { ms: 1, now: () => 0 });
    expect(cause.split('+').sort()).toEqual([one, other].map((mistake) => NAMED[mistake] ?? mistake).sort());
  });
});
