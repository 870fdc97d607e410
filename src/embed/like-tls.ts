/**
 * A plain connection that its client takes for one by TLS. There is nobody to hide from between an application and the
 * emulator on its machine, and nothing an application could be told to trust.
 */
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

/** What HTTP clients and agents read of a `TLSSocket`. */
const MEMBERS = {
  encrypted: true,
  authorized: true,
  authorizationError: null,
  alpnProtocol: 'http/1.1',
  isSessionReused: () => false,
  getCertificate: () => ({}),
  getPeerCertificate: () => ({}),
  getPeerX509Certificate: () => undefined,
  getCipher: () => ({ name: 'none', standardName: 'none', version: 'none' }),
  getEphemeralKeyInfo: () => null,
  getProtocol: () => null,
  getSession: () => undefined,
  getTLSTicket: () => undefined,
  setServername() {},
  setSession() {},
};

export function likeTls(socket: Socket, { servername, timeout }: ConnectionOptions): Socket {
  Object.assign(socket, MEMBERS, { servername });
  if (timeout) socket.setTimeout(timeout);
  socket.once('connect', () => {
    socket.emit('secure');
    socket.emit('secureConnect');
  });
  return socket;
}
