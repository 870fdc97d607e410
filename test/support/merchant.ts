/** A merchant's server, on a port of loopback: where pages lead people back to. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Merchant {
  readonly url: string;
  close(): void;
}

/** @param serve default: says what was asked for */
export async function openMerchant(
  serve: RequestListener = (request, response) => void response.end(`merchant ${request.url}`),
): Promise<Merchant> {
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
