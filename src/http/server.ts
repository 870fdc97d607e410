/**
 * The listening side: a Node server whose requests reach the app as they were sent. @hono/node-server is loaded only
 * here, by the first request that is no gateway call, and told to leave the global Request and Response of the user's process alone.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HTTP_ON_TLS } from '../gateway/refused.js';
import type { RawIncoming } from '../gateway/request.js';
import { calledAs, inUrl } from '../platform/hosts.js';
import { lazy } from '../platform/lazy.js';
import { authorityOf, originForm } from '../platform/url-text.js';
import { Reply } from './header-names.js';
import type { App } from './router.js';
import type { SecurePort, SecureSide } from './secure.js';
import { isCall, isFetched, LONGEST_ADDRESS } from './sorting.js';

export interface Listening {
  readonly port: number;
  /** `http://host:port`, with a loopback name where the bound address is a wildcard. */
  readonly url: string;
  /** Of the https port, where there is one: `https://host:port`. */
  readonly secureUrl: string | undefined;
  /** Takes connections and requests that came by another port. */
  readonly server: Server;
  /** Stops accepting, lets what is under way finish for a moment, then closes; done within a second. */
  close(): Promise<void>;
}

/** A picture of 300 KB inside the URL must fit (Java SDK, document 003's sample); 8 MB is the documented body limit. */
export const MAX_HEADER_BYTES = 8 * 1024 * 1024;
const DRAIN_MS = 500;

/** @param secure of `--https` */
export async function listen(
  app: App,
  port: number,
  host: string,
  secure?: Pick<SecureSide, 'trust' | 'port' | 'tell'>,
): Promise<Listening> {
  const router = lazy(
    () => import('@hono/node-server'),
    ({ getRequestListener }) => getRequestListener(app.fetch as never, { overrideGlobalObjects: false }),
  );
  const answer = async (incoming: RawIncoming, outgoing: ServerResponse): Promise<unknown> => {
    if (app.isOss(incoming)) return app.oss(incoming, outgoing);
    if (isFetched(incoming)) return void outgoing.writeHead(403).end(NOT_FETCHED);
    if (isCall(incoming)) return app.call(incoming, outgoing);
    return (await router())(incoming, outgoing);
  };
  // a missing Host is no reason for Node's own empty 400
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000, requireHostHeader: false, ServerResponse: Reply },
    (incoming, outgoing) =>
      refused.has(incoming.socket) ||
      void answer(incoming, outgoing)
        .catch((error) => app.fail(error, incoming, outgoing))
        .catch(() => outgoing.destroy()),
  );
  const refused = new WeakSet<Socket>();
  /** Weakly: a connection that waits for its next request holds nothing of the one before; until it is sent Node holds it. */
  const newest = new WeakMap<Socket, WeakRef<ServerResponse>>();
  server.prependListener('request', (incoming: RawIncoming, response: ServerResponse) => {
    if (hasTwoHosts(incoming)) return void server.emit('clientError', twoHosts(incoming), incoming.socket);
    newest.set(incoming.socket, new WeakRef(response));
    keepRawTarget(incoming);
  });
  server.on('checkExpectation', (incoming, response) => server.emit('request', incoming, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // the parser complains again about each further chunk
    if (refused.has(socket)) return;
    refused.add(socket);
    void answerRaw(error, socket, app, newest.get(socket)?.deref());
  });
  server.listen(port, host);
  await once(server, 'listening');
  // a connection that the system could not hand over is lost to its client alone
  server.on('error', () => {});
  const bound = (server.address() as AddressInfo).port;
  const refusePlain = (socket: Socket, rawPacket: Buffer) =>
    void answerRaw(Object.assign(new Error(HTTP_ON_TLS), { code: HTTP_ON_TLS, rawPacket }), socket, app, undefined);
  const tls = secure && (await openSecurePort(server, host, { ...secure, refusePlain }));
  const at = `${inUrl(calledAs(host))}:`;
  return {
    port: bound,
    url: `http://${at}${bound}`,
    secureUrl: tls && `https://${at}${tls.port}`,
    server,
    close() {
      tls?.close();
      return drain(server);
    },
  };
}

const securePort = lazy(() => import('./secure.js'));

/** Both ports, or none. */
async function openSecurePort(server: Server, host: string, side: SecureSide): Promise<SecurePort> {
  try {
    const { listenSecurely } = await securePort();
    return await listenSecurely(server, host, side);
  } catch (error) {
    await drain(server);
    throw Object.assign(error as Error, { option: '--https-port' });
  }
}

const NOT_FETCHED = 'an address handed to the emulator leads to its objects only';

/** RFC 9112, 3.2: such a request is refused, whoever is meant by it. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts > 1;
}

/** As Node's parser would tell it. */
const twoHosts = ({ method, url = '/' }: IncomingMessage): Error =>
  Object.assign(new Error('two Host headers'), {
    code: 'TWO_HOSTS',
    rawPacket: Buffer.from(`${method} ${url.slice(0, LONGEST_ADDRESS)} HTTP/1.1\r\n\r\n`, 'latin1'),
  });

const PLAIN_TARGET = /^\/[\x21-\x5b\x5d-\x7e]*$/;

/** The adapter makes a URL of target and Host and refuses what is none; signatures need both as they were sent. */
function keepRawTarget(incoming: RawIncoming): void {
  const target = incoming.url ?? '/';
  const isLong = target.length > LONGEST_ADDRESS;
  if (isLong || !PLAIN_TARGET.test(target)) {
    incoming.rawTarget = target;
    incoming.url = safe(isLong ? beginningOf(target) : target);
  }
  incoming.hostHeader = incoming.headers.host ?? '';
  // RFC 9112, 3.2.2: the authority of an absolute target counts, whatever Host says
  incoming.rawHost = authorityOf(target) ?? incoming.hostHeader;
  incoming.headers.host = 'localhost';
}

const safe = (target: string): string =>
  `/${encodeURI(originForm(target).replace(/^\/+/, '')).replaceAll('\\', '%5C')}`;

/** Enough to tell what is asked for; who reads its query reads the raw target. */
const beginningOf = (target: string): string => `${target.slice(0, LONGEST_ADDRESS).split('?', 1)[0]}?`;

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

/** Closes when what is under way has ended, or is cut off. @param cut ends what is left after a moment */
export function drain(server: Server, cut: () => void = () => server.closeAllConnections()): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(cut, DRAIN_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
