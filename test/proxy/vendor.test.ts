/** The proxy, as clients meet it that want a host of the vendor's. */
import { once } from 'node:events';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { scratch, startCli } from '../support/child.js';
import { secured, through, tunnel } from '../support/proxied.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';

let folder: Awaited<ReturnType<typeof scratch>>;
let mock: CloudauthMock;

beforeAll(async () => {
  folder = await scratch();
  mock = await createCloudauthMock({ port: 0, proxy: true, proxyPort: 0, dataDir: folder.path }).listen();
});
afterAll(async () => {
  await mock.close();
  await folder[Symbol.asyncDispose]();
});

const proxy = () => mock.proxy!.url;
const fetch = (asked: Request) => through(proxy(), mock.proxy!.ca, asked);
const GET_TOKEN = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'proxied' });

test.each([
  'https://cloudauth.aliyuncs.com/',
  'http://cloudauth.aliyuncs.com/',
  'https://CLOUDAUTH.aliyuncs.com:8443/',
])('a signed call to %s is answered', async (url) => {
  const { status, json } = await call({ fetch }, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'x' }), {
    url,
  });
  expect([status, json.Code]).toEqual([200, '1']);
});

test.each(['https', 'http'])(
  'a client that came by %s uploads at the port of http: it need not heed the proxy',
  async (scheme) => {
    const { json } = await call({ fetch }, GET_TOKEN, { url: `${scheme}://cloudauth.aliyuncs.com/` });
    expect(json.Data.StsToken.EndPoint).toBe(mock.url);
    expect(json.Data.CloudauthPageUrl).toMatch(new RegExp(`^${mock.url}/`));
  },
);

test('Location names the vendor’s hosts: who asked by one reaches the others the same way', async () => {
  const asked = {
    Action: 'DescribeEndpoints',
    Version: '2015-06-12',
    Id: 'cn-shanghai',
    ServiceCode: 'saf',
    Type: 'openAPI',
  };
  const { json } = await call({ fetch }, asked, { url: 'https://location-readonly.aliyuncs.com/' });
  expect(json.Endpoints.Endpoint[0].Endpoint).toBe('saf.cn-shanghai.aliyuncs.com');
});

test('a bucket’s host is answered by OSS', async () => {
  const reply = await fetch(new Request('https://some-bucket.oss-cn-shanghai.aliyuncs.com/key'));
  expect([reply.status, await reply.text()]).toEqual([404, expect.stringContaining('<Code>NoSuchBucket</Code>')]);
});

test('plain http in a tunnel is answered', async () => {
  const socket = await tunnel(proxy(), 'cloudauth.aliyuncs.com:80');
  socket.write(request('GET /healthz', { Host: 'cloudauth.aliyuncs.com', Connection: 'close' }));
  const [bytes] = await once(socket, 'data');
  expect(String(bytes)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('the name a client asks for in TLS decides the certificate', async () => {
  const socket = await tunnel(proxy(), 'cloudauth.aliyuncs.com:443');
  const over = await secured(socket, 'saf.cn-shanghai.aliyuncs.com', mock.proxy!.ca);
  expect(over.getPeerCertificate().subjectaltname).toBe('DNS:saf.cn-shanghai.aliyuncs.com');
  over.destroy();
});

test('who names nobody is shown the host of the tunnel', async () => {
  const socket = await tunnel(proxy(), 'cloudauth.aliyuncs.com:443');
  const over = await secured(socket, '', mock.proxy!.ca).catch((error) => error);
  expect(String(over)).toContain('altnames: DNS:cloudauth.aliyuncs.com');
});

test.each(['example.com', 'localhost', 'ecs.aliyuncs.com'])('nobody is shown a certificate for %s', async (name) => {
  const socket = await tunnel(proxy(), 'cloudauth.aliyuncs.com:443');
  await expect(secured(socket, name, mock.proxy!.ca)).rejects.toThrow(/unrecognized name/);
});

test('the control side is closed to who comes by a vendor’s name', async () => {
  const { status } = await fetch(new Request('http://cloudauth.aliyuncs.com/_mock/accounts'));
  expect(status).toBe(403);
});

test('a connection is kept for requests to several hosts', async () => {
  const lines = ['http://cloudauth.aliyuncs.com/healthz', 'http://saf.cn-shanghai.aliyuncs.com/healthz'].map((url) =>
    request(`GET ${url}`, { Host: new URL(url).host }),
  );
  await using connection = await connectRaw(proxy());
  connection.send(lines.join(''));
  expect((await connection.replies(2)).map(({ status }) => status)).toEqual([200, 200]);
});

test('asked for itself it says what it is', async () => {
  const { status, body } = await sendRaw(proxy(), request('GET /', { Host: 'x' }));
  expect([status, body]).toEqual([400, expect.stringContaining(`HTTPS_PROXY and HTTP_PROXY to ${proxy()}`)]);
});

test('the PAC file leads the vendor’s hosts and their buckets through it, and nothing else', async () => {
  const { headers, body } = await sendRaw(proxy(), request('GET /proxy.pac', { Host: 'proxy.test:4580' }));
  expect(headers['content-type']).toBe('application/x-ns-proxy-autoconfig');
  const context = createContext({});
  runInContext(body, context);
  const way = (host: string) => runInContext(`FindProxyForURL('https://x/', ${JSON.stringify(host)})`, context);
  for (const host of ['cloudauth.aliyuncs.com', 'CLOUDAUTH.aliyuncs.com.', 'b.oss-cn-shanghai.aliyuncs.com'])
    expect(way(host)).toBe('PROXY proxy.test:4580');
  for (const host of ['ecs.aliyuncs.com', 'a.cloudauth.aliyuncs.com', 'constructor', 'example.com'])
    expect(way(host)).toBe('DIRECT');
});

test('a Host that is none is not written into the PAC file', async () => {
  const { body } = await sendRaw(proxy(), request('GET /proxy.pac', { Host: "x'; alert(1); '" }));
  expect(body).toContain(`'PROXY ${new URL(proxy()).host}'`);
});

test('ready line and banner name it', async () => {
  await using emulator = await startCli(['--proxy', '--proxy-port', '0', '--data-dir', folder.path]);
  emulator.kill('SIGTERM');
  const { stdout, stderr } = await emulator.exit;
  const [, url] = /^cloudauth-mock ready http=\S+ proxy=(http:\/\/127\.0\.0\.1:\d+) pid=\d+\n$/.exec(stdout)!;
  expect(stderr).toMatch(new RegExp(`^  proxy +${url};`, 'm'));
});

test.each([
  [{ proxyPort: 1 }, '--proxy-port: nothing listens there without --proxy'],
  [{ proxy: true, port: 4580 }, '--proxy-port: 4580 is that of http already; give another'],
  [{ proxy: true, https: true, httpsPort: 4580 }, '--proxy-port: 4580 is that of https already; give another'],
])('%j is refused', (options, why) => {
  expect(() => createCloudauthMock(options)).toThrow(why);
});
