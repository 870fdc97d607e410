import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { download } from '../../src/media/download.js';
import type { Resolve } from '../../src/outgoing/way-out.js';

const BOUNDS = { maxBytes: 1000, timeoutMs: 5000 };

/** A server of this machine that is gone after the test. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    onConnection: (listener: (socket: Socket) => void) => void server.on('connection', listener),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const here: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

test('none fetches nothing, not even here', async () => {
  let asked = 0;
  await using server = await serve((_, response) => response.end(String(asked++)));
  expect([await download(server.url, 'none', BOUNDS), asked]).toEqual([{ refused: 'fetch-is-none' }, 0]);
});

test('loopback brings bytes and type', async () => {
  await using server = await serve((_, response) => response.setHeader('content-type', 'image/png').end('bytes'));
  expect(await download(server.url, 'loopback', BOUNDS)).toEqual({
    bytes: Buffer.from('bytes'),
    contentType: 'image/png',
  });
});

test('the connection goes to the address that was judged', async () => {
  await using server = await serve((request, response) => response.end(request.headers.host));
  let resolved = 0;
  const first: Resolve = async () => [{ address: resolved++ ? '10.0.0.1' : '127.0.0.1', family: 4 }];
  const done = await download(`http://pictures.example:${server.port}/`, 'loopback', BOUNDS, first);
  expect([done, resolved]).toEqual([
    { bytes: Buffer.from(`pictures.example:${server.port}`), contentType: undefined },
    1,
  ]);
});

test('one forbidden address among those of a host refuses it', async () => {
  const both: Resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  expect(await download('http://a.example/', 'public', BOUNDS, both)).toEqual({ refused: 'address-not-allowed' });
});

describe('addresses', () => {
  test.each([
    ...['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://１２７.0.0.1/'],
    ...['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[::1]/', 'http://[0:0:0:0:0:0:0:1]/'],
  ])('%s in a URL is judged by what it means', async (url) => {
    const done = await download(url.replace(/\/$/, ':9/'), 'public', BOUNDS);
    // port 9 answers nobody: what is allowed gets as far as the connection
    expect(done).toEqual({
      refused: url.includes('ffff') ? 'address-not-allowed' : expect.stringMatching(/^unreachable-E[A-Z]+$/),
    });
  });
});

test.each([
  ['ftp://127.0.0.1/a', 'neither-http-nor-https'],
  ['file:///etc/passwd', 'neither-http-nor-https'],
  ['http://user:secret@127.0.0.1/', 'credentials-in-URL'],
  ['http://', 'not-a-URL'],
  ['nonsense', 'not-a-URL'],
])('%s is refused: %s', async (url, refused) => {
  expect(await download(url, 'public', BOUNDS, here)).toEqual({ refused });
});

test('a host that does not resolve is unreachable', async () => {
  const nowhere: Resolve = async () => {
    throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  };
  expect(await download('http://a.example/', 'public', BOUNDS, nowhere)).toEqual({ refused: 'unreachable-ENOTFOUND' });
});

describe('redirects', () => {
  const chain =
    (hops: number): RequestListener =>
    (request, response) => {
      const at = Number(request.url!.slice(1));
      if (at === hops) response.end('there');
      else response.writeHead(302, { location: `/${at + 1}` }).end();
    };

  test('five are followed', async () => {
    await using server = await serve(chain(5));
    expect(await download(`${server.url}/0`, 'loopback', BOUNDS)).toMatchObject({ bytes: Buffer.from('there') });
  });

  test('six are not', async () => {
    await using server = await serve(chain(6));
    expect(await download(`${server.url}/0`, 'loopback', BOUNDS)).toEqual({ refused: 'too-many-redirects' });
  });

  test.each([
    ['http://169.254.169.254/latest', 'address-not-allowed'],
    ['file:///etc/passwd', 'neither-http-nor-https'],
    ['http://user@127.0.0.1/', 'credentials-in-URL'],
  ])('to %s: %s', async (location, refused) => {
    await using server = await serve((_, response) => response.writeHead(302, { location }).end());
    expect(await download(server.url, 'public', BOUNDS)).toEqual({ refused });
  });

  test('from this machine to a public one, where only this one is allowed: address-not-allowed', async () => {
    await using server = await serve((_, response) => response.writeHead(302, { location: 'http://8.8.8.8/' }).end());
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: 'address-not-allowed' });
  });
});

describe('bounds', () => {
  test('a body of the greatest length is taken', async () => {
    await using server = await serve((_, response) => response.end(Buffer.alloc(1000)));
    expect(await download(server.url, 'loopback', BOUNDS)).toMatchObject({ bytes: Buffer.alloc(1000) });
  });

  test('a declared length above it is refused unread', async () => {
    await using server = await serve((_, response) => response.writeHead(200, { 'content-length': 1001 }).write('x'));
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: 'too-large' });
  });

  test('a body without end is refused', async () => {
    await using server = await serve((_, response) => {
      const more = (): boolean => response.write(Buffer.alloc(400));
      response.on('drain', more);
      while (more());
    });
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: 'too-large' });
  });

  test('silence is refused when the time is over', async () => {
    await using server = await serve(() => undefined);
    expect(await download(server.url, 'loopback', { ...BOUNDS, timeoutMs: 50 })).toEqual({ refused: 'timeout' });
  });

  test('a name that never resolves is refused when the time is over', async () => {
    const never: Resolve = () => new Promise(() => undefined);
    const done = await download('http://a.example/', 'public', { ...BOUNDS, timeoutMs: 50 }, never);
    expect(done).toEqual({ refused: 'timeout' });
  });

  test.each([201, 204, 206, 304, 404, 500])('status %i is refused', async (status) => {
    await using server = await serve((_, response) => response.writeHead(status).end());
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: `status-${status}` });
  });

  test('an offer to switch protocols is refused', async () => {
    await using server = await serve(() => undefined);
    server.onConnection((socket) => socket.end('HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'));
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: 'status-101' });
  });

  test('a connection that breaks off is unreachable', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
      response.socket!.destroySoon();
    });
    expect(await download(server.url, 'loopback', BOUNDS)).toEqual({ refused: 'unreachable-ECONNRESET' });
  });
});
