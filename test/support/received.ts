/** What a client sent as the gateway receives it over a socket. */
import { assemble, type RpcRequest } from '../../src/gateway/request.js';
import type { Sent } from './wrong-client.js';

export function received({ method, url, headers, body }: Sent): RpcRequest {
  const { host } = new URL(url);
  const target = url.slice(url.indexOf('/', 'https://'.length));
  return assemble(method, target, host, { ...headers, host }, Buffer.from(body), false, true);
}
