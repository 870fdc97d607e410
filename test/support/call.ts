/** The verbs every test uses: sign and send a call through `mock.fetch`, as a client of either scheme would. */
import { randomUUID } from 'node:crypto';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import { rpcSignature, rpcStringToSign } from '../../src/gateway/signature-rpc.js';

export interface CallOptions {
  readonly method?: string;
  /** `query` or `body`; default: the query for GET, the body for POST. */
  readonly place?: 'query' | 'body';
  readonly accessKeyId?: string;
  readonly secret?: string;
  /** Public parameters to set, or to leave out with undefined. */
  readonly common?: Record<string, string | undefined>;
  /** ms since the epoch; default: the machine's clock. */
  readonly at?: number;
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; throws when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any;
}

/** All parameters of a signed RPC call, `Signature` included. */
export function signedParams(params: Record<string, string>, options: CallOptions = {}): URLSearchParams {
  const { method = 'POST', accessKeyId = DEFAULT_ACCESS_KEY_ID, secret = DEFAULT_SECRET, at = Date.now() } = options;
  const all: Record<string, string | undefined> = {
    Format: 'JSON',
    AccessKeyId: accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: `${new Date(at).toISOString().slice(0, 19)}Z`,
    ...params,
    ...options.common,
  };
  const present = new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  if (!present.has('Signature') && !(options.common && 'Signature' in options.common)) {
    present.set('Signature', rpcSignature(rpcStringToSign(method, present), secret));
  }
  return new URLSearchParams([...present]);
}

/** The request a client would send for `params`, signed with RPC 1.0. */
export function signedRequest(params: Record<string, string>, options: CallOptions = {}): Request {
  const { method = 'POST', url = 'https://cloudauth.aliyuncs.com/', headers } = options;
  const { place = method === 'POST' ? 'body' : 'query' } = options;
  const form = signedParams(params, { ...options, method });
  return place === 'query'
    ? new Request(`${url}?${form}`, { method, headers })
    : new Request(url, { method, headers, body: form });
}

export async function call(
  mock: Pick<CloudauthMock, 'fetch'>,
  params: Record<string, string>,
  options: CallOptions = {},
): Promise<Reply> {
  return read(await mock.fetch(signedRequest(params, options)));
}

export async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** `{"method":"init",…}` as the ServiceParameters of a SAF call. */
export const faceVerify = (members: Record<string, unknown>): Record<string, string> => ({
  Version: '2017-03-31',
  Action: 'ExecuteRequest',
  Service: 'face_verify',
  ServiceParameters: JSON.stringify(members),
});

export const cloudauth2017 = (Action: string, params: Record<string, string> = {}): Record<string, string> => ({
  Version: '2017-11-17',
  Action,
  ...params,
});

export const cloudauth2019 = (Action: string, params: Record<string, string> = {}): Record<string, string> => ({
  Version: '2019-03-07',
  Action,
  ...params,
});
