/** OSS calls between HTTP and {@link OssRequest}: over a socket as a stream of Node's, in process as a fetch Request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Head, RawIncoming } from '../gateway/request.js';
import { splitTarget } from '../platform/url-text.js';
import type { OssReply, OssRequest } from './message.js';

/** Codes of the errors by which a connection ends. */
const GONE = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE'];
/** So many bytes of a refused upload are still read, so that its client gets the answer; then the connection is closed. */
const DRAIN_BYTES = 64 * 1024 * 1024;

export const fromSocket = (incoming: RawIncoming): OssRequest => ({
  method: incoming.method ?? 'GET',
  ...splitTarget(incoming.rawTarget ?? incoming.url ?? '/'),
  host: incoming.rawHost ?? incoming.headers.host ?? '',
  headers: incoming.headers as Record<string, string>,
  socket: incoming.socket,
  body: chunksOf(incoming),
});

/** So many bytes are read ahead at most. */
const AHEAD_BYTES = 256 * 1024;

/**
 * Node's own iterator stops the socket at every chunk, and closes it when the reader stops: but what is refused
 * half-way must still be answered.
 */
async function* chunksOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  let arrived: Uint8Array[] = [];
  let bytes = 0;
  let wake = () => {};
  const onData = (chunk: Uint8Array) => {
    arrived.push(chunk);
    bytes += chunk.length;
    if (bytes >= AHEAD_BYTES) incoming.pause();
    wake();
  };
  const onEnd = () => wake();
  incoming.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd);
  try {
    for (;;) {
      const chunks = arrived;
      arrived = [];
      bytes = 0;
      yield* chunks;
      if (arrived.length > 0) continue;
      if (incoming.readableEnded) return;
      if (incoming.destroyed) throw incoming.errored ?? new Error('the connection ended');
      incoming.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    incoming.off('data', onData).off('end', onEnd).off('close', onEnd);
  }
}

export function fromFetch(request: Request, { target, host, headers }: Head): OssRequest {
  // what would be sent of it: a length when there is nothing, else chunks
  if (headers['content-length'] === undefined) {
    if (request.body) headers['transfer-encoding'] = 'chunked';
    else headers['content-length'] = '0';
  }
  return {
    method: request.method,
    ...splitTarget(target),
    host,
    headers,
    // a body that is refused half-way is left alone, not cancelled: since Node 24 fetch goes on writing a form into it
    body: copies(request.body?.values({ preventCancel: true }) ?? [], request.signal),
  };
}

/** The caller may go on using the bytes of its request, so they are copied; or leave in the middle. */
async function* copies(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield new Uint8Array(chunk);
  }
  signal.throwIfAborted();
}

export async function reply(
  outgoing: ServerResponse,
  incoming: IncomingMessage,
  { status, headers, body }: OssReply,
): Promise<void> {
  outgoing.writeHead(status, { ...headers });
  if (body === undefined || body instanceof Uint8Array) {
    if (incoming.complete) return void outgoing.end(body);
    // ended at once, a connection that is not kept is reset under a client in mid-upload, before it has read the answer
    outgoing.flushHeaders();
    if (body) outgoing.write(body);
    await drained(incoming);
    outgoing.end();
  } else {
    await pipeline(body, outgoing).catch((error: NodeJS.ErrnoException) => {
      outgoing.destroy();
      // a client may leave during a download; bytes that cannot be read are a failure of ours
      if (!GONE.includes(error.code ?? '')) throw error;
    });
    await drained(incoming);
  }
}

/** What is left of a body is read away. Resolves when there is no more of it, or nobody who sends it. */
function drained(incoming: IncomingMessage): Promise<void> {
  if (incoming.complete || incoming.destroyed) return Promise.resolve();
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_BYTES) incoming.destroy();
  });
  // reading may have been paused
  incoming.resume();
  return new Promise((resolve) => void incoming.once('end', resolve).once('close', resolve));
}

export const toResponse = ({ status, headers, body }: OssReply): Response =>
  new Response(
    body === undefined || body instanceof Uint8Array
      ? (body as BodyInit)
      : // nothing is read ahead: a blob counts as being read from the first chunk on, and nobody may read this body
        (Readable.toWeb(Readable.from(body), { strategy: { highWaterMark: 0 } }) as ReadableStream),
    {
      status,
      headers,
    },
  );
