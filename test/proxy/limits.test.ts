/** What the proxy does not wait for, with limits short enough to be met; what it waits for by itself stands in docs/exec.md. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Limits, listenAsProxy, type ProxySide } from '../../src/proxy/proxy.js';
import { makeTrust, type Trust } from '../../src/tls/trust.js';
import { scratch } from '../support/child.js';
import '../support/elsewhere.mjs';
import { otherPlain, tunnel } from '../support/proxied.js';
import { request, sendRaw } from '../support/raw.js';

let folder: Awaited<ReturnType<typeof scratch>>;
let trust: Trust;

beforeAll(async () => {
  folder = await scratch();
  const options = { dataDir: folder.path, clock: { now: () => Date.now() }, tell() {} };
  trust = makeTrust(options, { names: ['cloudauth.aliyuncs.com'], networks: ['127.0.0.1/32'] }, false);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Its log, and what stands behind it: a server that says ok. */
async function proxy(limits: Partial<Limits>, resolve?: ProxySide['resolve']) {
  const told: string[] = [];
  const behind = createServer((_asked, answer) => answer.end('ok'));
  const side = { trust, port: 0, passthrough: true, tell: (what: string) => void told.push(what), limits, resolve };
  const { url, close } = await listenAsProxy(behind, '127.0.0.1', side);
  return { url, told, [Symbol.asyncDispose]: close };
}

const closing = (socket: Socket) => once(socket.on('error', () => {}).resume(), 'close');
const never = () => new Promise<never>(() => {});

test('a name that is not resolved in time is 504, in a tunnel', async () => {
  await using limited = await proxy({ connectMs: 1 }, never);
  await expect(tunnel(limited.url, 'slow.example:443')).rejects.toThrow(
    '504 cloudauth-mock: slow.example does not answer',
  );
  expect(limited.told).toEqual(['slow.example does not answer']);
});

test('and by an absolute address', async () => {
  await using limited = await proxy({ connectMs: 1 }, never);
  const { status, body } = await sendRaw(limited.url, request('GET http://slow.example/', { Host: 'slow.example' }));
  expect([status, body]).toEqual([504, 'cloudauth-mock: slow.example does not answer\n']);
});

test('a tunnel that is silent on both sides is closed, on both sides', async () => {
  await using limited = await proxy({ silentMs: 20 });
  const there = createTcpServer().listen(0, '127.0.0.1');
  await once(there, 'listening');
  const connected = once(there, 'connection');
  const here = await tunnel(limited.url, `other.example:${(there.address() as AddressInfo).port}`);
  const [farther] = (await connected) as [Socket];
  expect(await Promise.all([closing(here), closing(farther)])).toHaveLength(2);
  there.close();
});

test('who opens a tunnel to the vendor and says nothing in it is let go', async () => {
  await using limited = await proxy({ firstMs: 20 });
  expect(await closing(await tunnel(limited.url, 'cloudauth.aliyuncs.com:443'))).toHaveLength(1);
});

test('over the most sockets a tunnel is 503, until another has ended', async () => {
  await using limited = await proxy({ sockets: 2 });
  await using other = await otherPlain(() => {});
  const target = `other.example:${other.port}`;
  const first = await tunnel(limited.url, target);
  await expect(tunnel(limited.url, target)).rejects.toThrow(
    '503 cloudauth-mock: the proxy has 2 sockets of tunnels open',
  );
  const ended = closing(first);
  first.destroy();
  await ended;
  const again = async (): Promise<Socket> => tunnel(limited.url, target).catch(again);
  const next = await again();
  expect(next.destroyed).toBe(false);
  next.destroy();
});
