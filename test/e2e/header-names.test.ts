/** The vendor's .NET SDK finds a header only under the name the vendor's servers write. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { cloudauth2017, cloudauth2019, signedParams } from '../support/call.js';
import { signedHeaders, stsOf } from '../support/oss.js';

const WRITTEN =
  /^(x-[a-z0-9-]+|ETag|Content-MD5|(Access-Control-[A-Z][a-z]+-[A-Z][a-z]+|Access-Control-Max-Age|[A-Z][a-z]+)(-[A-Z][a-z]+)*)$/;

async function namesOf(url: string, method: string, headers: Record<string, string> = {}, body: string | Buffer = '') {
  const target = new URL(url);
  const sending = httpRequest(target, { method, headers });
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  await text(response);
  return { status: response.statusCode, names: response.rawHeaders.filter((_, index) => index % 2 === 0) };
}

const expectWritten = (names: readonly string[], ...wanted: string[]) => {
  expect(names.filter((name) => !WRITTEN.test(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(wanted));
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');
const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();
const GATEWAY = ['Content-Type', 'Content-Length', 'Access-Control-Allow-Origin', 'x-acs-request-id'];

test.each([
  ['an answer in JSON', UPLOAD_TOKEN, 200],
  ['an answer in XML', { ...UPLOAD_TOKEN, Format: 'XML' }, 200],
  ['a refusal', cloudauth2017('GetStatus', { Biz: 'RPBasic' }), 400],
])('%s of the gateway', async (_what, params, status) => {
  await using mock = await listening();
  const reply = await namesOf(mock.url, 'POST', FORM, `${signedParams(params)}`);
  expect(reply.status).toBe(status);
  expectWritten(reply.names, ...GATEWAY);
});

test('an answer on a path no SDK calls', async () => {
  await using mock = await listening();
  const reply = await namesOf(`${mock.url}/api`, 'POST', FORM, `${signedParams(UPLOAD_TOKEN)}`);
  expectWritten(reply.names, 'Content-Type', 'x-acs-request-id');
});

test('an answer that a scenario slows down', async () => {
  await using mock = await listening();
  await mock.scenarios.add({ rules: [{ on: 'DescribeOssUploadToken', then: { fault: 'slow' } }] });
  const reply = await namesOf(mock.url, 'POST', FORM, `${signedParams(UPLOAD_TOKEN)}`);
  expectWritten(reply.names, 'Content-Type', 'x-acs-request-id');
});

test('what Node’s parser refuses', async () => {
  await using mock = await listening();
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nbad header\r\n\r\n');
  const [, ...lines] = (await text(socket)).split('\r\n\r\n')[0]!.split('\r\n');
  expectWritten(
    lines.map((line) => line.slice(0, line.indexOf(':'))),
    ...['Content-Type', 'Content-Length', 'Connection', 'x-acs-request-id'],
  );
});

test('uploads and downloads', async () => {
  await using mock = await listening();
  const sts = await stsOf(mock);
  const key = `${sts.path}a.jpg`;
  const url = `${mock.url}/${sts.bucket}/${key}`;
  const body = Buffer.from('hello');
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  const put = await namesOf(url, 'PUT', signedHeaders(sts, 'PUT', key, { headers }), body);
  expect(put.status).toBe(200);
  expectWritten(put.names, 'ETag', 'Content-MD5', 'Content-Length', 'Server', 'Date', 'x-oss-request-id');
  const get = await namesOf(url, 'GET', signedHeaders(sts, 'GET', key));
  expectWritten(get.names, 'ETag', 'Content-Type', 'Last-Modified', 'Accept-Ranges', 'x-oss-object-type');
});

test('a refusal of OSS', async () => {
  await using mock = await listening();
  const reply = await namesOf(`${mock.url}/bucket/key?OSSAccessKeyId=nobody&Expires=1&Signature=x`, 'GET');
  expect(reply.status).toBe(403);
  expectWritten(reply.names, 'Content-Type', 'Content-Length', 'x-oss-request-id');
});
