/** The photo InitFaceVerify compares a face with: what is judged of it, and what cannot be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { FACE_BUCKET } from '../../src/verification/buckets.js';
import { certifyId, init, PV, describe as result } from '../support/face.js';
import { JPEG, PNG } from '../support/h5.js';
import { saying } from '../support/hints.js';

const next = async (mock: CloudauthMock, changes: Record<string, string | undefined>) =>
  (await init(mock, changes)).json.Code;

describe('a photo', () => {
  const photo = (bytes: Buffer) => ({ ...PV, FaceContrastPicture: bytes.toString('base64') });
  test.each<[what: string, changes: Record<string, string | undefined>, expected: string]>([
    ['JPEG', photo(JPEG), '200'],
    ['PNG', photo(PNG), '200'],
    ['no picture', photo(Buffer.from('hello')), '419'],
    ['no base64', { ...PV, FaceContrastPicture: '***' }, '419'],
    ['a data: address', { ...PV, FaceContrastPicture: `data:image/jpeg;base64,${JPEG.toString('base64')}` }, '419'],
    ['an object without its bucket', { ...PV, OssObjectName: 'a.jpg' }, '400'],
    ['an object nobody stored', { ...PV, OssBucketName: FACE_BUCKET, OssObjectName: 'a.jpg' }, '419'],
    ['an object of another bucket', { ...PV, OssBucketName: 'shop-photos', OssObjectName: 'a.jpg' }, '200'],
    ['an address, as nothing is fetched', { ...PV, FaceContrastPictureUrl: 'http://127.0.0.1/me.jpg' }, '200'],
  ])('that is %s', async (_what, changes, expected) => {
    await using mock = createCloudauthMock();
    expect(await next(mock, changes)).toBe(expected);
  });

  test('that is the picture of a verification before will do', async () => {
    await using mock = createCloudauthMock();
    const id = await certifyId(mock);
    const { MaterialInfo } = (await result(mock, id)).json.ResultObject;
    const { ossBucketName, ossObjectName } = JSON.parse(MaterialInfo).facialPictureFront;
    expect(await next(mock, { ...PV, OssBucketName: ossBucketName, OssObjectName: ossObjectName })).toBe('200');
  });

  test('that was not looked at is said to be', async () => {
    await using mock = createCloudauthMock();
    const { hint } = await init(mock, { ...PV, FaceContrastPictureUrl: 'http://127.0.0.1/me.jpg' });
    expect(hint).toBe(await saying(['photo-unseen', { why: 'fetch-is-none' }]));
  });

  test.each<[what: string, path: string, expected: string]>([
    ['is a picture', '/me.jpg', '200'],
    ['is none', '/page', '419'],
    ['is not there', '/none', '419'],
    ['is larger than 1 MB', '/large', '421'],
    ['does not come within 3 s', '/slow', '422'],
  ])('whose address is fetched and %s', async (_what, path, expected) => {
    const answers: Record<string, Buffer> = {
      '/me.jpg': JPEG,
      '/page': Buffer.from('<html>'),
      '/large': Buffer.concat([JPEG, Buffer.alloc(1024 * 1024)]),
    };
    const server = createServer(({ url = '' }, response) => {
      if (url === '/slow') return;
      response.writeHead(answers[url] ? 200 : 404).end(answers[url]);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await using mock = createCloudauthMock({ fetch: 'loopback' });
    const FaceContrastPictureUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const code = await next(mock, { ...PV, FaceContrastPictureUrl }).finally(() => {
      server.closeAllConnections();
      server.close();
    });
    expect(code).toBe(expected);
  });
});
