import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { type CallOptions, call } from '../support/call.js';

/** Each call has every fault from its row downwards: the first one must be the one reported. */
const FAULTS: readonly [code: string, without: Partial<Record<string, string>>][] = [
  ['InvalidVersion', {}],
  ['MissingAction', { Version: '2019-03-07' }],
  ['UnsupportedOperation', { Action: 'Nope' }],
  ['InvalidParameter.Format', { Action: 'DescribeRPSDK' }],
  ['MissingAccessKeyId', { Format: 'JSON' }],
  ['MissingSignature', { AccessKeyId: 'LTAIunknown' }],
  ['MissingSignatureMethod', { Signature: 'x' }],
  ['MissingSignatureVersion', { SignatureMethod: 'MD5' }],
  ['MissingSignatureNonce', { SignatureVersion: '2' }],
  ['MissingTimestamp', { SignatureNonce: 'n1' }],
  ['InvalidSignatureMethod', { Timestamp: 'yesterday' }],
  ['InvalidSignatureVersion', { SignatureMethod: 'HMAC-SHA1' }],
  ['InvalidTimeStamp.Format', { SignatureVersion: '1.0' }],
  ['InvalidTimeStamp.Expired', { Timestamp: '2014-7-29T12:00:00Z' }],
  ['InvalidAccessKeyId.NotFound', { Timestamp: `${new Date().toISOString().slice(0, 19)}Z` }],
  ['InvalidSecurityToken.Malformed', { AccessKeyId: 'LTAImockDefault' }],
];

test('the checks run in the documented order, one fault mended at a time', async () => {
  await using mock = createCloudauthMock();
  const params: Record<string, string> = { Format: 'YAML', SecurityToken: 'none of this key' };
  for (const [code, mended] of FAULTS) {
    Object.assign(params, mended);
    const query = new URLSearchParams(params);
    const response = await mock.fetch(new Request(`https://cloudauth.aliyuncs.com/?${query}`));
    expect(await response.text()).toContain(code);
  }
});

const describe = { Version: '2019-03-07', Action: 'DescribeRPSDK' };

test.each<[string, string, Record<string, string>, CallOptions]>([
  [
    'signature before nonce',
    'SignatureDoesNotMatch',
    describe,
    { method: 'GET', common: { SignatureNonce: 'used' }, secret: 'wrong' },
  ],
  ['nonce before method', 'SignatureNonceUsed', describe, { method: 'GET', common: { SignatureNonce: 'used' } }],
  ['method before business parameters', 'UnsupportedHTTPMethod', describe, { method: 'GET' }],
  ['business parameters last', 'MissingTaskId', describe, {}],
])('%s: %s', async (_title, code, params, options) => {
  await using mock = createCloudauthMock();
  await call(mock, { Version: '2019-03-07', Action: 'DescribeOssUploadToken' }, { common: { SignatureNonce: 'used' } });
  const reply = await call(mock, params, options);
  expect(reply.json.Code).toBe(code);
});
