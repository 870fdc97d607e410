import { expect, test } from 'vitest';
import { authenticate } from '../../src/oss/authenticate.js';
import { ossHouse, presignedV1, presignedV4, refusal, signedV1, signedV4 } from '../support/oss-auth.js';

const KEY = 'p1/证 件+1.jpg';
const ENCODED = 'p1/%E8%AF%81%20%E4%BB%B6%2B1.jpg';
const BUCKET = 'verify-external-image';

/** Every way clients are known to address an object: request line and Host. */
const STYLES: readonly [title: string, path: string, host: string][] = [
  ['virtual host', `/${ENCODED}`, `${BUCKET}.oss-cn-shanghai.aliyuncs.com`],
  ['virtual host with a port', `/${ENCODED}`, `${BUCKET}.oss-cn-shanghai.aliyuncs.com:9080`],
  ['virtual host of an inner endpoint', `/${ENCODED}`, `${BUCKET}.oss-cn-shanghai-internal.aliyuncs.com`],
  ['subdomain of localhost', `/${ENCODED}`, `${BUCKET}.localhost:9080`],
  ['subdomain of the public host', `/${ENCODED}`, `${BUCKET}.mock.example.com`],
  ['path style', `/${BUCKET}/${ENCODED}`, '127.0.0.1:9080'],
  ['path style, slashes of the key encoded', `/${BUCKET}/${ENCODED.replaceAll('/', '%2F')}`, '127.0.0.1:9080'],
  ['path style, every slash encoded', `/${BUCKET}%2F${ENCODED.replaceAll('/', '%2F')}`, '127.0.0.1:9080'],
  ['bucket in host and path', `/${BUCKET}/${ENCODED}`, `${BUCKET}.oss-cn-shanghai.aliyuncs.com`],
  ['path style on a bucket’s subdomain', `/${BUCKET}/${ENCODED}`, `${BUCKET}.localhost:9080`],
  ['bucket only in the signature', `/${ENCODED}`, '127.0.0.1:9080'],
  ['bucket only in the signature, host with a dot', `/${ENCODED}`, 'images.example.org'],
  ['bucket only in the signature, subdomain of localhost', `/${ENCODED}`, 'images.localhost:9080'],
  ['raw bytes in the request line', `/${BUCKET}/${Buffer.from('p1/证%20件%2B1.jpg').toString('latin1')}`, 'localhost'],
];

const SIGNERS = { signedV1, signedV4, presignedV1, presignedV4 };
const cases = STYLES.flatMap(([title, target, host]) =>
  Object.entries(SIGNERS).map(([name, sign]) => [title, name, sign({ key: KEY, target, host })] as const),
);

test.each(cases)('%s, %s: bucket and key are found', async (_title, _name, request) => {
  const { bucket, key } = await authenticate(request, await ossHouse());
  expect([bucket, key]).toEqual([BUCKET, KEY]);
});

const onBucket: readonly [title: string, target: string, host: string][] = [
  ['virtual host', '/?acl', `${BUCKET}.oss-cn-shanghai.aliyuncs.com`],
  ['path style', `/${BUCKET}/?acl`, '127.0.0.1:9080'],
  ['path style without a last slash', `/${BUCKET}?acl`, '127.0.0.1:9080'],
  ['bucket only in the signature', '/?acl', '127.0.0.1:9080'],
];

test.each(onBucket)('a call on the bucket, %s: the key is empty', async (_title, target, host) => {
  const request = signedV1({ method: 'GET', key: '', target, host });
  const { bucket, key } = await authenticate(request, await ossHouse());
  expect([bucket, key]).toEqual([BUCKET, '']);
});

test('an unknown bucket in the path is named', async () => {
  const { code, fields } = await refusal(authenticate(signedV1({ bucket: 'nobody-has' }), await ossHouse()));
  expect([code, fields]).toEqual(['NoSuchBucket', { BucketName: 'nobody-has' }]);
});

test('an unknown bucket in the host is named', async () => {
  const host = 'nobody-has.oss-cn-shanghai.aliyuncs.com';
  const request = signedV4({ bucket: 'nobody-has', target: '/p1/face.jpg', host });
  expect((await refusal(authenticate(request, await ossHouse()))).fields).toEqual({ BucketName: 'nobody-has' });
});

test.each(['Upper-case', 'ab', 'under_score', '-begin', 'end-', 'a'.repeat(64)])(
  'bucket %s breaks the naming rules',
  async (bucket) => {
    expect((await refusal(authenticate(signedV1({ bucket }), await ossHouse()))).code).toBe('InvalidBucketName');
  },
);

test('the bucket of sessions is none that can be asked for', async () => {
  const request = signedV1({ method: 'GET', bucket: 'saf-sessions' });
  expect((await refusal(authenticate(request, await ossHouse()))).code).toBe('NoSuchBucket');
});

test('a call without a bucket is denied', async () => {
  const request = signedV1({ method: 'GET', bucket: '', key: '', target: '/' });
  expect((await refusal(authenticate(request, await ossHouse()))).code).toBe('AccessDenied');
});

test.each(['/%', '/%zz', '/p1/%E8%AF', '/p1/%ff%fe', `/p1/${String.fromCharCode(0xd800)}`])(
  'a path that is not UTF-8 (%j) is no object name',
  async (target) => {
    const request = { ...signedV1(), path: target };
    expect((await refusal(authenticate(request, await ossHouse()))).code).toBe('InvalidObjectName');
  },
);

test('a plus in the path is a space, as the older Go client sends it', async () => {
  const request = signedV1({ method: 'GET', key: 'p1/a b.jpg', target: `/${BUCKET}/p1%2Fa+b.jpg` });
  expect((await authenticate(request, await ossHouse())).key).toBe('p1/a b.jpg');
});

test('a query that begins with a second question mark has a name that begins with one', async () => {
  const request = {
    ...signedV1({ method: 'GET', key: 'p1/a.jpg', target: `/${BUCKET}/p1/a.jpg` }),
    query: '?objectMeta',
  };
  const { params } = await authenticate(request, await ossHouse());
  expect([...params.keys()]).toEqual(['?objectMeta']);
});
