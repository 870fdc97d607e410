/** Bytes to a port and the answers that come back, with nothing in between that would mend either. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body read as JSON; throws when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly json: any;
}

export interface RawConnection extends AsyncDisposable {
  send(bytes: string | Buffer): void;
  /** Resolves when the system has taken all that was sent. */
  flushed(): Promise<void>;
  /** Resolves when so many answers have come, interim ones (1xx) included; rejects when the other side ends before. */
  replies(count: number): Promise<RawReply[]>;
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>;
  destroy(): void;
}

/** @param url `http://host:port` of a listening server */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''));
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  // a server that refuses a request may reset what was still being sent; what it answered counts
  socket.on('error', () => {});
  await once(socket, 'connect');
  const closed = closeOf(socket);
  return {
    send: (bytes) => void socket.write(bytes),
    async flushed() {
      if (socket.writableLength > 0) await Promise.race([once(socket, 'drain'), closed]);
    },
    async replies(count) {
      for (;;) {
        const found = readReplies(received);
        if (found.length >= count) return found;
        if (socket.closed) throw new Error(`closed after ${found.length} of ${count} answers: ${received}`);
        await Promise.race([once(socket, 'data'), closed]);
      }
    },
    closed,
    destroy: () => void socket.destroy(),
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await closed;
    },
  };
}

const closeOf = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

/** Sends `bytes` on a connection of its own and returns the one answer. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawReply> {
  await using connection = await connectRaw(url);
  connection.send(bytes);
  return (await connection.replies(1))[0]!;
}

/** `request('GET /', { Host: 'x' })` as HTTP/1.1 text; the header names and values go out as they are. */
export const request = (line: string, headers: Record<string, string>, body = ''): string =>
  `${line} HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;

function readReplies(bytes: Buffer): RawReply[] {
  const found: RawReply[] = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return found;
    const [statusLine = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const status = Number(statusLine.split(' ')[1]);
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = status < 200 ? 0 : Number(headers['content-length'] ?? 0);
    const bodyEnd = end + 4 + length;
    if (rest.length < bodyEnd) return found;
    const body = rest.subarray(end + 4, bodyEnd).toString('utf8');
    found.push({
      status,
      headers,
      body,
      get json() {
        return JSON.parse(body);
      },
    });
    rest = rest.subarray(bodyEnd);
  }
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
