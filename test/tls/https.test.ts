/** The https port, as clients meet it. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type ConnectionOptions, connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { scratch, startCli } from '../support/child.js';
import { sendRaw } from '../support/raw.js';
import { overTls } from '../support/secure.js';

let folder: Awaited<ReturnType<typeof scratch>>;
let mock: CloudauthMock;

beforeAll(async () => {
  folder = await scratch();
  mock = await createCloudauthMock({ port: 0, https: true, httpsPort: 0, dataDir: folder.path }).listen();
});
afterAll(async () => {
  await mock.close();
  await folder[Symbol.asyncDispose]();
});

const https = () => mock.https!;
const port = () => Number(new URL(https().url).port);

/** @returns what the server shows; rejects as the client does */
async function handshake(options: ConnectionOptions) {
  const socket = connect({ host: '127.0.0.1', port: port(), ca: https().ca, ...options });
  await once(socket, 'secureConnect');
  const { subjectaltname } = socket.getPeerCertificate();
  const chosen = { names: subjectaltname, alpn: socket.alpnProtocol };
  socket.destroy();
  return chosen;
}

test.each([
  'cloudauth.aliyuncs.com',
  'cloudauth.cn-qingdao.aliyuncs.com',
  'saf.cn-shanghai.aliyuncs.com',
  'location-readonly.aliyuncs.com',
  'cn-shanghai-aliyun-cloudauth-1.oss-cn-shanghai.aliyuncs.com',
  'o.alicdn.com',
  'localhost',
])('a client that trusts the CA reaches %s', async (servername) => {
  expect(await handshake({ servername })).toEqual({ names: `DNS:${servername}`, alpn: false });
});

test('a client that names nobody is shown the address it called', async () => {
  expect((await handshake({})).names).toContain('IP Address:127.0.0.1');
});

test.each([
  'example.com',
  'ecs.aliyuncs.com',
  'a.b.oss-cn-shanghai.aliyuncs.com',
  'cloudauth.aliyuncs.com.example.com',
])('nobody is shown a certificate for %s', async (servername) => {
  await expect(handshake({ servername })).rejects.toThrow(/unrecognized name/);
});

test('a client that does not trust the CA is refused by itself', async () => {
  await expect(handshake({ servername: 'localhost', ca: [] })).rejects.toThrow(/certificate/);
});

test('plain http sent to it is answered where to go', async () => {
  const { status, json, headers } = await sendRaw(
    https().url,
    'GET /?Action=X&Version=2019-03-07 HTTP/1.1\r\nHost: x\r\n\r\n',
  );
  expect([status, json.Code ?? json]).toEqual([400, 'InvalidParameter']);
  expect(json.Message).toContain(`this port speaks https; http is at ${mock.url}`);
  expect(headers['x-cloudauth-mock-hint']).toContain('speaks http, and this port speaks https');
});

test('a reply that is reset is reset', async () => {
  const { port: secured } = new URL(https().url);
  await mock.scenarios.add('rules:\n  - on: GetStatus\n    then: { fault: reset }\n');
  const over = { fetch: (asked: Request) => overTls(asked, Number(secured), https().ca) };
  const lost = call(over, cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 'x' }), { url: `${https().url}/` });
  await expect(lost).rejects.toMatchObject({ code: 'ECONNRESET' });
  await mock.scenarios.clear();
  expect((await over.fetch(new Request(`${https().url}/readyz`))).status).toBe(200);
});

test('curl trusts it by --cacert', async () => {
  const { stdout } = await promisify(execFile)('curl', ['-sS', '--cacert', https().caFile, `${https().url}/healthz`]);
  expect(JSON.parse(stdout)).toEqual({ status: 'ok' });
});

test('the ready line and the banner name it', async () => {
  const words = ['--https', '--https-port', '0', '--data-dir', folder.path];
  await using plain = await startCli(words);
  const { port } = new URL(plain.secureUrl!);
  await plain.logged(new RegExp(`^ {2}https {7}https://127\\.0\\.0\\.1:${port}; “cloudauth-mock ca”`, 'm'));
  await using json = await startCli([...words, '--json']);
  expect(json.secureUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
});

test('the CA is fetched from either port', async () => {
  const reply = await fetch(`${mock.url}/_mock/ca.crt`);
  expect([reply.status, await reply.text()]).toEqual([200, https().ca]);
});
