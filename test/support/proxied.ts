/** A client that goes through a proxy, and a server elsewhere that it may want. */
import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import { createServer as createTlsServer, request as requestOverTls } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import type { Trust } from '../../src/tls/trust.js';
import { makeTrust } from '../../src/tls/trust.js';
import { scratch } from './child.js';

/** Opens a tunnel. Rejects with what the proxy says where it opens none. */
export async function tunnel(proxy: string, target: string): Promise<Socket> {
  const { hostname, port } = new URL(proxy);
  const sent = request({ host: hostname, port, method: 'CONNECT', path: target, headers: { host: target } }).end();
  const [answer, socket, head] = await once(sent, 'connect');
  if (answer.statusCode === 200) return socket;
  throw new Error(`${answer.statusCode} ${head}${await buffer(socket)}`);
}

/** Speaks TLS in a tunnel. */
export async function secured(socket: Socket, servername: string, ca: string): Promise<TLSSocket> {
  const over = connect({ socket, servername, ca });
  await once(over, 'secureConnect');
  return over;
}

/** As a client with HTTPS_PROXY and HTTP_PROXY set asks. */
export async function through(proxy: string, ca: string, asked: Request): Promise<Response> {
  const url = new URL(asked.url);
  const body = Buffer.from(await asked.arrayBuffer());
  const shared = {
    method: asked.method,
    headers: { ...Object.fromEntries(asked.headers), host: url.host, 'content-length': body.length },
  };
  const secure = url.protocol === 'https:';
  const over = secure
    ? await secured(await tunnel(proxy, `${url.hostname}:${url.port || 443}`), url.hostname, ca)
    : undefined;
  const sent = over
    ? requestOverTls({ ...shared, path: url.pathname + url.search, createConnection: () => over })
    : request(proxy, { ...shared, path: asked.url, agent: false });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const bytes = await buffer(answer);
  return new Response(bytes.length > 0 ? bytes : null, { status: answer.statusCode, headers });
}

export interface Other extends AsyncDisposable {
  readonly port: number;
  readonly ca: string;
  readonly caFile: string;
}

/** A TLS server of `other.example` whose CA is nobody's but its own. */
export async function otherSecure(listener: RequestListener): Promise<Other> {
  const folder = await scratch();
  const options = { dataDir: folder.path, clock: { now: () => Date.now() }, tell() {} };
  const trust: Trust = makeTrust(options, { names: ['other.example'], networks: ['127.0.0.1/32'] }, false);
  const { key, cert } = trust.certificateFor('other.example')!;
  const server = createTlsServer({ key, cert }, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ port: (server.address() as AddressInfo).port, ca: trust.ca, caFile: trust.caFile },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Plain http. */
export async function otherPlain(listener: RequestListener): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
