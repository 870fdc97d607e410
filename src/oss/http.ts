/** OSS calls between HTTP and {@link OssRequest}: over a socket as a stream of Node's, in process as a fetch Request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OssReply, OssRequest } from './message.js';

type RawIncoming = IncomingMessage & { rawTarget?: string; rawHost?: string };

/** Of a refused upload so much is still read, so that its client sees why; then the connection ends. */
const DRAIN_BYTES = 64 * 1024 * 1024;

function split(target: string): { path: string; query: string } {
  const origin = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
  const mark = origin.indexOf('?');
  return mark < 0 ? { path: origin, query: '' } : { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
}

export const fromSocket = (incoming: RawIncoming): OssRequest => ({
  method: incoming.method ?? 'GET',
  ...split(incoming.rawTarget ?? incoming.url ?? '/'),
  host: incoming.rawHost ?? incoming.headers.host ?? '',
  headers: incoming.headers as Record<string, string>,
  // what is refused half-way must not take the connection with it: the answer still has to go out
  body: { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) },
});

export function fromFetch(request: Request): OssRequest {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  // what would be sent of it: a length when there is nothing, else chunks
  if (headers['content-length'] === undefined) {
    if (request.body) headers['transfer-encoding'] = 'chunked';
    else headers['content-length'] = '0';
  }
  return {
    method: request.method,
    ...split(url.pathname + url.search),
    host: headers.host ?? url.host,
    headers,
    body: (request.body as AsyncIterable<Uint8Array> | null) ?? Readable.from([]),
  };
}

export async function reply(
  outgoing: ServerResponse,
  incoming: IncomingMessage,
  { status, headers, body }: OssReply,
): Promise<void> {
  outgoing.writeHead(status, { ...headers });
  if (body === undefined || body instanceof Uint8Array) outgoing.end(body);
  // a client that goes away in mid-download is nobody's failure
  else await pipeline(body, outgoing).catch(() => outgoing.destroy());
  drain(incoming);
}

function drain(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_BYTES) incoming.destroy();
  });
}

export const toResponse = ({ status, headers, body }: OssReply): Response =>
  new Response(
    body === undefined || body instanceof Uint8Array
      ? (body as BodyInit)
      : (Readable.toWeb(Readable.from(body)) as ReadableStream),
    {
      status,
      headers,
    },
  );
