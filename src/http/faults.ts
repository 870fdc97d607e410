/** What happens to a reply on its way: held back, cut, or spoilt. Its state is committed by then. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Intervention } from '../gateway/intervention.js';

/** Thrown in process, where there is no socket to break: `fetch` rejects with it, as with a lost connection. */
const lost = (fault: string): TypeError =>
  new TypeError('fetch failed', { cause: new Error(`cloudauth-mock fault: ${fault}`) });

/** Bytes no HTTP client takes for an answer. */
const GARBAGE = Buffer.from('\x00\xff\x13garbage instead of a reply\r\n\r\n', 'latin1');
/** `slow`: bytes a second, and how many go out at once. */
const SLOW = { bytesPerSecond: 1024, chunk: 64 };

/** @param socket of a caller who may give up: nothing is waited for once it is gone */
function pause(ms: number, socket?: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket?.destroyed) return resolve();
    const over = () => {
      clearTimeout(timer);
      socket?.off('close', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    socket?.once('close', over);
  });
}

/**
 * @returns the reply to send, possibly slowed down; a mark for the server when the socket has been dealt with
 * @throws TypeError in process, where a fault cannot be seen on a socket
 */
export async function deliver(
  reply: Response,
  { delayMs, fault }: Intervention,
  incoming: IncomingMessage | undefined,
): Promise<Response> {
  if (delayMs) await pause(delayMs, incoming?.socket);
  if (!fault) return reply;
  if (fault === 'slow') return new Response(trickle(Buffer.from(await reply.arrayBuffer())), reply);
  if (!incoming) throw lost(fault);
  const { socket } = incoming;
  if (fault === 'reset') socket.resetAndDestroy();
  else if (fault === 'empty') socket.destroy();
  else if (fault === 'garbage') socket.end(GARBAGE);
  // hang: nobody ever answers; the client's own time-out ends it
  const { RESPONSE_ALREADY_SENT } = await import('@hono/node-server/utils/response');
  return RESPONSE_ALREADY_SENT.clone();
}

/** {@link deliver} for a caller that writes to Node's response itself. */
export async function deliverOn(
  outgoing: ServerResponse,
  reply: Response,
  intervention: Intervention,
  incoming: IncomingMessage,
): Promise<void> {
  const left = await deliver(reply, intervention, incoming);
  if (outgoing.destroyed || left.headers.has('x-hono-already-sent')) return;
  outgoing.writeHead(left.status, Object.fromEntries(left.headers));
  for await (const chunk of left.body ?? []) outgoing.write(chunk);
  outgoing.end();
}

function trickle(body: Buffer): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (sent >= body.length) return controller.close();
      if (sent > 0) await pause((SLOW.chunk / SLOW.bytesPerSecond) * 1000);
      controller.enqueue(body.subarray(sent, sent + SLOW.chunk));
      sent += SLOW.chunk;
    },
  });
}
