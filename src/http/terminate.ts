/**
 * TLS in front of the emulator's own server: what a client sends first tells whether it speaks TLS, and whom it asks for
 * decides the certificate. Loaded only with `--https` and `--proxy`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from '../tls/trust.js';
import { handshakeFailed } from './tls.js';

/** A fatal alert in plain text, as a server sends before there are keys: unrecognized_name (RFC 6066, 3). */
const UNRECOGNIZED_NAME = Buffer.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70);
const SILENT_MS = 60_000;

/** Who says nothing for a minute, unless another time is given, is let go. */
export function firstPacket(socket: Socket, then: (packet: Buffer) => void, silentMs = SILENT_MS): void {
  const leave = () => socket.destroy();
  socket.on('error', leave).setTimeout(silentMs, leave);
  socket.once('readable', () => {
    const packet: Buffer | null = socket.read();
    if (packet === null) return leave();
    socket.setTimeout(0, leave);
    then(packet);
  });
}

export interface TlsSide {
  /** @returns undefined where nobody is shown one for that name */
  certificateFor(name: string): ServerCertificate | undefined;
  /** Why not. */
  refusal(name: string): string;
  /** What the log says of those whom TLS keeps out. */
  tell(what: string): void;
}

/**
 * @param marks what the server sees on each socket
 * @returns takes a connection whose client speaks TLS; `shown` is for one that names nobody
 */
export function terminateTls(behind: HttpServer, { certificateFor, refusal, tell }: TlsSide, marks: object = {}) {
  /** Whose handshake it is: Node does not tell the callback that is asked for a certificate. */
  const current = new AsyncLocalStorage<Socket>();
  const secure = createTlsServer({
    ALPNProtocols: ['http/1.1'],
    // also of one that has gone in the middle of its hello
    handshakeTimeout: SILENT_MS,
    SNICallback(name, done) {
      const certificate = certificateFor(name);
      if (certificate) return done(null, certificate.context);
      tell(`refused https: ${refusal(name)}`);
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
    behind.emit('connection', Object.assign(socket, { resetAndDestroy }, marks));
  });
  secure.on('tlsClientError', ({ code, message }: NodeJS.ErrnoException) => {
    if (message !== 'unrecognized name' && code !== 'ECONNRESET') tell(handshakeFailed(code, message));
  });
  let standing: ServerCertificate | undefined;
  return (socket: Socket, shown: ServerCertificate): void => {
    if (shown !== standing) secure.setSecureContext(shown);
    standing = shown;
    current.run(socket, () => secure.emit('connection', socket));
  };
}
