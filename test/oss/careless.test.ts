/** Uploads and downloads that a careless or hostile client makes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { encodeKey, oss, signedHeaders, stsOf } from '../support/oss.js';

test('what is downloaded runs nothing on this origin, whatever type it was given', async () => {
  await using mock = createCloudauthMock();
  const sts = await stsOf(mock);
  const key = `${sts.path}page.html`;
  await oss(mock, sts, 'PUT', key, { body: '<script>1</script>', headers: { 'content-type': 'text/html' } });
  const { headers } = await oss(mock, sts, 'GET', key);
  expect([headers.get('content-security-policy'), headers.get('x-content-type-options')]).toEqual([
    'sandbox',
    'nosniff',
  ]);
});

test('a body of half a million pieces is an object like any other', async () => {
  await using mock = createCloudauthMock();
  const sts = await stsOf(mock);
  const key = `${sts.path}pieces`;
  const count = 530_000;
  const one = new Uint8Array([1]);
  let sent = 0;
  const pieces = new ReadableStream({
    pull(controller) {
      if (sent++ < count) controller.enqueue(one);
      else controller.close();
    },
  });
  const url = `https://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/${encodeKey(key)}`;
  const put = new Request(url, {
    method: 'PUT',
    headers: signedHeaders(sts, 'PUT', key),
    body: pieces,
    duplex: 'half',
  } as RequestInit);
  expect((await mock.fetch(put)).status).toBe(200);
  expect((await oss(mock, sts, 'HEAD', key)).headers.get('content-length')).toBe(String(count));
});

test.each(['memory', 'a file'])('an upload refused in its middle is read to its end: state in %s', async (where) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
  const db = where === 'memory' ? {} : { db: join(folder, 'state.db') };
  await using mock = await createCloudauthMock({ port: 0, maxObjectBytes: 100_000, ...db }).listen();
  const sts = await stsOf(mock);
  const body = Buffer.alloc(16 * 1024 * 1024);
  const key = `${sts.path}large`;
  const headers = { ...signedHeaders(sts, 'PUT', key), 'content-length': String(body.length) };
  const sent = request(`${mock.url}/${sts.bucket}/${key}`, { method: 'PUT', headers });
  const answered = once(sent, 'response');
  sent.end(body);
  await once(sent, 'finish');
  const [response] = await answered;
  response.resume();
  expect(response.statusCode).toBe(400);
  rmSync(folder, { recursive: true });
});
