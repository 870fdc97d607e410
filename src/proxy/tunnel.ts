/** A CONNECT that leads elsewhere: bytes both ways, untouched. A side that has ended may still be sent to. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Address, hostOf, leadingTo } from '../outgoing/way-out.js';

/** Of silence on both sides; a web socket without a heartbeat lives no longer elsewhere either. */
const SILENT_MS = 600_000;

/** @returns the connected socket; rejects as connecting does */
export async function reach(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<Socket> {
  const there = connect({
    ...{ host: hostOf(url), port: Number(url.port || 80), lookup: leadingTo(addresses) },
    ...{ allowHalfOpen: true, signal },
  });
  await once(there, 'connect');
  return there;
}

/** @param head what the client has sent already */
export function join(here: Socket, there: Socket, head: Buffer): void {
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    one.setTimeout(SILENT_MS, () => one.destroy());
    // what ended as it should has been told to the other side, which may still have to send
    one.on('error', () => {}).on('close', () => one.readableEnded || other.destroy());
    one.pipe(other);
  }
  if (head.length > 0) there.write(head);
}
