/** Who a request says it is for, and what is no HTTP at all. */

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import type { MockOptions } from '../../src/index.js';
import type { LogEntry } from '../../src/platform/log.js';
import { cloudauth2019, signedParams } from '../support/call.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';

const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();
const signed = () => signedParams(cloudauth2019('DescribeOssUploadToken'), { method: 'GET' });

test.each([
  ['different ones', 'localhost', 'evil.example'],
  ['equal ones', 'localhost', 'localhost'],
])('two Host headers, %s, get a documented-shape 400 and the connection ends', async (_title, first, second) => {
  await using mock = await listening();
  await using connection = await connectRaw(mock.url);
  connection.send(`GET /?${signed()} HTTP/1.1\r\nHost: ${first}\r\nhost: ${second}\r\n\r\n`);
  const [reply] = await connection.replies(1);
  await connection.closed;
  expect([reply?.status, reply?.json.Message]).toEqual([
    400,
    'The specified parameter is not valid: the HTTP request cannot be read (two Host headers).',
  ]);
});

test('a request before one with two Host headers keeps its answer', async () => {
  await using mock = await listening();
  await using connection = await connectRaw(mock.url);
  const two = 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n';
  connection.send(`${request(`GET /?${signed()}`, { Host: 'localhost' })}${two}${two}`);
  expect((await connection.replies(2)).map(({ status }) => status)).toEqual([200, 400]);
});

test('the bucket is that of an absolute target, whatever Host says', async () => {
  await using mock = await listening();
  const target = 'http://no-such-bucket.oss-cn-shanghai.aliyuncs.com/key';
  const reply = await sendRaw(mock.url, request(`GET ${target}`, { Host: '127.0.0.1' }));
  expect([reply.status, reply.body]).toEqual([404, expect.stringContaining('<Code>NoSuchBucket</Code>')]);
});

test('TLS sent to the port: log and journal say what each SDK is told', async () => {
  const logged: LogEntry[] = [];
  const log = { call: (entry: LogEntry) => void logged.push(entry), info() {}, warn() {}, crash() {} };
  await using mock = await createCloudauthMock({ port: 0 }, log).listen();
  for (let times = 0; times < 2; times++) {
    const client = connectTls({ port: Number(new URL(mock.url).port), host: '127.0.0.1' });
    await once(client, 'error');
  }
  const [entry] = await mock.requests();
  expect(entry).toMatchObject({
    status: 400,
    hints: [expect.stringContaining('The client speaks https, and this port speaks http')],
    explanation: expect.stringMatching(
      /setSysProtocol\(ProtocolType\.HTTP\)[\s\S]*protocol = "HTTP"|protocol = "HTTP"[\s\S]*setSysProtocol/,
    ),
  });
  // of the lines for each SDK the log has one copy
  expect(logged.map(({ explanation }) => explanation !== undefined)).toEqual([true, false]);
});

const head = async (url: string, path: string, headers: Record<string, string>): Promise<IncomingMessage> => {
  const sending = httpRequest(`${url}${path}`, { method: 'HEAD', headers });
  sending.end();
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return response;
};

test('a HEAD whose OSS signature is wrong is readable for Node’s client, whatever its headers', async () => {
  await using mock = await listening();
  const date = new Date().toUTCString();
  const long = { 'Content-Type': `image/${'x'.repeat(9000)}`, 'x-oss-meta-a': 'y'.repeat(4000) };
  const response = await head(mock.url, '/bucket/key', {
    ...long,
    Date: date,
    Authorization: 'OSS LTAImockDefault:AAAA',
  });
  const told = Buffer.from(String(response.headers['x-oss-err']), 'base64').toString();
  expect([response.statusCode, told]).toEqual([
    403,
    expect.stringMatching(/<Code>SignatureDoesNotMatch<[\s\S]*<\/Error>\n$/),
  ]);
});

test('what a preflight asks for is not repeated without end', async () => {
  await using mock = await listening();
  const asked = `x-oss-date, ${'x-oss-meta-a, '.repeat(5000)}`;
  const reply = await sendRaw(
    mock.url,
    request('OPTIONS /', { Host: 'localhost', 'Access-Control-Request-Headers': asked }),
  );
  expect([reply.status, String(reply.headers['access-control-allow-headers']).length]).toEqual([200, 1024]);
});
