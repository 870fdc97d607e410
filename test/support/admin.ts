/** Calls to the control side, in process or over a socket. */
import type { CloudauthMock } from '../../src/emulator/api.js';
import { type Reply, read } from './call.js';

export interface AdminOptions {
  /** An object goes out as JSON, text as it is. */
  readonly body?: unknown;
  readonly account?: string;
  readonly headers?: Record<string, string>;
}

type Fetch = (request: Request) => Promise<Response>;

/** `admin(mock, 'POST /clock', { body: { advance: '31m' } })`; GET when no method is given. */
export async function admin(
  mock: Pick<CloudauthMock, 'fetch'> & { readonly url?: string },
  line: string,
  { body, account, headers }: AdminOptions = {},
  fetch: Fetch = mock.fetch,
): Promise<Reply> {
  const [method, path] = line.startsWith('/') ? ['GET', line] : (line.split(' ') as [string, string]);
  const url = new URL(`${mock.url ?? 'http://localhost'}/_mock${path}`);
  if (account !== undefined) url.searchParams.set('account', account);
  const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return read(await fetch(new Request(url, { method, body: content, headers })));
}
