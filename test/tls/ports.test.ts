/** Both ports beside each other: what each says of the other's protocol, and of bytes of no protocol. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { runCli, scratch, startCli } from '../support/child.js';
import { sendRaw } from '../support/raw.js';
import { type SecureMock, secureMock } from '../support/secure.js';

let secure: SecureMock;
beforeAll(async () => {
  secure = await secureMock();
});
afterAll(() => secure[Symbol.asyncDispose]());

const ready = async () => (await secure.fetch(new Request(`${secure.url}readyz`))).status;

test('TLS sent to the port of http is told where https is', async () => {
  const client = connectTls({ host: '127.0.0.1', port: Number(new URL(secure.mock.url).port), ca: secure.ca });
  await expect(once(client, 'secureConnect')).rejects.toThrow();
  const [entry] = (await secure.mock.requests({ code: 'InvalidParameter' })).slice(-1);
  expect(entry!.hints).toEqual([
    `The client speaks https, and this port speaks http: https is at ${secure.mock.https!.url}.`,
  ]);
});

const HELLO = Buffer.from('160301020001000001fc0303', 'hex');
test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['a byte of TLS', HELLO.subarray(0, 1)],
  ['half a handshake', HELLO],
  ['a handshake of nonsense', Buffer.concat([HELLO, Buffer.alloc(512, 0xff)])],
  ['an alert', Buffer.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28)],
  ['SSL 2', Buffer.from('802e0100020015000000100100800200800300800400800500800600400700c0', 'hex')],
  ['zeros', Buffer.alloc(4096)],
  ['a line without end', Buffer.alloc(100_000, 'x')],
])('who sends %s and leaves disturbs nobody', async (_what, bytes) => {
  for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
    const socket = connect(secure.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    socket.resume().write(bytes, () => socket[leave]());
    await closed;
  }
  expect(await ready()).toBe(200);
});

test('who has said nothing does not hold up the end', async () => {
  const other = await secureMock();
  const socket = connect(other.port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  await other[Symbol.asyncDispose]();
  await expect(closed).resolves.toBeDefined();
});

test('a client that does not trust the CA is told of in the log', async () => {
  await using folder = await scratch();
  await using emulator = await startCli(['--https', '--https-port', '0', '--data-dir', folder.path]);
  // one that says so; Node just leaves
  for (const most of ['1.2', '1.3'])
    await promisify(execFile)('curl', ['-s', '--tls-max', most, emulator.secureUrl!]).catch(() => {});
  const said = /a client does not trust the CA of this emulator \(\w+\); “cloudauth-mock ca” says how/g;
  await emulator.logged(new RegExp(`(${said.source}[^]*){2}`));
  expect(emulator.stderr().match(said)).toHaveLength(2);
});

test('a name that is none forges no line of the log, and stands in no command', async () => {
  await using folder = await scratch();
  await using emulator = await startCli(['--https', '--https-port', '0', '--data-dir', folder.path]);
  const port = Number(new URL(emulator.secureUrl!).port);
  for (const servername of ['a\nforged', 'a;$(touch x)', 'sites.example.com']) {
    const client = connectTls({ host: '127.0.0.1', port, servername });
    await expect(once(client, 'secureConnect')).rejects.toThrow(/unrecognized name/);
  }
  await emulator.logged(/sites\.example\.com/);
  const said = emulator.stderr().match(/refused https: .*/g);
  expect(said).toEqual([
    ...Array(2).fill('refused https: the client asks for what is no host name'),
    'refused https: the CA does not vouch for sites.example.com; “cloudauth-mock ca --renew --name sites.example.com” makes one that does',
  ]);
  expect(emulator.stderr()).not.toMatch(/forged|touch/);
});

test('a port of https that is in use is named, and that of http is given back', async () => {
  await using folder = await scratch();
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const words = ['--https', '--https-port', String(port), '--data-dir', folder.path];
  const { code, stderr } = await runCli(['--port', '0', ...words]);
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining(`127.0.0.1:${port}; stop what holds the port, or use --https-port 0`),
  ]);
  const options = { port: 0, https: true, httpsPort: port, dataDir: folder.path };
  await using mock = createCloudauthMock(options);
  await expect(mock.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  holder.close();
  await once(holder, 'close');
  await mock.listen();
  expect(mock.https!.url).toBe(`https://127.0.0.1:${port}`);
});

describe('GET /_mock/ca.crt', () => {
  const status = async ({ url }: SecureMock['mock'], headers: Record<string, string>) => {
    const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map((pair) => pair.join(': '));
    return (await sendRaw(url, `GET /_mock/ca.crt HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)).status;
  };

  test.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ Host: 'localhost:1' }, 200],
    [{ Host: 'evil.example' }, 403],
    [{ Origin: 'https://evil.example' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }, 403],
  ])('asked with %j: %d', async (headers, expected) => {
    expect(await status(secure.mock, headers)).toBe(expected);
  });

  test('takes no token, and bound wider any Host', async () => {
    await using tokened = await secureMock({ adminToken: 'secret' });
    expect(await status(tokened.mock, {})).toBe(200);
    await using wide = await secureMock({ host: '0.0.0.0' });
    expect(await status(wide.mock, { Host: 'mock:4520' })).toBe(200);
    expect(await status(wide.mock, { Host: 'mock:4520', Origin: 'https://evil.example' })).toBe(403);
  });

  test('is 404 without https', async () => {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    expect(await status(mock, {})).toBe(404);
  });
});
