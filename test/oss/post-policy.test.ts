import { describe, expect, test } from 'vitest';
import { authenticateForm } from '../../src/oss/authenticate.js';
import { v1Signature } from '../../src/oss/signature-v1.js';
import { v4Signature } from '../../src/oss/signature-v4.js';
import { CREDENTIAL, NOW, ossHouse, ossRequest, refusal } from '../support/oss-auth.js';

const HERE = ossRequest('POST', '/');
const POLICY = {
  expiration: '2026-11-24T08:30:00.000Z',
  conditions: [{ bucket: 'verify-external-image' }, ['starts-with', '$key', 'p1/']] as unknown[],
};
const base64 = (policy: unknown) => Buffer.from(JSON.stringify(policy)).toString('base64');

const policy = (...conditions: unknown[]) => ({ ...POLICY, conditions });

/** A form as it would be signed for these; `changed` after that. */
function form(policy: unknown = POLICY, changed: Record<string, string | undefined> = {}): Map<string, string> {
  const encoded = typeof policy === 'string' ? policy : base64(policy);
  const fields = {
    key: 'p1/face.jpg',
    policy: encoded,
    OSSAccessKeyId: CREDENTIAL.access_key_id,
    Signature: v1Signature(encoded, CREDENTIAL.secret),
    'x-oss-security-token': CREDENTIAL.security_token,
    ...changed,
  };
  return new Map(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])),
  );
}

const SCOPE = { accessKeyId: CREDENTIAL.access_key_id, day: '20261124', region: 'cn-shanghai' };
const V4 = {
  OSSAccessKeyId: undefined,
  Signature: undefined,
  'x-oss-signature-version': 'OSS4-HMAC-SHA256',
  'x-oss-credential': `${SCOPE.accessKeyId}/20261124/cn-shanghai/oss/aliyun_v4_request`,
  'x-oss-date': '20261124T080000Z',
  'x-oss-signature': 'x',
};

/** @param conditions beside the one that holds the date. @param changed after it was signed */
function v4Form(conditions: unknown[] = POLICY.conditions, changed: Record<string, string | undefined> = {}) {
  const signed = policy({ 'x-oss-date': V4['x-oss-date'] }, ...conditions);
  return form(signed, { ...V4, 'x-oss-signature': v4Signature(base64(signed), CREDENTIAL.secret, SCOPE), ...changed });
}

async function told(fields: Map<string, string>, request = HERE) {
  const { code, message } = await refusal(authenticateForm(request, fields, await ossHouse()));
  return `${code}: ${message}`;
}

describe('a form is its signer’s', () => {
  test.each([
    ['V1', form()],
    ['V4', v4Form()],
  ])('%s', async (_version, fields) => {
    const { params: _params, ...caller } = await authenticateForm(HERE, fields, await ossHouse());
    expect(caller).toEqual({
      account: 'tester',
      accessKeyId: CREDENTIAL.access_key_id,
      bucket: 'verify-external-image',
      key: 'p1/face.jpg',
      path: 'p1/',
      presigned: false,
      minBytes: 0,
      maxBytes: Number.POSITIVE_INFINITY,
    });
  });
});

test.each([
  ['/', 'verify-external-image.oss-cn-shanghai.aliyuncs.com'],
  ['/', 'verify-external-image.localhost:9080'],
  ['/verify-external-image', '127.0.0.1:9080'],
  ['/verify-external-image/', 'images.localhost:9080'],
  ['/', '127.0.0.1:9080'],
])('posted to %s on %s it is for the bucket', async (target, host) => {
  const { bucket } = await authenticateForm(ossRequest('POST', target, {}, host), form(), await ossHouse());
  expect(bucket).toBe('verify-external-image');
});

test('a form posted to a bucket nobody has is told so', async () => {
  const host = 'nobody-has.oss-cn-shanghai.aliyuncs.com';
  const fields = form(policy(['starts-with', '$key', 'p1/']));
  const told = await refusal(authenticateForm(ossRequest('POST', '/', {}, host), fields, await ossHouse()));
  expect([told.code, told.fields]).toEqual(['NoSuchBucket', { BucketName: 'nobody-has' }]);
});

test.each<[title: string, changed: Record<string, string | undefined>, expected: string]>([
  ['no id', { OSSAccessKeyId: undefined }, 'InvalidArgument: Post request accessKeyId is empty.'],
  ['no signature', { Signature: '' }, 'InvalidArgument: Post request signature is empty.'],
  ['no policy', { policy: undefined }, 'InvalidArgument: Post request policy is empty.'],
  [
    'nothing of a signature',
    { OSSAccessKeyId: undefined, Signature: undefined, policy: undefined },
    'AccessDenied: You have no right to access this object because of bucket acl.',
  ],
  [
    'another signature',
    { Signature: 'x' },
    'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  [
    'another token',
    { 'x-oss-security-token': 'x' },
    'InvalidSecurityToken: The security token you provided is invalid.',
  ],
  [
    'no token',
    { 'x-oss-security-token': undefined },
    'InvalidAccessKeyId: The OSS Access Key Id you provided does not exist in our records.',
  ],
  [
    'another version',
    { ...V4, 'x-oss-signature-version': 'OSS2' },
    'InvalidArgument: The x-oss-signature-version field is invalid.',
  ],
  ['half a credential', { ...V4, 'x-oss-credential': 'x' }, 'InvalidArgument: The Credential is invalid.'],
])('a form with %s is refused', async (_title, changed, expected) => {
  expect(await told(form(POLICY, changed))).toBe(expected);
});

test.each<[title: string, changed: string | undefined, told: RegExp]>([
  ['dropped', undefined, /^InvalidArgument: The x-oss-date field is invalid\.$/],
  ['empty', '', /^InvalidArgument: The x-oss-date field is invalid\.$/],
  ['in another form', 'Tue, 24 Nov 2026 08:00:00 GMT', /^InvalidArgument: The x-oss-date field is invalid\.$/],
  ['of another day', '20261125T080000Z', /^InvalidArgument: The x-oss-date field is invalid\.$/],
  ['a second later', '20261124T080001Z', /^AccessDenied: .* failed: \["eq", "\$x-oss-date", "20261124T080000Z"\]$/],
])('the x-oss-date of a V4 form, %s, is refused', async (_title, changed, words) => {
  expect(await told(v4Form(POLICY.conditions, { 'x-oss-date': changed }))).toMatch(words);
});

test.each([[POLICY], [policy(['starts-with', '$x-oss-date', ''])]])(
  'a V4 form whose policy does not hold its x-oss-date is refused',
  async (signed) => {
    const signature = v4Signature(base64(signed), CREDENTIAL.secret, SCOPE);
    expect(await told(form(signed, { ...V4, 'x-oss-signature': signature }))).toBe(
      'InvalidPolicyDocument: Invalid Policy: Policy missing x-oss-date.',
    );
  },
);

test('a form’s own mismatch shows the policy as the string to sign', async () => {
  const { fields, ec } = await refusal(authenticateForm(HERE, form(POLICY, { Signature: 'x' }), await ossHouse()));
  expect([fields.StringToSign, ec]).toEqual([base64(POLICY), '0002-00000705']);
});

test('a policy expires on the business clock', async () => {
  const house = await ossHouse();
  house.businessClock.set(Date.parse(POLICY.expiration) + 1);
  const { message, hint } = await refusal(authenticateForm(HERE, form(), house));
  expect([message, hint]).toEqual(['Invalid according to Policy: Policy expired.', 'oss-clock-moved']);
});

test('a policy holds to the moment it names', async () => {
  const house = await ossHouse();
  house.businessClock.set(POLICY.expiration);
  expect((await authenticateForm(HERE, form(), house)).account).toBe('tester');
});

test.each<[condition: unknown]>([
  [{ key: 'p1/face.jpg' }],
  [['eq', '$key', 'p1/face.jpg']],
  [['eq', '$bucket', 'verify-external-image']],
  [['starts-with', '$key', '']],
  [['starts-with', '$Content-Type', 'image/']],
  [['in', '$content-type', ['image/png', 'image/jpeg']]],
  [['not-in', '$content-type', ['text/html']]],
])('a form keeps to %j', async (condition) => {
  const fields = form(policy(condition), { 'Content-Type': 'image/jpeg' });
  expect((await authenticateForm(HERE, fields, await ossHouse())).key).toBe('p1/face.jpg');
});

test.each<[condition: unknown, told: string]>([
  [{ bucket: 'b' }, '["eq", "$bucket", "b"]'],
  [['eq', '$key', 'p1/x'], '["eq", "$key", "p1/x"]'],
  [['starts-with', '$key', 'p2/'], '["starts-with", "$key", "p2/"]'],
  [['starts-with', '$key', 7], '["starts-with", "$key", 7]'],
  [{ success_action_status: '200' }, '["eq", "$success_action_status", "200"]'],
  [['in', '$content-type', ['image/png']], '["in", "$content-type", ["image/png"]]'],
  [['not-in', '$key', ['p1/face.jpg']], '["not-in", "$key", ["p1/face.jpg"]]'],
])('a form that does not keep to %j is denied', async (condition, words) => {
  expect(await told(form(policy(condition)))).toBe(
    `AccessDenied: Invalid according to Policy: Policy Condition failed: ${words}`,
  );
});

test('content-length-range is handed on', async () => {
  const fields = form(policy(['content-length-range', 1, 2_097_152]));
  const { minBytes, maxBytes } = await authenticateForm(HERE, fields, await ossHouse());
  expect([minBytes, maxBytes]).toEqual([1, 2_097_152]);
});

test.each([
  [
    [1, 100],
    [10, 200],
  ],
  [
    [10, 200],
    [1, 100],
  ],
])('of the content-length-ranges %j and %j both hold', async (...ranges) => {
  const fields = form(policy(...ranges.map((range) => ['content-length-range', ...range])));
  const { minBytes, maxBytes } = await authenticateForm(HERE, fields, await ossHouse());
  expect([minBytes, maxBytes]).toEqual([10, 100]);
});

test.each<[title: string, policy: unknown]>([
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{').toString('base64')],
  ['null', null],
  ['a number', 7],
  ['without expiration', { conditions: [] }],
  ['without conditions', { expiration: POLICY.expiration }],
  ['whose expiration is a number', { ...POLICY, expiration: 7 }],
  ['whose expiration is no instant', { ...POLICY, expiration: '2026-99-99T00:00:00Z' }],
  ['whose condition is null', policy(null)],
  ['whose condition is text', policy('key')],
  ['whose condition has two names', policy({ key: 'p1/face.jpg', bucket: 'b' })],
  ['whose condition is too short', policy(['eq', '$key'])],
  ['whose operator is unknown', policy(['matches', '$key', 'x'])],
  ['whose range is no numbers', policy(['content-length-range', '1', '2'])],
])('a policy %s is none', async (_title, document) => {
  expect(await told(form(document))).toMatch(/^InvalidPolicyDocument: Invalid Policy: /);
});

test('a policy does not open what its signer’s credential does not', async () => {
  const fields = form(policy(['starts-with', '$key', '']), { key: 'p2/face.jpg' });
  expect(await told(fields)).toBe("AccessDenied: Access denied by authorizer's policy.");
});

test('a form of an expired credential is refused', async () => {
  const house = await ossHouse([{ ...CREDENTIAL, expires_at: NOW }]);
  expect((await refusal(authenticateForm(HERE, form(), house))).code).toBe('SecurityTokenExpired');
});
