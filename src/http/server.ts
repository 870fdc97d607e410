/**
 * The listening side: a Node server whose requests reach the app as they were sent. @hono/node-server is loaded only
 * here, by the first request that is no gateway call, and told to leave the global Request and Response of the user's process alone.
 */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RawIncoming } from '../gateway/request.js';
import { calledAs, inUrl } from '../platform/hosts.js';
import { lazy } from '../platform/lazy.js';
import { originForm } from '../platform/url-text.js';
import { Reply } from './header-names.js';
import { type App, isCall } from './router.js';

export interface Listening {
  readonly port: number;
  /** `http://host:port`, with a loopback name where the bound address is a wildcard. */
  readonly url: string;
  /** Stops accepting, lets what is under way finish for a moment, then closes; done within a second. */
  close(): Promise<void>;
}

/** A picture of 300 KB inside the URL must fit (Java SDK, document 003's sample); 8 MB is the documented body limit. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;
const DRAIN_MS = 500;

export async function listen(app: App, port: number, host: string): Promise<Listening> {
  const router = lazy(
    () => import('@hono/node-server'),
    ({ getRequestListener }) => getRequestListener(app.fetch as never, { overrideGlobalObjects: false }),
  );
  const answer = async (incoming: RawIncoming, outgoing: ServerResponse): Promise<unknown> => {
    if (app.isOss(incoming)) return app.oss(incoming, outgoing);
    if (isCall(incoming)) return app.call(incoming, outgoing);
    return (await router())(incoming, outgoing);
  };
  // a missing Host is no reason for Node's own empty 400
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000, requireHostHeader: false, ServerResponse: Reply },
    (incoming, outgoing) =>
      void answer(incoming, outgoing)
        .catch((error) => app.fail(error, incoming, outgoing))
        .catch(() => outgoing.destroy()),
  );
  const newest = new WeakMap<Socket, ServerResponse>();
  server.prependListener('request', (incoming: RawIncoming, response: ServerResponse) => {
    newest.set(incoming.socket, response);
    keepRawTarget(incoming);
  });
  server.on('checkExpectation', (incoming, response) => server.emit('request', incoming, response));
  const refused = new WeakSet<Socket>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // the parser complains again about each further chunk
    if (refused.has(socket)) return;
    refused.add(socket);
    void answerRaw(error, socket, app, newest.get(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  // a connection that the system could not hand over is lost to its client alone
  server.on('error', () => {});
  const bound = (server.address() as AddressInfo).port;
  return { port: bound, url: `http://${inUrl(calledAs(host))}:${bound}`, close: () => close(server) };
}

const PLAIN_TARGET = /^\/[\x21-\x5b\x5d-\x7e]*$/;

/** The adapter makes a URL of target and Host and refuses what is none; signatures need both as they were sent. */
function keepRawTarget(incoming: RawIncoming): void {
  const target = incoming.url ?? '/';
  if (!PLAIN_TARGET.test(target)) {
    incoming.rawTarget = target;
    incoming.url = `/${encodeURI(originForm(target).replace(/^\/+/, '')).replaceAll('\\', '%5C')}`;
  }
  incoming.rawHost = incoming.headers.host ?? '';
  incoming.headers.host = 'localhost';
}

/** @param before the answer to the newest readable request of the connection; it goes out first */
async function answerRaw(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Socket,
  app: App,
  before: ServerResponse | undefined,
): Promise<void> {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  if (before?.req.complete && !before.closed) await once(before, 'close');
  socket.end(await app.refuse(error));
  // what the client is still sending is read away for a moment: closing at once would reset it before it sees the answer
  socket.resume();
  setTimeout(() => socket.destroy(), DRAIN_MS).unref();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
