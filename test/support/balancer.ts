/**
 * A balancer as a team puts in front of several emulators: each call goes to the next one whose `/readyz` is 200. It sends
 * no call twice: the next one is tried only where a connection was refused, so that nothing had been sent.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { collect } from '../../src/platform/collect.js';

export interface Balancer extends AsyncDisposable {
  readonly url: string;
}

/** Between one look at `/readyz` and the next, ms. */
const EVERY_MS = 50;
const MOST_BYTES = 1024 * 1024;

/** @param targets base URLs, as they are at that moment: one that was started again may have another */
export async function startBalancer(targets: () => readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const ended = new AbortController();
  const look = async (url: string) => {
    if (await isReady(url)) ready.add(url);
    else ready.delete(url);
  };
  const watch = async () => {
    while (!ended.signal.aborted) {
      await Promise.all(targets().map(look));
      await wait(EVERY_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  let turn = 0;
  const inTurn = (): string[] => {
    const up = targets().filter((url) => ready.has(url));
    const first = up.length > 0 ? turn++ % up.length : 0;
    return [...up.slice(first), ...up.slice(0, first)];
  };
  const pass = async (asked: IncomingMessage, answer: ServerResponse) => {
    const body = await collect(asked, MOST_BYTES, () => new Error('too long'));
    for (const url of inTurn()) {
      const reached = await sent(url, asked, body, agent).catch((error: NodeJS.ErrnoException) => error);
      if (!(reached instanceof Error)) {
        answer.writeHead(reached.statusCode!, reached.headers);
        reached.once('error', () => answer.destroy());
        return void reached.pipe(answer);
      }
      ready.delete(url);
      // whoever was sent something may have done it
      if (reached.code !== 'ECONNREFUSED') return void answer.writeHead(502).end();
    }
    answer.writeHead(503).end();
  };
  const server = createServer((asked, answer) => void pass(asked, answer).catch(() => answer.destroy()));
  server.keepAliveTimeout = 0;
  await Promise.all(targets().map(look));
  const watching = watch();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await watching;
      server.closeAllConnections();
      agent.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );

/** @returns once its headers are there */
function sent(url: string, asked: IncomingMessage, body: Buffer, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, headers } = asked;
    request(new URL(asked.url!, url), { method, headers, agent }, resolve).once('error', reject).end(body);
  });
}
