/**
 * The https port: TLS in front of the emulator's own server. What comes is told by its first byte, so that plain http
 * sent here is answered, and who is asked for decides the certificate. Loaded only with `--https`.
 */
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { isHostName } from '../tls/names.js';
import { notCovered, type Trust } from '../tls/trust.js';
import { firstPacket, terminateTls } from './terminate.js';
import { isTls } from './tls.js';

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

const MOST_ADDRESSES = 50;

export async function listenSecurely(behind: HttpServer, host: string, side: SecureSide): Promise<SecurePort> {
  const { trust, tell } = side;
  const accept = terminateTls(behind, {
    certificateFor: trust.certificateFor,
    // whoever connects chooses it, and it would stand in a command to copy
    refusal: (name) => (isHostName(name) ? notCovered(name) : 'the client asks for what is no host name'),
    tell,
  });

  /** Who connects by an address names nobody: the certificate then holds every address that was called so far. */
  const called = new Set<string>();
  const certificateOf = ({ localAddress = '' }: Socket) => {
    const address = localAddress.replace(/^::ffff:/i, '').replace(/%.*/, '');
    if (called.size >= MOST_ADDRESSES) called.clear();
    if (!called.has(address) && !trust.covers(address)) tell(notCovered(address));
    called.add(address);
    return trust.certificateForAddresses([...called]);
  };

  const silent = new Set<Socket>();
  const front = createServer((socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    firstPacket(socket, (packet) => {
      silent.delete(socket);
      if (!isTls(packet)) return side.refusePlain(socket, packet);
      socket.unshift(packet);
      accept(socket, certificateOf(socket));
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
