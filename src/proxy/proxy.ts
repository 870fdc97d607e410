/**
 * A forward proxy. What is meant for the vendor's hosts is the emulator's: requests by absolute address, and tunnels, whose
 * TLS ends here. All else is led to where it wants, if that is allowed, and never to this machine. Loaded only with `--proxy`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { BY_PROXY } from '../gateway/request.js';
import { Reply } from '../http/header-names.js';
import { drain, MAX_HEADER_BYTES } from '../http/server.js';
import { firstPacket, terminateTls } from '../http/terminate.js';
import { isTls } from '../http/tls.js';
import { OURS } from '../http/told.js';
import { hostOf, Refused, systemResolve, webAddress } from '../outgoing/way-out.js';
import { calledAs, hostName, inUrl } from '../platform/hosts.js';
import { authorityOf } from '../platform/url-text.js';
import { notCovered, type Trust } from '../tls/trust.js';
import { addressesOf, authority, type Judge, NotLed, shown, unreachable, vendorName } from './destination.js';
import { forward } from './forward.js';
import { PAC_PATHS, pacFile } from './pac.js';
import { join, reach } from './tunnel.js';

export interface ProxySide {
  readonly trust: Trust;
  readonly port: number;
  readonly passthrough: boolean;
  /** What the log says of those who are not led. */
  tell(what: string): void;
  readonly resolve?: Judge['resolve'];
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** For resolving and connecting. */
  readonly connectMs: number;
  /** Of who has opened a tunnel to the vendor, before the first byte in it. */
  readonly firstMs: number;
  /** Of silence on both sides of a tunnel; a web socket without a heartbeat lives no longer elsewhere either. */
  readonly silentMs: number;
  /** Sockets of tunnels, of which each has two. */
  readonly sockets: number;
}

export interface ProxyPort {
  /** `http://host:port` */
  readonly url: string;
  /** Ends tunnels at once, and lets requests finish for a moment. */
  close(): Promise<void>;
}

const LIMITS: Limits = { connectMs: 15_000, firstMs: 60_000, silentMs: 600_000, sockets: 1000 };

/** @param behind takes what is the emulator's */
export async function listenAsProxy(behind: Server, host: string, side: ProxySide): Promise<ProxyPort> {
  const { trust, tell } = side;
  const limits = { ...LIMITS, ...side.limits };
  const judge: Judge = { passthrough: side.passthrough, resolve: side.resolve ?? systemResolve };
  const accept = terminateTls(
    behind,
    {
      certificateFor: (name) => (vendorName(name) === undefined ? undefined : trust.certificateFor(name)),
      refusal: (name) => `in a tunnel to a host of the vendor the client asks for ${shown(name)}`,
      tell,
    },
    BY_PROXY,
  );
  const accepted = new Set<Socket>();
  /** Both ends of tunnels, and those that have not said what they are. */
  const open = new Set<Socket>();
  const keep = (socket: Socket, among = open): Socket => {
    among.add(socket);
    return socket.once('close', () => among.delete(socket));
  };

  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false, ServerResponse: Reply },
    (incoming, outgoing) => void answer(incoming, outgoing),
  );

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/';
    const asked = authorityOf(target);
    if (asked === undefined) return answerOwn(incoming, outgoing);
    if (vendorName(hostName(asked)) !== undefined) {
      Object.assign(incoming.socket, BY_PROXY);
      return void behind.emit('request', incoming, outgoing);
    }
    const signal = AbortSignal.timeout(limits.connectMs);
    try {
      const url = webAddress(target);
      await forward(incoming, outgoing, url, await addressesOf(url, judge, signal), signal);
    } catch (error) {
      const why =
        error instanceof Refused
          ? new NotLed(400, `the proxy cannot read '${shown(target)}' (${error.message})`)
          : unreachable(hostName(asked), error, signal);
      refuse(why, (status, headers, body) => {
        outgoing.writeHead(status, headers).end(body);
        incoming.resume();
      });
    }
  }

  function answerOwn({ url = '/', headers }: IncomingMessage, outgoing: ServerResponse): void {
    const path = url.split('?', 1)[0]!;
    if (PAC_PATHS.includes(path)) {
      const file = pacFile(headers.host, bound());
      return void outgoing.writeHead(200, headersOf(file, 'application/x-ns-proxy-autoconfig')).end(file);
    }
    const text = `this is the proxy of cloudauth-mock: set HTTPS_PROXY and HTTP_PROXY to http://${bound()}, or a browser to http://${bound()}${PAC_PATHS[0]}\n`;
    outgoing.writeHead(400, headersOf(text)).end(text);
  }

  async function tunnel(incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    keep(socket).on('error', () => {});
    const signal = AbortSignal.timeout(limits.connectMs);
    let host = incoming.url ?? '';
    try {
      const url = authority(host);
      host = hostOf(url);
      const name = vendorName(host);
      if (name !== undefined) return intercept(socket, head, name);
      if (open.size > limits.sockets)
        throw new NotLed(503, `the proxy has ${limits.sockets} sockets of tunnels open, and opens no more`);
      const there = keep(await reach(url, await addressesOf(url, judge, signal), signal));
      if (socket.destroyed) return void there.destroy();
      socket.write(ESTABLISHED);
      join(socket, there, head, limits.silentMs);
    } catch (error) {
      refuse(unreachable(host, error, signal), (status, headers, body) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
        socket.resume();
      });
    }
  }

  function intercept(socket: Socket, head: Buffer, name: string): void {
    const certificate = trust.certificateFor(name);
    if (certificate === undefined) throw new NotLed(502, notCovered(name));
    socket.write(ESTABLISHED);
    if (head.length > 0) socket.unshift(head);
    firstPacket(
      socket,
      (packet) => {
        // from now on it is the emulator's
        open.delete(socket);
        socket.unshift(packet);
        if (isTls(packet)) accept(socket, certificate);
        else behind.emit('connection', Object.assign(socket, BY_PROXY));
      },
      limits.firstMs,
    );
  }

  const said = new Set<string>();
  function refuse(why: NotLed, send: (status: number, headers: Record<string, string>, body: string) => void): void {
    // a client tries again and again
    if (said.size > 100) said.clear();
    if (!said.has(why.message)) tell(why.message);
    said.add(why.message);
    const body = `cloudauth-mock: ${why.message}\n`;
    send(why.status, { ...headersOf(body), connection: 'close' }, body);
  }

  server.on('connection', (socket) => void keep(socket, accepted));
  server.on('connect', (incoming, socket, head) => void tunnel(incoming, socket as Socket, head));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  server.listen(side.port, host);
  await once(server, 'listening');
  // a connection that the system could not hand over is lost to its client alone
  server.on('error', () => {});
  const bound = () => `${inUrl(calledAs(host))}:${(server.address() as AddressInfo | null)?.port}`;
  return {
    url: `http://${bound()}`,
    close() {
      for (const socket of open) socket.destroy();
      // one that was handed over is the server's to end, unless it came too late for that
      return drain(server, () => {
        for (const socket of accepted) socket.destroy();
      });
    },
  };
}

const headersOf = (body: string, type = 'text/plain; charset=utf-8'): Record<string, string> => ({
  ...{ 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...OURS },
});

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';
