/** Between an emulator and its database, on loopback: a network that loses what it is told to lose. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What becomes of what an emulator has sent: so many bytes of it go on. */
export interface Fate {
  readonly bytes: number;
  /** `cut`: both ends are told; `vanished`: neither is, nothing comes through any more, in no direction. */
  readonly then: 'cut' | 'vanished';
}

export interface Middleman extends AsyncDisposable {
  readonly port: number;
  /** @returns undefined: all of it goes on */
  fate: (sent: Buffer) => Fate | undefined;
}

export async function startMiddleman(to: number): Promise<Middleman> {
  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)));
    return socket;
  };
  const server = createServer((near) => {
    const far = kept(connect({ port: to, host: '127.0.0.1', noDelay: true }));
    const ends = [kept(near), far];
    const close = () => {
      for (const end of ends) end.destroy();
    };
    for (const end of ends) end.once('close', close);
    far.on('data', (bytes) => near.write(bytes));
    near.on('data', (bytes) => {
      const fate = made.fate(bytes);
      far.write(fate ? bytes.subarray(0, fate.bytes) : bytes);
      if (fate?.then === 'cut') close();
      if (fate?.then !== 'vanished') return;
      for (const end of ends) end.off('close', close).removeAllListeners('data').resume();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const made: Middleman = {
    port: (server.address() as AddressInfo).port,
    fate: () => undefined,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  return made;
}
