/** A CONNECT that leads elsewhere: bytes both ways, untouched. A side that has ended may still be sent to. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Address, hostOf, leadingTo } from '../outgoing/way-out.js';

/** @returns the connected socket; rejects as connecting does */
export async function reach(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<Socket> {
  const there = connect({
    ...{ host: hostOf(url), port: Number(url.port || 80), lookup: leadingTo(addresses) },
    ...{ allowHalfOpen: true, signal },
  });
  await once(there, 'connect');
  return there;
}

/**
 * @param head what the client has sent already
 * @param silentMs of silence on both sides, after which both are closed
 */
export function join(here: Socket, there: Socket, head: Buffer, silentMs: number): void {
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    one.setTimeout(silentMs, () => one.destroy());
    // what ended as it should has been told to the other side, which may still have to send
    one.on('error', () => {}).on('close', () => one.readableEnded || other.destroy());
    one.pipe(other);
  }
  if (head.length > 0) there.write(head);
}
