/**
 * Receives a call as it arrived. Signatures are computed over what the client sent, so nothing here trusts a
 * normalised URL: over a socket the raw request target and Host are read from Node's own message.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isModest } from '../platform/json.js';
import { breath } from '../platform/turn.js';
import { formPairs, splitTarget } from '../platform/url-text.js';
import { bodyOf, readBody } from './body.js';

/** No operation has a tenth of them; beyond, the work of a signature would be felt by everybody. */
const MAX_PARAMS = 1000;

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
  /** The body is over the limit and was not kept; the connection must not be used again. */
  readonly tooLarge: boolean;
  /** What there is too much of, in words: the call is refused. */
  readonly excess?: string;
  /** Query ∪ form body; the first of two equal names counts (guessed). ACS3 adds the members of a JSON body. */
  readonly params: ReadonlyMap<string, string>;
  /** A name that was sent more than once. */
  readonly repeated: string | undefined;
  /** Decided by the Authorization header alone: pop-core sends `x-acs-*` headers with RPC signatures. */
  readonly scheme: 'RPC' | 'ACS3';
  /** The call came over a socket, so the answer must not name a host of the vendor: the client would go there. */
  readonly overSocket: boolean;
  /** The socket it came over, for the address it was reached at; one of TLS says that it is encrypted. */
  readonly socket?: Pick<Socket, 'localAddress' | 'localPort'> & {
    readonly encrypted?: boolean;
    readonly byProxy?: true;
  };
  /** A tester has it made again: the journal's number of the first one. */
  readonly replayOf?: number;
}

export const isSecure = ({ socket }: Pick<RpcRequest, 'socket'>): boolean => socket?.encrypted === true;

/** What the proxy marks a connection with that it hands over: its port is the proxy's. */
export const BY_PROXY = { byProxy: true } as const;

/** Node's message with the target and Host it had before the server made them safe for a URL. */
export type RawIncoming = IncomingMessage & {
  /** Absent where it was safe already. */
  rawTarget?: string;
  /** Who is asked: the authority of an absolute target, else the Host header. */
  rawHost?: string;
  /** As sent: what a signature covers. */
  hostHeader?: string;
};

export async function receive(request: Request, incoming?: RawIncoming): Promise<RpcRequest> {
  return incoming ? receiveRaw(incoming) : receiveFetched(request, headOf(request));
}

export async function receiveRaw(incoming: RawIncoming): Promise<RpcRequest> {
  const target = incoming.rawTarget ?? incoming.url ?? '/';
  const headers = incoming.headers as Record<string, string>;
  const { body, tooLarge } = await readBody(incoming);
  const host = incoming.hostHeader ?? headers.host ?? '';
  const request = assemble(incoming.method ?? 'GET', target, host, headers, body, tooLarge, true, incoming.socket);
  const pause = breath(target.length + body.length);
  if (pause) await pause;
  return request;
}

/** What is asked of a request without its body: reading it off takes longer than a line of text from a socket. */
export interface Head {
  readonly target: string;
  readonly host: string;
  readonly headers: Record<string, string>;
}

export function headOf(request: Request): Head {
  const { pathname, search, host } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return { target: pathname + search, host: headers.host ?? host, headers };
}

/** Of a request that came by no socket. */
export async function receiveFetched(request: Request, { target, host, headers }: Head): Promise<RpcRequest> {
  const { body, tooLarge } = bodyOf(Buffer.from(await request.arrayBuffer()));
  return assemble(request.method, target, host, headers, body, tooLarge, false);
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
  const { params, repeated, more } = readParams(query, (headers['content-type'] ?? '').toLowerCase(), body, scheme);
  const excess = tooLarge ? 'the request body is larger than 8 MB' : more;
  return { method, path, query, host, headers, body, tooLarge, excess, params, repeated, scheme, overSocket, socket };
}

interface Read {
  readonly params: Map<string, string>;
  readonly repeated: string | undefined;
  /** What there is too much of; it was not read. */
  readonly more: string | undefined;
}

function readParams(query: string, contentType: string, body: Buffer, scheme: 'RPC' | 'ACS3'): Read {
  const params = new Map<string, string>();
  let left = MAX_PARAMS;
  let repeated: string | undefined;
  let more: string | undefined;
  const add = (name: string, value: string) => {
    if (params.has(name)) repeated ??= name;
    else params.set(name, value);
    left--;
  };
  const addPairs = (text: string) => {
    if (text === '') return;
    const end = endOfPairs(text, left);
    for (const [name, value] of formPairs(text.slice(0, end))) add(name, value);
    if (end !== undefined) more = TOO_MANY;
  };
  addPairs(query);
  if (body.length > 0 && contentType.startsWith('application/x-www-form-urlencoded')) addPairs(body.toString('utf8'));
  else if (body.length > 0 && scheme === 'ACS3' && contentType.startsWith('application/json')) {
    const text = body.toString('utf8');
    if (!isModest(text)) more = 'the JSON body is nested too deep, or has too many members';
    else flattenJson(text, add);
    if (left < 0) more = TOO_MANY;
  }
  return { params, repeated, more };
}

const TOO_MANY = `the request has more than ${MAX_PARAMS} parameters`;

/** @returns where so many pairs end, if there may be more of them */
function endOfPairs(text: string, most: number): number | undefined {
  if (text.length < most) return undefined;
  let at = -1;
  for (let count = 0; count < most; count++) {
    at = text.indexOf('&', at + 1);
    if (at < 0) return undefined;
  }
  return at;
}

/** `{"Material":[{"Value":"x"}]}` means what `Material.1.Value=x` means; an object under a plain name stays JSON text. */
function flattenJson(text: string, add: (name: string, value: string) => void): void {
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
    const parsed: unknown = JSON.parse(text);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) {
      for (const [name, value] of Object.entries(parsed)) flatten(name, value);
    }
  } catch {
    // not JSON: the operation will find its parameters absent and say so
  }
}
