/** An emulator with an https port, its CA in a folder of the test's own, and a `fetch` that trusts that CA. */
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { scratch } from './child.js';

export interface SecureMock extends AsyncDisposable {
  readonly mock: CloudauthMock;
  /** Of the https port, with a slash. */
  readonly url: string;
  readonly port: number;
  readonly ca: string;
  readonly caFile: string;
  /** Asks 127.0.0.1, whatever host the address names: as a hosts file would have it. */
  fetch(request: Request): Promise<Response>;
}

export async function secureMock(options: MockOptions = {}): Promise<SecureMock> {
  const folder = await scratch();
  const mock = await createCloudauthMock({
    port: 0,
    https: true,
    httpsPort: 0,
    dataDir: folder.path,
    ...options,
  }).listen();
  const { url, ca, caFile } = mock.https!;
  return {
    ...{ mock, ca, caFile, url: `${url}/`, port: Number(new URL(url).port) },
    fetch: (asked) => overTls(asked, Number(new URL(url).port), ca),
    async [Symbol.asyncDispose]() {
      await mock.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export async function overTls(asked: Request, port: number, ca: string): Promise<Response> {
  const { host, hostname, pathname, search } = new URL(asked.url);
  const body = Buffer.from(await asked.arrayBuffer());
  const isName = !/^[\d.[]/.test(hostname);
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, ca, agent: false, method: asked.method, path: pathname + search },
      ...(isName && { servername: hostname }),
      headers: { ...Object.fromEntries(asked.headers), host, 'content-length': body.length },
    });
    sent.on('error', reject).on('response', async (answer) => {
      const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const bytes = await buffer(answer);
      resolve(new Response(bytes.length > 0 ? bytes : null, { status: answer.statusCode, headers }));
    });
    sent.end(body);
  });
}
