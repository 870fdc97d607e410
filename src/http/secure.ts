/**
 * The https port: TLS in front of the emulator's own server. What comes is told by its first byte, so that plain http
 * sent here is answered, and who is asked for decides the certificate. Loaded only with `--https`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { isHostName } from '../tls/names.js';
import { notCovered, type ServerCertificate, type Trust } from '../tls/trust.js';
import { handshakeFailed, isTls } from './tls.js';

export interface SecureSide {
  readonly trust: Trust;
  readonly port: number;
  /** Somebody speaks plain http here. @param packet what they sent first */
  refusePlain(socket: Socket, packet: Buffer): void;
  /** What the log says of those whom TLS keeps out. */
  tell(what: string): void;
}

export interface SecurePort {
  readonly port: number;
  /** Accepts no more, and lets go who has not said anything yet; what is under way is the server's. */
  close(): void;
}

/** A fatal alert in plain text, as a server sends before there are keys: unrecognized_name (RFC 6066, 3). */
const UNRECOGNIZED_NAME = Buffer.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70);
const SILENT_MS = 60_000;
const MOST_ADDRESSES = 50;

export async function listenSecurely(behind: HttpServer, host: string, side: SecureSide): Promise<SecurePort> {
  const { trust, tell } = side;
  /** Whose handshake it is: Node does not tell the callback that is asked for a certificate. */
  const current = new AsyncLocalStorage<Socket>();
  const secure = createTlsServer({
    ALPNProtocols: ['http/1.1'],
    SNICallback(name, done) {
      const certificate = trust.certificateFor(name);
      if (certificate) return done(null, certificate.context);
      // whoever connects chooses it, and it would stand in a command to copy
      tell(`refused https: ${isHostName(name) ? notCovered(name) : 'the client asks for what is no host name'}`);
      current.getStore()?.write(UNRECOGNIZED_NAME);
      done(new Error('unrecognized name'));
    },
  });
  secure.on('secureConnection', (socket) => {
    const below = current.getStore();
    // a socket of TLS has no way of its own to reset the connection below it
    const resetAndDestroy = () => {
      below?.resetAndDestroy();
      return socket.destroy();
    };
    behind.emit('connection', Object.assign(socket, { resetAndDestroy }));
  });
  secure.on('tlsClientError', ({ code, message }: NodeJS.ErrnoException) => {
    if (message !== 'unrecognized name' && code !== 'ECONNRESET') tell(handshakeFailed(code, message));
  });

  /** Who connects by an address names nobody: the certificate then holds every address that was called so far. */
  const called = new Set<string>();
  let shown: ServerCertificate | undefined;
  const certifyAddress = ({ localAddress = '' }: Socket): void => {
    const address = localAddress.replace(/^::ffff:/i, '').replace(/%.*/, '');
    if (called.size >= MOST_ADDRESSES) called.clear();
    if (!called.has(address) && !trust.covers(address)) tell(notCovered(address));
    called.add(address);
    const certificate = trust.certificateForAddresses([...called]);
    if (certificate !== shown) secure.setSecureContext(certificate);
    shown = certificate;
  };

  const silent = new Set<Socket>();
  const front = createServer((socket) => {
    silent.add(socket);
    const leave = () => socket.destroy();
    socket.once('close', () => silent.delete(socket)).on('error', leave);
    socket.setTimeout(SILENT_MS, leave);
    socket.once('readable', () => {
      silent.delete(socket);
      const packet: Buffer | null = socket.read();
      if (packet === null) return leave();
      socket.setTimeout(0, leave);
      if (!isTls(packet)) return side.refusePlain(socket, packet);
      socket.unshift(packet);
      certifyAddress(socket);
      current.run(socket, () => secure.emit('connection', socket));
    });
  });
  front.listen(side.port, host);
  await once(front, 'listening');
  // a connection that the system could not hand over is lost to its client alone
  front.on('error', () => {});
  return {
    port: (front.address() as AddressInfo).port,
    close() {
      front.close();
      for (const socket of silent) socket.destroy();
    },
  };
}
