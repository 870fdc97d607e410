/**
 * The listening side: a Node server whose requests reach the app as they were sent. @hono/node-server is loaded only
 * here, and told to leave the global Request and Response of the user's process alone.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RawIncoming } from './gateway/request.js';

export interface Listening {
  readonly port: number;
  /** `http://host:port`, with a loopback name where the bound address is a wildcard. */
  readonly url: string;
  /** Stops accepting, lets what is under way finish for up to a second, then closes. */
  close(): Promise<void>;
}

/** A picture of 300 KB inside the URL must fit (Java SDK, document 003's sample); 8 MB is the documented body limit. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;
const DRAIN_MS = 900;

type Fetch = (request: Request, env: { incoming: IncomingMessage }) => Response | Promise<Response>;
/** Answers what Node's parser refused: the raw HTTP text to send. */
type Refuse = (error: NodeJS.ErrnoException & { rawPacket?: Buffer }) => Promise<string>;

export async function listen(fetch: Fetch, refuse: Refuse, port: number, host: string): Promise<Listening> {
  const { createAdaptorServer } = await import('@hono/node-server');
  const server = createAdaptorServer({
    fetch: fetch as never,
    overrideGlobalObjects: false,
    serverOptions: { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 },
  }) as Server;
  server.prependListener('request', keepRawTarget);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => void answerRaw(error, socket, refuse));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return { port: bound, url: `http://${nameOf(host)}:${bound}`, close: () => close(server) };
}

const PLAIN_TARGET = /^\/[\x21-\x5b\x5d-\x7e]*$/;
const PLAIN_HOST = /^[a-z0-9._-]+(:\d{1,5})?$/i;

/** The adapter makes a URL of target and Host and refuses what is none; signatures need both as they were sent. */
function keepRawTarget(incoming: RawIncoming): void {
  const target = incoming.url ?? '/';
  const host = incoming.headers.host ?? '';
  if (!PLAIN_TARGET.test(target)) {
    incoming.rawTarget = target;
    incoming.url = `/${encodeURI(target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/^\/+/, '')).replaceAll('\\', '%5C')}`;
  }
  if (!PLAIN_HOST.test(host)) {
    incoming.rawHost = host;
    incoming.headers.host = 'localhost';
  }
}

async function answerRaw(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Socket,
  refuse: Refuse,
): Promise<void> {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  socket.end(await refuse(error));
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

function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
