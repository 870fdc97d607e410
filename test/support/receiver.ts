/** A merchant's server that is called back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** What it was asked, in order: `GET /cb?certifyId=…`. */
  readonly asked: string[];
  /** Those of the callbacks alone: a check is a HEAD. */
  readonly called: string[];
  /** Resolves when it has been asked so often. */
  times(count: number): Promise<void>;
}

/** @param statuses of its answers to GET, the last one for all that follow; 0: it never answers, and 302 leads to itself */
export async function receiver(...statuses: number[]): Promise<Receiver> {
  const asked: string[] = [];
  const gets = () => asked.filter((line) => line.startsWith('GET '));
  const waiting: [count: number, resolve: () => void][] = [];
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    for (const [count, resolve] of waiting) if (asked.length >= count) resolve();
    const status = method === 'HEAD' ? 204 : (statuses[gets().length - 1] ?? statuses.at(-1) ?? 200);
    if (status !== 0) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/cb`,
    port,
    asked,
    get called() {
      return gets();
    },
    times: (count) => new Promise((resolve) => (asked.length >= count ? resolve() : waiting.push([count, resolve]))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
