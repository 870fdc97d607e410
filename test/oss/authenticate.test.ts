import { describe, expect, test } from 'vitest';
import { authenticate, checkKey } from '../../src/oss/authenticate.js';
import type { OssRequest } from '../../src/oss/message.js';
import { createIds } from '../../src/platform/ids.js';
import {
  CREDENTIAL,
  NOW,
  ossHouse,
  ossRequest,
  presignedV1,
  presignedV4,
  refusal,
  signedV1,
  signedV4,
} from '../support/oss-auth.js';

const MINUTE = 60_000;
const LONG_TERM = { access_key_id: 'LTAImockTester', secret: 'cloudauth-mock-secret', security_token: '' };

/** Code, message and number. */
async function told(request: OssRequest, house?: Awaited<ReturnType<typeof ossHouse>>) {
  const { code, message, ec } = await refusal(authenticate(request, house ?? (await ossHouse())));
  return [code, message, ec];
}

const withHeaders = (request: OssRequest, headers: Record<string, string | undefined>): OssRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries({ ...request.headers, ...headers }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>,
});

describe('a signed call', () => {
  test('tells its account, key, path and query', async () => {
    const request = signedV1({ target: '/verify-external-image/p1/face.jpg?uploads&x=a%20b+c' });
    const { params, ...caller } = await authenticate(request, await ossHouse());
    expect([caller, Object.fromEntries(params)]).toEqual([
      {
        account: 'tester',
        accessKeyId: CREDENTIAL.access_key_id,
        bucket: 'verify-external-image',
        key: 'p1/face.jpg',
        path: 'p1/',
        presigned: false,
      },
      { uploads: '', x: 'a b c' },
    ]);
  });

  test('counts the first of two equal names, as its signature does', async () => {
    const request = signedV4({ target: '/verify-external-image/p1/face.jpg?partNumber=1' });
    const { params } = await authenticate({ ...request, query: `${request.query}&partNumber=2` }, await ossHouse());
    expect(params.get('partNumber')).toBe('1');
  });

  test('does not verify when an unsigned value is put before a signed one of that name', async () => {
    const request = signedV1({ target: '/verify-external-image/p1/face.jpg?partNumber=1' });
    expect((await told({ ...request, query: `partNumber=2&${request.query}` }))[0]).toBe('SignatureDoesNotMatch');
  });

  test('V4 may have no x-oss-date: the Date of the Go client is signed as it is', async () => {
    const request = signedV4({ date: new Date(NOW).toUTCString() });
    expect((await authenticate(request, await ossHouse())).key).toBe('p1/face.jpg');
  });

  test('V4 signs the headers it adds', async () => {
    const request = signedV4({ additional: ['host', 'range'], headers: { range: 'bytes=0-1' } });
    expect((await authenticate(request, await ossHouse())).key).toBe('p1/face.jpg');
  });

  test('V4 does not verify when an added header is another', async () => {
    const request = signedV4({ additional: ['range'], headers: { range: 'bytes=0-1' } });
    expect((await told(withHeaders(request, { range: 'bytes=0-2' })))[0]).toBe('SignatureDoesNotMatch');
  });

  test('with both Date and x-oss-date counts x-oss-date, as of the PHP client', async () => {
    const headers = { 'x-oss-date': new Date(NOW).toUTCString(), date: new Date(NOW - 60 * MINUTE).toUTCString() };
    expect((await authenticate(signedV1({ headers }), await ossHouse())).account).toBe('tester');
  });
});

describe('a signature that is not ours', () => {
  test('V1: is told with both strings', async () => {
    const request = signedV1({ headers: { 'content-type': 'image/png' } });
    const { fields, status, ec } = await refusal(
      authenticate(withHeaders(request, { 'content-type': 'image/jpeg' }), await ossHouse()),
    );
    const date = new Date(NOW).toUTCString();
    const StringToSign = `PUT\n\nimage/jpeg\n${date}\nx-oss-security-token:CAIS+token/abc==\n/verify-external-image/p1/face.jpg`;
    expect([status, ec, Object.entries(fields)]).toEqual([
      403,
      '0002-00000040',
      [
        ['OSSAccessKeyId', CREDENTIAL.access_key_id],
        ['SignatureProvided', request.headers.authorization!.split(':')[1]],
        ['StringToSign', StringToSign],
        ['StringToSignBytes', expect.stringMatching(/^50 55 54 0A 0A 69 6D .* 67 $/)],
      ],
    ]);
  });

  test.each([
    ['/verify-external-image/p1/face.jpg', '127.0.0.1:9080', 'verify-external-image/p1/face.jpg'],
    ['/cloudauth-zhangjiakou-external/x', '127.0.0.1:9080', 'cloudauth-zhangjiakou-external/x'],
    ['/p1/face.jpg', '127.0.0.1:9080', 'verify-external-image/p1/face.jpg'],
    ['/p1/face.jpg', 'nobody-has.localhost', 'nobody-has/p1/face.jpg'],
  ])('sent to %s on %s it is told for the likeliest resource', async (target, host, resource) => {
    const request = signedV1({ target, host, credential: { ...CREDENTIAL, secret: 'x' } });
    const { fields } = await refusal(authenticate(request, await ossHouse()));
    expect(fields.StringToSign?.split('\n').at(-1)).toBe(`/${resource}`);
  });

  test('V4: has its own number', async () => {
    const request = signedV4({ credential: { ...CREDENTIAL, secret: 'x' } });
    const { fields, ec } = await refusal(authenticate(request, await ossHouse()));
    expect([ec, fields.StringToSign]).toEqual([
      '0002-00000201',
      expect.stringMatching(
        /^OSS4-HMAC-SHA256\n20261124T080000Z\n20261124\/cn-shanghai\/oss\/aliyun_v4_request\n[0-9a-f]{64}$/,
      ),
    ]);
  });

  test.each(['', 'x', '====', '\u00e9', 'A'.repeat(100_000)])('%.20j is compared and refused', async (signature) => {
    const request = withHeaders(signedV1(), { authorization: `OSS ${CREDENTIAL.access_key_id}:${signature}` });
    expect((await told(request))[0]).toBe(signature === '' ? 'InvalidArgument' : 'SignatureDoesNotMatch');
  });
});

test.each<[header: string, message: string, ec: string | undefined]>([
  ['', 'Authorization header value is empty.', undefined],
  ['  ', 'Authorization header value is empty.', undefined],
  ['OSSxxx a:b', 'Authorization header is invalid.', '0002-00000061'],
  ['OSS', 'Authorization header is invalid.', '0002-00000061'],
  ['OSS id', 'AccessKeyId or Signature is missing in Authorization header value.', '0002-00000065'],
  ['OSS id:', 'AccessKeyId or Signature is missing in Authorization header value.', '0002-00000065'],
  ['OSS :x', 'AccessKeyId or Signature is missing in Authorization header value.', '0002-00000065'],
  ['OSS a:b:c', 'AccessKeyId or Signature is missing in Authorization header value.', '0002-00000065'],
  ['OSS4-HMAC-SHA256 Signature=f0', 'Authorization header is invalid.', '0002-00000202'],
  ['OSS4-HMAC-SHA256 Credential=a/b,Signature=f0', 'The Credential is invalid.', '0002-00000213'],
])('the Authorization header %j cannot be read', async (authorization, message, ec) => {
  expect(await told(withHeaders(signedV1(), { authorization }))).toEqual(['InvalidArgument', message, ec]);
});

describe('the time of a signed header', () => {
  test.each([
    [15 * MINUTE, 'V1', signedV1],
    [-15 * MINUTE, 'V1', signedV1],
    [15 * MINUTE, 'V4', signedV4],
    [-15 * MINUTE, 'V4', signedV4],
  ])('may be %i ms off (%s)', async (off, _version, sign) => {
    expect((await authenticate(sign({ at: NOW + off }), await ossHouse())).account).toBe('tester');
  });

  test.each([
    ['V1', signedV1],
    ['V4', signedV4],
  ])('may be no more than 15 minutes off (%s)', async (_version, sign) => {
    const { code, fields } = await refusal(authenticate(sign({ at: NOW - 15 * MINUTE - 1000 }), await ossHouse()));
    expect([code, fields]).toEqual([
      'RequestTimeTooSkewed',
      {
        MaxAllowedSkewMilliseconds: '900000',
        RequestTime: '2026-11-24T07:44:59.000Z',
        ServerTime: '2026-11-24T08:00:00.000Z',
      },
    ]);
  });

  test('is judged by the wall clock, whatever the business clock says', async () => {
    const house = await ossHouse();
    house.businessClock.advance('40m');
    expect((await authenticate(signedV1(), house)).account).toBe('tester');
  });

  test.each<[date: string | undefined, ec: string]>([
    [undefined, '0002-00000503'],
    ['', '0002-00000503'],
    ['yesterday', '0002-00000502'],
    ['Fri, 99 Sep 2019 09:44:16 GMT', '0002-00000502'],
    ['20261399T084818Z', '0002-00000502'],
    ['2026-11-24T08:00:00Z', '0002-00000502'],
  ])('%j is none', async (date, ec) => {
    const expected = ['AccessDenied', 'OSS authentication requires a valid Date.', ec];
    expect(await told(withHeaders(signedV1(), { date }))).toEqual(expected);
  });
});

describe('the time of a URL', () => {
  test.each([
    ['V1', presignedV1],
    ['V4', presignedV4],
  ])('%s: it holds to its last second', async (_version, sign) => {
    const house = await ossHouse();
    house.businessClock.advance('10m');
    expect((await authenticate(sign(), house)).presigned).toBe(true);
  });

  test.each([
    ['V1', presignedV1],
    ['V4', presignedV4],
  ])('%s: it expires on the business clock', async (_version, sign) => {
    const house = await ossHouse();
    house.businessClock.advance(10 * MINUTE + 1);
    const { message, fields, ec } = await refusal(authenticate(sign(), house));
    expect([message, fields, ec]).toEqual([
      'Request has expired.',
      { Expires: '2026-11-24T08:10:00.000Z', ServerTime: '2026-11-24T08:10:00.001Z' },
      '0002-00000069',
    ]);
  });

  test.each([
    ['V1', presignedV1],
    ['V4', presignedV4],
  ])('%s: signed by a clock that stayed behind, the hint says so', async (_version, sign) => {
    const house = await ossHouse();
    house.businessClock.advance('40m');
    const moved = (await refusal(authenticate(sign(), house))).hint;
    house.wallClock.advance('40m');
    const old = (await refusal(authenticate(sign(), house))).hint;
    expect([moved, old]).toEqual(['oss-clock-moved', undefined]);
  });

  test.each([
    ['V1', presignedV1],
    ['V4', presignedV4],
  ])('%s: the wall clock does not matter', async (_version, sign) => {
    const house = await ossHouse();
    house.wallClock.advance('30d');
    expect((await authenticate(sign(), house)).presigned).toBe(true);
  });

  test.each(['abc', '-1', '1.5', '1e9', '9'.repeat(40)])('V1: Expires=%s is no date', async (expiresS) => {
    const expected = ['AccessDenied', 'Invalid date (should be seconds since epoch).', '0002-00000070'];
    expect(await told(presignedV1({ expiresS }))).toEqual(expected);
  });

  test('V1: Expires may be the last second there is', async () => {
    expect((await authenticate(presignedV1({ expiresS: 8.64e12 }), await ossHouse())).account).toBe('tester');
  });

  test.each(['0', '604801', '-1', '1e3', 'abc', '9'.repeat(40)])(
    'V4: x-oss-expires=%s is refused',
    async (expiresS) => {
      const expected = ['InvalidArgument', 'The x-oss-expires parameter is invalid.', '0002-00000232'];
      expect(await told(presignedV4({ expiresS }))).toEqual(expected);
    },
  );

  test('V4: it may hold for seven days', async () => {
    expect((await authenticate(presignedV4({ expiresS: 604_800 }), await ossHouse())).account).toBe('tester');
  });
});

const without = (request: OssRequest, name: string): OssRequest => {
  const query = new URLSearchParams(request.query);
  query.delete(name);
  return { ...request, query: query.toString() };
};

describe('a URL lacks', () => {
  test.each(['Expires', 'Signature', 'OSSAccessKeyId'])('V1: %s', async (name) => {
    expect((await told(without(presignedV1(), name)))[1]).toBe(
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
    );
  });

  test.each(['x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-expires', 'x-oss-signature'])(
    'V4: %s',
    async (name) => {
      expect((await told(without(presignedV4(), name)))[1]).toMatch(/^Query-string authentication requires the x-oss-/);
    },
  );
});

describe('the security token', () => {
  const unknown = 'The OSS Access Key Id you provided does not exist in our records.';

  test('missing in headers: the key alone is not known', async () => {
    const request = withHeaders(signedV1(), { 'x-oss-security-token': undefined });
    expect(await told(request)).toEqual(['InvalidAccessKeyId', unknown, '0002-00000902']);
  });

  test('missing in a URL: the key alone is not known', async () => {
    expect(await told(without(presignedV1(), 'security-token'))).toEqual([
      'InvalidAccessKeyId',
      unknown,
      '0002-00000902',
    ]);
  });

  test('of a V1 URL must be in the query', async () => {
    const request = withHeaders(without(presignedV1(), 'security-token'), {
      'x-oss-security-token': 'CAIS+token/abc==',
    });
    const expected = ['InvalidRequest', 'Security-token must be provided by query string parameter.', undefined];
    expect(await told(request)).toEqual(expected);
  });

  test('that nobody has is invalid', async () => {
    expect((await told(signedV1({ credential: { ...CREDENTIAL, security_token: 'x' } })))[0]).toBe(
      'InvalidSecurityToken',
    );
  });

  test('of another credential does not match', async () => {
    const other = { ...CREDENTIAL, access_key_id: 'STS.other', security_token: 'CAISother' };
    const request = signedV4({ credential: { ...CREDENTIAL, security_token: 'CAISother' } });
    const [code] = await told(request, await ossHouse([CREDENTIAL, other]));
    expect(code).toBe('AccessKeyIdAndSecurityTokenNotMatch');
  });

  test('expires with its credential, on the business clock', async () => {
    const house = await ossHouse();
    house.businessClock.set(CREDENTIAL.expires_at);
    const { code, fields } = await refusal(authenticate(signedV1(), house));
    expect([code, fields]).toEqual(['SecurityTokenExpired', { SecurityToken: CREDENTIAL.security_token }]);
  });

  test('lives to the last moment of its credential', async () => {
    const house = await ossHouse();
    house.businessClock.set(CREDENTIAL.expires_at - 1);
    expect((await authenticate(signedV1(), house)).account).toBe('tester');
  });

  test('sent with a long-term key makes the key unknown', async () => {
    const request = signedV1({ credential: { ...LONG_TERM, security_token: 'CAISx' } });
    expect(await told(request)).toEqual(['InvalidAccessKeyId', unknown, '0002-00000002']);
  });
});

describe('permission', () => {
  const denied = "Access denied by authorizer's policy.";

  test('an unknown key is named', async () => {
    const request = signedV1({ credential: { ...CREDENTIAL, access_key_id: 'STS.nobody' } });
    const { code, fields } = await refusal(authenticate(request, await ossHouse()));
    expect([code, fields]).toEqual(['InvalidAccessKeyId', { OSSAccessKeyId: 'STS.nobody' }]);
  });

  test('an account’s own key signs, but the bucket is the vendor’s', async () => {
    const [code, message] = await told(signedV1({ credential: LONG_TERM }));
    expect([code, message]).toEqual(['AccessDenied', 'The bucket you access does not belong to you.']);
  });

  test('an account’s own key with a wrong secret does not verify', async () => {
    const [code] = await told(signedV1({ credential: { ...LONG_TERM, secret: 'x' } }));
    expect(code).toBe('SignatureDoesNotMatch');
  });

  test('a credential opens its own bucket only', async () => {
    expect((await told(signedV1({ bucket: 'cloudauth-zhangjiakou-external' })))[1]).toBe(denied);
  });

  test.each(['p2/face.jpg', 'p1', 'P1/face.jpg', 'face.jpg', '../p1/face.jpg'])(
    'a credential opens no key like %s',
    async (key) => {
      expect((await told(signedV1({ key })))[1]).toBe(denied);
    },
  );

  test('a path need not end in a slash', async () => {
    const house = await ossHouse([{ ...CREDENTIAL, path: 'prod/RdNLC@Ox2n-1s7NMt' }]);
    const key = 'prod/RdNLC@Ox2n-1s7NMt/face.jpg';
    expect((await authenticate(signedV4({ key }), house)).key).toBe(key);
  });

  test('dots in a key are part of its name', async () => {
    expect((await authenticate(signedV1({ key: 'p1/../x' }), await ossHouse())).key).toBe('p1/../x');
  });

  test('an unsigned call is denied: the buckets are private', async () => {
    const [code, message] = await told(ossRequest('GET', '/verify-external-image/p1/face.jpg'));
    expect([code, message]).toEqual(['AccessDenied', 'You have no right to access this object because of bucket acl.']);
  });

  test('an unsigned call to a bucket that is not there says so', async () => {
    const request = ossRequest('GET', '/x', {}, 'nobody-has.oss-cn-shanghai.aliyuncs.com');
    expect((await told(request))[0]).toBe('NoSuchBucket');
  });

  test('the emulator’s own reader opens every key, without a token', async () => {
    const house = await ossHouse();
    const reader = await house.store.credentials.reader(createIds('reader'));
    const request = presignedV1({ credential: reader, key: 'materials/FacePic.jpg' });
    expect((await authenticate(request, house)).key).toBe('materials/FacePic.jpg');
  });
});

describe('a key', () => {
  test('may have 1,023 bytes', async () => {
    const key = `p1/${'证'.repeat(340)}`;
    expect((await authenticate(signedV1({ key }), await ossHouse())).key).toBe(key);
  });

  test('may not have 1,024 bytes', async () => {
    const [code, message] = await told(signedV1({ key: `p1/${'证'.repeat(340)}x` }));
    expect([code, message]).toEqual(['InvalidObjectName', 'The Length of Object name must be less than 1024.']);
  });

  test.each(['/p1/x', '\\p1', 'p1/\0'])('may not be %j', async (key) => {
    expect((await told(signedV1({ key, target: `/verify-external-image/${encodeURIComponent(key)}` })))[0]).toBe(
      'InvalidObjectName',
    );
  });

  test('is checked for other keys of a call as well', () => {
    expect(() => checkKey({ path: 'p1/' }, 'p2/x')).toThrow("Access denied by authorizer's policy.");
  });
});
