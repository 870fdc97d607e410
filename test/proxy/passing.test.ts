/** The proxy and everybody else's hosts: what it leads to, and what it never does. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { scratch } from '../support/child.js';
import { asked, elsewhere } from '../support/elsewhere.mjs';
import { otherPlain, otherSecure, secured, through, tunnel } from '../support/proxied.js';
import { connectRaw, freePort, request, sendRaw } from '../support/raw.js';

let folder: Awaited<ReturnType<typeof scratch>>;
let mock: CloudauthMock;
let closed: CloudauthMock;

beforeAll(async () => {
  folder = await scratch();
  const options = { port: 0, proxy: true, proxyPort: 0, dataDir: folder.path };
  mock = await createCloudauthMock({ ...options, proxyPassthrough: 'on' }).listen();
  closed = await createCloudauthMock(options).listen();
});
afterEach(() => {
  elsewhere.delete('rebound.example');
});
afterAll(async () => {
  await Promise.all([mock.close(), closed.close()]);
  await folder[Symbol.asyncDispose]();
});

const proxy = () => mock.proxy!.url;
const asAbsolute = (url: string, headers: Record<string, string> = {}) =>
  sendRaw(proxy(), request(`GET ${url}`, { Host: new URL(url).host, ...headers }));

test('another TLS server is reached, and its own certificate is seen', async () => {
  await using other = await otherSecure((_asked, answer) => answer.end('of another'));
  const reply = await through(proxy(), other.ca, new Request(`https://other.example:${other.port}/`));
  expect(await reply.text()).toBe('of another');
});

test('without --proxy-passthrough on it is refused, in words', async () => {
  const why = /403 cloudauth-mock: the proxy leads to hosts of the vendor only, and other\.example is none: .*NO_PROXY/;
  await expect(tunnel(closed.proxy!.url, 'other.example:443')).rejects.toThrow(why);
  const { status, body } = await sendRaw(
    closed.proxy!.url,
    request('GET http://other.example/', { Host: 'other.example' }),
  );
  expect(`${status} ${body}`).toMatch(why);
});

const own = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
const HOSTILE = [
  ...['127.0.0.1', '127.8.9.1', '[::1]', 'localhost', '0.0.0.0', '[::]'],
  ...['10.1.2.3', '100.64.0.1', '100.100.100.200', '169.254.169.254', '172.31.0.1', '192.168.1.1', '192.0.0.170'],
  ...['198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
  ...['[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]', '[64:ff9b::7f00:1]', '[fe80::1]', '[fd00::1]', '[ff02::1]'],
  ...['[2002:7f00:1::]', '[2001:db8::1]', '[::127.0.0.1]', '[4000::1]'],
  // other spellings
  ...['0177.0.0.1', '0x7f.0.0.1', '127.1', '2130706433', '0x7f000001', '012.0.0.1', '10.1', '0xa9fea9fe'],
  ...own.filter((address) => !address.includes(':')),
];

test.each(HOSTILE)('it leads nowhere for %s', async (host) => {
  await expect(tunnel(proxy(), `${host}:80`)).rejects.toThrow(/^(403 .*NO_PROXY|400 )/);
  const { status } = await asAbsolute(`http://${host}/`);
  expect(status).toBe(403);
});

test.each(['http', 'proxy'] as const)('the emulator’s own port of %s is not reached', async (which) => {
  const port = new URL(which === 'http' ? mock.url : proxy()).port;
  for (const host of ['127.0.0.1', 'localhost', ...own.filter((address) => !address.includes(':'))])
    await expect(tunnel(proxy(), `${host}:${port}`)).rejects.toThrow(/^403 /);
});

test('a name with one forbidden address among several leads nowhere', async () => {
  elsewhere.set('rebound.example', ['8.8.8.8', '169.254.169.254']);
  await expect(tunnel(proxy(), 'rebound.example:80')).rejects.toThrow(/^403 /);
});

test('a public address of this machine is its own as well', async () => {
  elsewhere.set('rebound.example', [own[0]!]);
  await expect(tunnel(proxy(), 'rebound.example:80')).rejects.toThrow(/^403 /);
});

test('a name is asked for once: a second answer could be another', async () => {
  await using other = await otherSecure((_asked, answer) => answer.end());
  asked.length = 0;
  (await tunnel(proxy(), `other.example:${other.port}`)).destroy();
  expect(asked).toEqual(['other.example']);
});

test('who has no more to say still hears the answer', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('end', () => socket.end(`heard ${said}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket = await tunnel(proxy(), `other.example:${port}`);
  const heard: Buffer[] = [];
  socket.on('data', (chunk) => heard.push(chunk)).end('all of it');
  await once(socket, 'close');
  expect(String(Buffer.concat(heard))).toBe('heard all of it');
  server.close();
});

test('a request by absolute address is sent on, and its answer comes back whole', async () => {
  await using other = await otherPlain(async (got, answer) => {
    const head = [
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'Connection',
      'X-Hop',
      'X-Hop',
      '1',
      'X-Long',
      'y'.repeat(9000),
    ];
    answer.writeHead(200, head).end(JSON.stringify({ body: await text(got), url: got.url, host: got.headers.host }));
  });
  const address = `http://other.example:${other.port}/a?b=c`;
  const reply = await through(
    proxy(),
    '',
    new Request(address, { method: 'POST', body: 'x', headers: { host: 'forged' } }),
  );
  const { headers } = reply;
  expect(await reply.json()).toEqual({ body: 'x', url: '/a?b=c', host: `other.example:${other.port}` });
  expect([headers.get('set-cookie'), headers.get('x-hop'), headers.get('x-long')?.length]).toEqual([
    'a=1,b=2',
    null,
    9000,
  ]);
});

test('a body in chunks arrives as one, and hop-by-hop headers do not', async () => {
  let seen: { body: string; raw: string[] } | undefined;
  await using other = await otherPlain(async (got, answer) => {
    seen = { body: await text(got), raw: got.rawHeaders };
    answer.end('ok');
  });
  const headers = { Host: 'forged', 'X-Kept': 'Yes', 'X-Gone': '1', Connection: 'x-gone', 'Proxy-Authorization': 'x' };
  const line = request(`POST http://other.example:${other.port}/`, { ...headers, 'Transfer-Encoding': 'chunked' });
  await using connection = await connectRaw(proxy());
  connection.send(`${line}4\r\nbody\r\n0\r\n\r\n`);
  await connection.replies(1);
  expect(seen?.body).toBe('body');
  expect(seen?.raw.join(' ')).toContain('X-Kept Yes');
  expect(seen?.raw.join(' ')).not.toMatch(/X-Gone|Proxy|forged/);
});

test('an https address that is sent as plain text, as some clients do, is asked by TLS', async () => {
  await using other = await otherSecure((_asked, answer) => answer.end('x'));
  // its CA is none the proxy trusts
  expect(await asAbsolute(`https://other.example:${other.port}/`)).toMatchObject({ status: 502 });
});

test('nobody there is 502, and says why', async () => {
  await expect(tunnel(proxy(), `other.example:${await freePort()}`)).rejects.toThrow(
    /^502 cloudauth-mock: other\.example cannot be reached \(ECONNREFUSED\)/,
  );
  const { status, body } = await asAbsolute(`http://other.example:${await freePort()}/`);
  expect([status, body]).toEqual([502, expect.stringContaining('ECONNREFUSED')]);
});

test('a name there is not is 502', async () => {
  await expect(tunnel(proxy(), 'nobody.invalid:443')).rejects.toThrow(/^502 .*nobody\.invalid cannot be reached/);
});

test.each([
  '',
  'other.example',
  'other.example:0',
  'other.example:65536',
  'a@other.example:80',
  '/x:80',
  `${'x'.repeat(300)}:80`,
])('CONNECT %j is 400', async (target) => {
  const { status } = await sendRaw(proxy(), `CONNECT ${target} HTTP/1.1\r\n\r\n`);
  expect(status).toBe(400);
});

test.each(['ftp://other.example/', 'http://a:b@other.example/', 'http://[::/'])('GET %s is refused', async (url) => {
  const { status } = await sendRaw(proxy(), `GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(status).toBe(400);
});

test('closing ends tunnels and kept connections within a moment', async () => {
  const options = { port: 0, proxy: true, proxyPort: 0, dataDir: folder.path, proxyPassthrough: 'on' };
  const short = await createCloudauthMock(options).listen();
  const { url, ca } = short.proxy!;
  await using other = await otherSecure((_asked, answer) => answer.end());
  const open = [
    await tunnel(url, `other.example:${other.port}`),
    await tunnel(url, 'cloudauth.aliyuncs.com:443'),
    await tunnel(url, 'cloudauth.aliyuncs.com:80'),
  ];
  open.push(await secured(await tunnel(url, 'cloudauth.aliyuncs.com:443'), 'cloudauth.aliyuncs.com', ca));
  const ended = open.map((socket) => once(socket.on('error', () => {}).resume(), 'close'));
  await short.close();
  await Promise.all(ended);
  expect(short.proxy).toBeUndefined();
});
