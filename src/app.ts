/** The Hono app: sorts calls into health, pages and gateway. No behaviour of its own. */
import type { ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { stopwatch } from './clock.js';
import { explained, withJournalId } from './detective/mismatch.js';
import { deliver, deliverOn } from './faults.js';
import { DEFAULT_ACCOUNT } from './gateway/accounts.js';
import { claimedAccessKeyId } from './gateway/common-params.js';
import { type Answer, answer, CORS_HEADERS, type GatewayDeps, unexpected } from './gateway/gateway.js';
import { actionOf, versionOf } from './gateway/identify.js';
import type { Intervention } from './gateway/intervention.js';
import { type RawIncoming, type RpcRequest, receive, receiveRaw } from './gateway/request.js';
import { PAGE_PATH, SDK_PATH } from './gateway/urls.js';
import type { Journal } from './journal.js';
import type { Log, LogEntry } from './log.js';
import { VERSION } from './version.js';

export interface AppDeps {
  /** Resolves when storage is open; a request that comes earlier waits for it. */
  deps(): Promise<GatewayDeps>;
  /** The control side, loaded by the first request to it. */
  admin(): Promise<(request: Request, incoming?: RawIncoming) => Response | Promise<Response>>;
  readonly journal: Journal;
  readonly log: Log;
  isReady(): boolean;
}

type Env = { Bindings: { incoming?: RawIncoming } };

export interface App {
  fetch(request: Request, env?: Env['Bindings']): Response | Promise<Response>;
  /** Answers a gateway call on its socket: no Request, Response or router in between, they cost a third of a call. */
  call(incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
}

/** SDKs call no other path. A call elsewhere still reaches the gateway, past health and pages. */
export const isCall = ({ url = '', method }: RawIncoming): boolean =>
  (url === '/' || url.startsWith('/?')) && (method === 'POST' || method === 'GET');

const NOT_YET =
  'Not part of this version. End a verification with verifications.pass(id) of the programmatic API, or --device auto.\n本版本尚无此页面。请用编程接口 verifications.pass(id) 或 --device auto 结束认证。\n';

/** On every answer. The gateway adds it to its own: a middleware around each of its calls shows in the bench. */
const OURS = { 'x-cloudauth-mock': VERSION };
const ours: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(OURS)) c.res.headers.set(name, value);
};

interface GatewayReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** What a tester wants done to it on its way. */
  readonly intervention?: Intervention;
}

export function createApp({ deps, admin, journal, log, isReady }: AppDeps): App {
  const gateway = async (received: Promise<RpcRequest>): Promise<GatewayReply> => {
    const startedAt = stopwatch();
    const request = await received;
    const house = await deps();
    const answered = await answer(request, house);
    const done = answered.mismatch ? await explained(request, answered, house.accounts) : answered;
    const ms = stopwatch() - startedAt;
    if (done.crash) log.crash(done.crash);
    log.call(logged(request, done, ms));
    const account = done.account ?? house.accounts(claimedAccessKeyId(request))?.account ?? DEFAULT_ACCOUNT;
    const id = journal.record(account, request, done, house.wallClock.now(), ms);
    const { status, body, intervention } = done;
    const headers = { ...(done.mismatch ? withJournalId(done.headers, id) : done.headers), ...OURS };
    return intervention.delayMs === undefined && intervention.fault === undefined
      ? { status, headers, body }
      : { status, headers, body, intervention };
  };
  const failed = async (error: unknown, host: string | undefined): Promise<GatewayReply> => {
    log.crash(error);
    const { status, headers, body } = await unexpected(await deps(), host ?? '');
    return { status, headers: { ...headers, ...OURS }, body };
  };
  const app = new Hono<Env>();
  app.get('/healthz', ours, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', ours, (c) => (isReady() ? c.json({ status: 'ready' }) : c.json({ status: 'starting' }, 503)));
  app.get(PAGE_PATH, ours, (c) => c.text(NOT_YET, 501));
  app.get(`${SDK_PATH}:file`, ours, (c) => c.text(NOT_YET, 501));
  app.onError(async (error, c) => {
    // in process whoever called sees what went wrong; over a socket it must still look like the gateway
    if (!c.env?.incoming) throw error;
    const { status, headers, body } = await failed(error, c.req.header('host'));
    return c.body(body, status as 500, headers);
  });
  app.all('/_mock/*', ours, async (c) => (await admin())(c.req.raw, c.env?.incoming));
  app.options('*', ours, (c) => c.body(null, 200, CORS_HEADERS));
  app.all('*', async (c) => {
    const { status, headers, body, intervention } = await gateway(receive(c.req.raw, c.env?.incoming));
    const reply = c.body(body, status as 200, headers);
    return intervention ? deliver(reply, intervention, c.env?.incoming) : reply;
  });
  return {
    fetch: app.fetch,
    async call(incoming, outgoing) {
      const { status, headers, body, intervention } = await gateway(receiveRaw(incoming)).catch((error) =>
        failed(error, incoming.headers.host),
      );
      if (intervention) await deliverOn(outgoing, new Response(body, { status, headers }), intervention, incoming);
      else outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
      // of an endless body not all was read
      incoming.resume();
    },
  };
}

const logged = (request: RpcRequest, done: Answer, ms: number): LogEntry => ({
  status: done.status,
  operation: done.operation ?? `${versionOf(request) || '-'}/${actionOf(request) || '-'}`.slice(0, 120),
  account: done.account ?? '-',
  requestId: done.requestId,
  ms,
  code: done.code,
  hints: done.hints,
  explanation: done.explanation,
});
