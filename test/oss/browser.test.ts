import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { onPage, openBrowser } from '../support/browser.js';
import { type Sts, signedHeaders, stsOf } from '../support/oss.js';
import { presignV1 } from '../support/oss-clients.js';

let mock: CloudauthMock;
let sts: Sts;
let browser: Browser;
let shop: Server;
beforeAll(async () => {
  [mock, browser] = await Promise.all([createCloudauthMock({ port: 0 }).listen(), openBrowser()]);
  sts = await stsOf(mock);
  shop = createServer((_request, response) => response.end('<title>a shop</title>')).listen(0, '127.0.0.1');
  await once(shop, 'listening');
});
afterAll(async () => {
  await browser.close();
  shop.close();
  await mock.close();
});

const HELLO = '"5D41402ABC4B2A76B9719D911017C592"';
const key = (name: string) => `${sts.path}${name}`;
/** On a page of another origin: what its scripts may send and see is what CORS allows. */
const atTheShop = <T>(visit: (page: Page) => Promise<T>) =>
  onPage(browser, async (page) => {
    await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`);
    return visit(page);
  });

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers?: Record<string, string>;
  /** A form with a file; else the file alone. */
  readonly fields?: Record<string, string>;
}

const send = (sent: Sent) =>
  atTheShop((page) =>
    page.evaluate(async ({ url, method, headers, fields }) => {
      const file = new File(['hello'], '脸.png', { type: 'image/png' });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value);
      form.append('file', file);
      const answer = await fetch(url, { method, headers, body: fields ? form : file });
      const [etag, id] = ['etag', 'x-oss-request-id'].map((name) => answer.headers.get(name));
      return { status: answer.status, etag, id, text: await answer.text() };
    }, sent),
  );

test('a Blob is put with a presigned URL, and its ETag read', async () => {
  const url = mock.url + presignV1(sts, 'PUT', key('put.png'), { type: 'image/png' });
  const { status, etag } = await send({ url, method: 'PUT' });
  expect([status, etag]).toEqual([200, HELLO]);
});

test('a refusal can be read, and its request id', async () => {
  const url = mock.url + presignV1(sts, 'GET', key('put.png'));
  const { status, id, text } = await send({ url, method: 'PUT' });
  expect([status, id, text]).toEqual([403, expect.any(String), expect.stringContaining(`<RequestId>${id}<`)]);
});

describe('signed headers are allowed', () => {
  test.each([
    ['path style', () => `/${sts.bucket}`],
    ['with the bucket nowhere but in the signature', () => ''],
  ])('%s', async (_how, start) => {
    const options = { headers: { 'content-type': 'image/png', 'x-oss-meta-a': 'b' } };
    const headers = signedHeaders(sts, 'PUT', key('headers.png'), options);
    const { status, etag } = await send({ url: `${mock.url}${start()}/${key('headers.png')}`, method: 'PUT', headers });
    expect([status, etag]).toEqual([200, HELLO]);
  });
});

describe('a form is posted', () => {
  test.each([
    ['to the bucket', () => `/${sts.bucket}`],
    ['to the root: the credential names the bucket', () => '/'],
  ])('%s', async (_where, target) => {
    const policy = Buffer.from('{"expiration":"2069-01-01T00:00:00.000Z","conditions":[]}').toString('base64');
    const fields = {
      ...{ key: key('form.png'), policy, OSSAccessKeyId: sts.accessKeyId, success_action_status: '200' },
      signature: createHmac('sha1', sts.secret).update(policy).digest('base64'),
      'x-oss-security-token': sts.token,
    };
    const { status, etag } = await send({ url: mock.url + target(), method: 'POST', fields });
    expect([status, etag]).toEqual([200, HELLO]);
  });
});

test.each([
  ['V1', false],
  ['V4', true],
])('ali-oss %s runs in the page', async (_version, authorizationV4) => {
  const told = await atTheShop(async (page) => {
    await page.addScriptTag({ path: 'node_modules/ali-oss/dist/aliyun-oss-sdk.min.js' });
    return page.evaluate(
      async ({ path, large, ...options }) => {
        // biome-ignore lint/suspicious/noExplicitAny: a script tag has no types
        const client = new (window as any).OSS(options);
        const put = await client.put(large, new Blob(['hello']));
        const got = await client.get(large);
        const upload = await client.multipartUpload(large, new File([new Uint8Array(250_000)], 'x'), {
          partSize: 102_400,
        });
        const listed = await client.listV2({ prefix: path });
        const missing = await client.head(`${large}x`).catch((error: { code: string }) => error.code);
        const { deleted } = await client.deleteMulti([large]);
        return [put.res.status, got.content.toString(), upload.res.status, listed.objects[0].size, missing, deleted];
      },
      {
        ...{ endpoint: mock.url, region: 'oss-cn-shanghai', bucket: sts.bucket, authorizationV4 },
        ...{ accessKeyId: sts.accessKeyId, accessKeySecret: sts.secret, stsToken: sts.token },
        ...{ path: key('page/'), large: key('page/页.png') },
      },
    );
  });
  expect(told).toEqual([200, 'hello', 200, 250_000, 'NoSuchKey', [{ Key: key('page/页.png') }]]);
});
