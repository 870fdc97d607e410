import { expect, test } from 'vitest';
import { authenticate } from '../../src/oss/authenticate.js';
import { isOss } from '../../src/oss/classify.js';
import { type OssCapture, ossCaptures, ossHouse, refusal, requestOf } from '../support/oss-auth.js';

const isPresigned = ({ headers }: OssCapture) => headers.authorization === undefined;
const byPresigned = (wanted: boolean) => ossCaptures.filter(([, capture]) => isPresigned(capture) === wanted);
const [stsCaptures, longTermCaptures] = [true, false].map((sts) =>
  ossCaptures.filter(([, { securityToken }]) => (securityToken !== undefined) === sts),
) as [typeof ossCaptures, typeof ossCaptures];

/** Where the capture's own key is known and both clocks stand at its time. */
const houseOf = ({ accessKeyId, accessKeySecret, securityToken, capturedAt }: OssCapture, laterMs = 0) =>
  securityToken === undefined
    ? ossHouse([], {
        now: Date.parse(capturedAt) + laterMs,
        accessKeys: [{ id: accessKeyId, secret: accessKeySecret }],
      })
    : ossHouse(
        [
          {
            access_key_id: accessKeyId,
            secret: accessKeySecret,
            security_token: securityToken,
            bucket: 'verify-external-image',
            path: '9279',
            expires_at: Date.parse(capturedAt) + 30 * 86_400_000,
          },
        ],
        { now: Date.parse(capturedAt) + laterMs },
      );

test('there are 53 captures of 13 clients and settings', () => {
  expect([ossCaptures.length, new Set(ossCaptures.map(([title]) => title.split(' ')[0])).size]).toEqual([53, 13]);
});

test.each(ossCaptures)('%s: is told from a gateway call', (_title, { target, headers }) => {
  expect(isOss(target, headers.host!, headers)).toBe(true);
});

test.each(stsCaptures)('%s: the signature verifies for the bucket and key it was made for', async (_title, capture) => {
  const { account, bucket, key, presigned } = await authenticate(requestOf(capture), await houseOf(capture));
  expect([account, `/${bucket}/${key}`, presigned]).toEqual(['tester', capture.resource, isPresigned(capture)]);
});

test.each(longTermCaptures)('%s: verifies, but the buckets are not the account’s own', async (_title, capture) => {
  const { code, message } = await refusal(authenticate(requestOf(capture), await houseOf(capture)));
  expect([code, message]).toEqual(['AccessDenied', 'The bucket you access does not belong to you.']);
});

test.each(ossCaptures)('%s: does not verify with another secret', async (_title, capture) => {
  const other = { ...capture, accessKeySecret: 'x' };
  expect((await refusal(authenticate(requestOf(capture), await houseOf(other)))).code).toBe('SignatureDoesNotMatch');
});

test.each(ossCaptures)('%s: does not verify with another method', async (_title, capture) => {
  const request = { ...requestOf(capture), method: 'PATCH' };
  expect((await refusal(authenticate(request, await houseOf(capture)))).code).toBe('SignatureDoesNotMatch');
});

test.each(ossCaptures)('%s: does not verify for another key', async (_title, capture) => {
  const request = requestOf({ ...capture, target: capture.target.replace(/^[^?]*/, '$&x') });
  expect((await refusal(authenticate(request, await houseOf(capture)))).code).toBe('SignatureDoesNotMatch');
});

test.each(byPresigned(false))('%s: is refused 16 minutes later', async (_title, capture) => {
  const house = await houseOf(capture, 16 * 60_000);
  expect((await refusal(authenticate(requestOf(capture), house))).code).toBe('RequestTimeTooSkewed');
});

test.each(byPresigned(true))('%s: has expired a day later', async (_title, capture) => {
  const { code, message } = await refusal(authenticate(requestOf(capture), await houseOf(capture, 86_400_000)));
  expect([code, message]).toEqual(['AccessDenied', 'Request has expired.']);
});
