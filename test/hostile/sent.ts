/** A call before it is bytes, and the two ways it goes out. */
import { connect } from 'node:net';
import type { CloudauthMock } from '../../src/index.js';
import type { Sts } from '../support/oss.js';

export const DOORS = ['gateway', 'oss', 'pages', 'control', 'scenarios', 'proxy'] as const;
export type Door = (typeof DOORS)[number];

export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export interface Answer {
  /** NaN: the connection ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What there is for calls to be about. */
export interface House {
  readonly tasks: readonly { readonly TicketId: string; readonly VerifyToken: string }[];
  /** SAF sessions whose page can be opened. */
  readonly sessions: readonly string[];
  /** CertifyIds whose page can be opened. */
  readonly certified: readonly string[];
  readonly builds: readonly string[];
  readonly sts: Sts;
}

const HOST = 'cloudauth.aliyuncs.com';

/** @returns undefined where the platform makes no request of it: such a call goes over a socket only */
export function toRequest({ method, target, headers, body }: Sent): Request | undefined {
  const noBody = method === 'GET' || method === 'HEAD' || body.length === 0;
  try {
    return new Request(`http://${HOST}${target}`, {
      method,
      headers: { host: HOST, ...headers },
      body: noBody ? undefined : new Uint8Array(body),
    });
  } catch {
    return undefined;
  }
}

export async function inProcess(mock: CloudauthMock, request: Request): Promise<Answer> {
  const response = await mock.fetch(request);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

export const asBytes = ({ method, target, headers, body }: Sent): Buffer => {
  const all = { host: '127.0.0.1', ...headers, 'content-length': String(body.length), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'utf8'), body]);
};

/** After it was opened; whoever speaks TLS in it waits for the rest of a hello. */
const TUNNEL_MS = 50;

/** Sends bytes and reads the first answer that is not a 100. @param isAll says that no more will come: a server may hang up at that */
export function overSocket(url: string, bytes: Buffer, isAll: boolean, isTunnel = false): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isTunnel) socket.setTimeout(TUNNEL_MS);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString())));
    socket.on('end', () => void socket.end());
    socket.write(bytes);
    if (isAll) socket.end();
  });
}

function readAnswer(received: string): Answer {
  const text = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? Number.NaN);
  const body = Buffer.from(text.slice(end + 4));
  return { status: Number(first.split(' ')[1]), headers, text: body.subarray(0, length || undefined).toString() };
}
