/** What happens to a reply on its way: held back, cut, or spoilt. Its state is committed by then. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Intervention } from '../gateway/intervention.js';

/** Thrown in process, where there is no socket to break: `fetch` rejects with it, as with a lost connection. */
const lost = (fault: string): TypeError =>
  new TypeError('fetch failed', { cause: new Error(`cloudauth-mock fault: ${fault}`) });

/** Bytes no HTTP client takes for an answer. */
const GARBAGE = Buffer.from('\x00\xff\x13garbage instead of a reply\r\n\r\n', 'latin1');
/** `slow`: bytes a second, and how many go out at once. */
const SLOW = { bytesPerSecond: 1024, chunk: 64 };

/** The adapter for Node's server sends no reply that carries it. */
const ALREADY_SENT = 'x-hono-already-sent';

/** Who waits for a reply. Once they have left, or the emulator closes, it is held back no longer. */
export interface Recipient {
  readonly incoming?: IncomingMessage;
  /** Of a client in process. */
  readonly signal?: AbortSignal;
  readonly closing: AbortSignal;
}

function pause(ms: number, { incoming, signal, closing }: Recipient): Promise<void> {
  const socket = incoming?.socket;
  return new Promise((resolve) => {
    if (socket?.destroyed || signal?.aborted || closing.aborted) return resolve();
    const over = () => {
      clearTimeout(timer);
      socket?.off('close', over);
      for (const end of [signal, closing]) end?.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    socket?.once('close', over);
    for (const end of [signal, closing]) end?.addEventListener('abort', over);
  });
}

/**
 * @returns the reply to send, possibly slowed down; a mark for the server when the socket has been dealt with
 * @throws TypeError in process, where a fault cannot be seen on a socket
 */
export async function deliver(
  reply: Response,
  { delayMs, fault }: Intervention,
  recipient: Recipient,
): Promise<Response> {
  const { incoming } = recipient;
  if (delayMs) await pause(delayMs, recipient);
  if (!fault) return reply;
  if (fault === 'slow') return new Response(trickle(Buffer.from(await reply.arrayBuffer()), recipient), reply);
  if (!incoming) throw lost(fault);
  const { socket } = incoming;
  if (fault === 'reset') socket.resetAndDestroy();
  else if (fault === 'empty') socket.destroy();
  else if (fault === 'garbage') socket.end(GARBAGE);
  // hang: nobody ever answers; the client's own time-out ends it
  return new Response(null, { headers: { [ALREADY_SENT]: 'true' } });
}

/** {@link deliver} for a caller that writes to Node's response itself. */
export async function deliverOn(
  outgoing: ServerResponse,
  reply: Response,
  intervention: Intervention,
  recipient: Recipient,
): Promise<void> {
  const left = await deliver(reply, intervention, recipient);
  if (outgoing.destroyed || left.headers.has(ALREADY_SENT)) return;
  outgoing.writeHead(left.status, Object.fromEntries(left.headers));
  for await (const chunk of left.body ?? []) outgoing.write(chunk);
  outgoing.end();
}

function trickle(body: Buffer, recipient: Recipient): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (sent >= body.length) return controller.close();
      if (sent > 0) await pause((SLOW.chunk / SLOW.bytesPerSecond) * 1000, recipient);
      recipient.signal?.throwIfAborted();
      controller.enqueue(body.subarray(sent, sent + SLOW.chunk));
      sent += SLOW.chunk;
    },
  });
}
