/**
 * Receives a call as it arrived. Signatures are computed over what the client sent, so nothing here trusts a
 * normalised URL: over a socket the raw request target and Host are read from Node's own message.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { splitTarget } from '../platform/url-text.js';

/** Document 004: one request's body is limited to 8 MB. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** A larger body is still read to its end up to here, so that a client in mid-upload sees the answer, not a reset. */
const DRAIN_BYTES = 64 * 1024 * 1024;

export interface RpcRequest {
  readonly method: string;
  /** Path as sent, still encoded. */
  readonly path: string;
  /** Query string as sent, without `?`. */
  readonly query: string;
  /** The Host header as sent, with port and in its own case. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** More than {@link MAX_BODY_BYTES}; the connection must not be used again. */
  readonly tooLarge: boolean;
  /** Query ∪ form body; the first of two equal names counts (guessed). ACS3 adds the members of a JSON body. */
  readonly params: ReadonlyMap<string, string>;
  /** A name that was sent more than once. */
  readonly repeated: string | undefined;
  /** Decided by the Authorization header alone: pop-core sends `x-acs-*` headers with RPC signatures. */
  readonly scheme: 'RPC' | 'ACS3';
  /** The call came over a socket, so the answer must not name a host of the vendor: the client would go there. */
  readonly overSocket: boolean;
  /** The socket it came over, for the address it was reached at. */
  readonly socket?: Pick<Socket, 'localAddress' | 'localPort'>;
}

/** Node's message with the target and Host it had before the server made them safe for a URL. */
export type RawIncoming = IncomingMessage & { rawTarget?: string; rawHost?: string };

export async function receive(request: Request, incoming?: RawIncoming): Promise<RpcRequest> {
  return incoming ? receiveRaw(incoming) : fromFetch(request);
}

export async function receiveRaw(incoming: RawIncoming): Promise<RpcRequest> {
  const target = incoming.rawTarget ?? incoming.url ?? '/';
  const headers = incoming.headers as Record<string, string>;
  const { body, tooLarge } = await readBody(incoming);
  return assemble(
    incoming.method ?? 'GET',
    target,
    incoming.rawHost ?? headers.host ?? '',
    headers,
    body,
    tooLarge,
    true,
    incoming.socket,
  );
}

async function fromFetch(request: Request): Promise<RpcRequest> {
  const url = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  const tooLarge = body.length > MAX_BODY_BYTES;
  return assemble(request.method, url.pathname + url.search, headers.host ?? url.host, headers, body, tooLarge, false);
}

/** Never settles when the client leaves before the end of its body: nobody waits for an answer. */
function readBody(incoming: IncomingMessage): Promise<{ body: Buffer; tooLarge: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () =>
      resolve({ body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), tooLarge: bytes > MAX_BODY_BYTES });
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES) {
        incoming.pause();
        done();
      }
    });
    incoming.on('end', done);
    incoming.on('error', () => {});
  });
}

/** Also used to read what is left of a request Node's parser refused. */
export function assemble(
  method: string,
  target: string,
  host: string,
  headers: Record<string, string>,
  body: Buffer,
  tooLarge: boolean,
  overSocket: boolean,
  socket?: RpcRequest['socket'],
): RpcRequest {
  const { path, query } = splitTarget(target);
  const scheme = /^ACS3-/.test(headers.authorization ?? '') ? 'ACS3' : 'RPC';
  const { params, repeated } = readParams(query, (headers['content-type'] ?? '').toLowerCase(), body, scheme);
  return { method, path, query, host, headers, body, tooLarge, params, repeated, scheme, overSocket, socket };
}

function readParams(
  query: string,
  contentType: string,
  body: Buffer,
  scheme: 'RPC' | 'ACS3',
): Pick<RpcRequest, 'params' | 'repeated'> {
  const params = new Map<string, string>();
  let repeated: string | undefined;
  const add = (name: string, value: string) => {
    if (params.has(name)) repeated ??= name;
    else params.set(name, value);
  };
  for (const [name, value] of new URLSearchParams(query)) add(name, value);
  if (body.length > 0 && contentType.startsWith('application/x-www-form-urlencoded')) {
    const form = body.length > MAX_BODY_BYTES ? shortMembers(body) : body.toString('utf8');
    for (const [name, value] of new URLSearchParams(form)) add(name, value);
  } else if (body.length > 0 && scheme === 'ACS3' && contentType.startsWith('application/json')) {
    flattenJson(body, add);
  }
  return { params, repeated };
}

/** The short members of a form that is too large: they name the operation and the format of the answer. */
function shortMembers(form: Buffer): string {
  const members: string[] = [];
  for (let at = 0; at < form.length && members.length < 1000; ) {
    const end = form.indexOf('&', at);
    const next = end < 0 ? form.length : end;
    if (next - at < 4096) members.push(form.toString('utf8', at, next));
    at = next + 1;
  }
  return members.join('&');
}

/** `{"Material":[{"Value":"x"}]}` means what `Material.1.Value=x` means; an object under a plain name stays JSON text. */
function flattenJson(body: Buffer, add: (name: string, value: string) => void): void {
  const flatten = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) expand(`${name}.${index + 1}`, item);
    else if (value !== null && value !== undefined)
      add(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  };
  const expand = (name: string, item: unknown): void => {
    if (item === null || typeof item !== 'object') flatten(name, item);
    else for (const [key, value] of Object.entries(item)) flatten(`${name}.${key}`, value);
  };
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) {
      for (const [name, value] of Object.entries(parsed)) flatten(name, value);
    }
  } catch {
    // not JSON: the operation will find its parameters absent and say so
  }
}
