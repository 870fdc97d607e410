/** The Hono app: sorts calls into health, pages and gateway. No behaviour of its own. */
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { stopwatch } from './clock.js';
import { explained, withJournalId } from './detective/mismatch.js';
import { deliver } from './faults.js';
import { DEFAULT_ACCOUNT } from './gateway/accounts.js';
import { claimedAccessKeyId } from './gateway/common-params.js';
import { type Answer, answer, CORS_HEADERS, type GatewayDeps, unexpected } from './gateway/gateway.js';
import { actionOf, versionOf } from './gateway/identify.js';
import { type RawIncoming, type RpcRequest, receive } from './gateway/request.js';
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

/** What the listening side adds: the message as it arrived, and a way to answer it without a Response in between. */
export interface SocketEnv {
  readonly incoming: RawIncoming;
  /** @returns what the app hands back in place of an answer that was sent already */
  send(status: number, headers: Record<string, string>, body: string): Response;
}

type Env = { Bindings: Partial<SocketEnv> };

const NOT_YET =
  'Not part of this version. End a verification with verifications.pass(id) of the programmatic API, or --device auto.\n本版本尚无此页面。请用编程接口 verifications.pass(id) 或 --device auto 结束认证。\n';

/** On every answer. The gateway adds it to its own: a middleware around each of its calls shows in the bench. */
const OURS = { 'x-cloudauth-mock': VERSION };
const ours: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(OURS)) c.res.headers.set(name, value);
};

export function createApp({ deps, admin, journal, log, isReady }: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/healthz', ours, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', ours, (c) => (isReady() ? c.json({ status: 'ready' }) : c.json({ status: 'starting' }, 503)));
  app.get(PAGE_PATH, ours, (c) => c.text(NOT_YET, 501));
  app.get(`${SDK_PATH}:file`, ours, (c) => c.text(NOT_YET, 501));
  app.onError(async (error, c) => {
    // in process whoever called sees what went wrong; over a socket it must still look like the gateway
    if (!c.env?.incoming) throw error;
    log.crash(error);
    const { status, body, headers } = await unexpected(await deps(), c.req.header('host') ?? '');
    return c.body(body, status as 500, { ...headers, ...OURS });
  });
  app.all('/_mock/*', ours, async (c) => (await admin())(c.req.raw, c.env?.incoming));
  app.options('*', ours, (c) => c.body(null, 200, CORS_HEADERS));
  app.all('*', async (c) => {
    const startedAt = stopwatch();
    const request = await receive(c.req.raw, c.env?.incoming);
    const house = await deps();
    const done = await explained(request, await answer(request, house), house.accounts);
    const ms = stopwatch() - startedAt;
    if (done.crash) log.crash(done.crash);
    log.call(logged(request, done, ms));
    const account = done.account ?? house.accounts(claimedAccessKeyId(request))?.account ?? DEFAULT_ACCOUNT;
    const id = journal.record(account, request, done, house.wallClock.now(), ms);
    const headers = { ...(done.mismatch ? withJournalId(done.headers, id) : done.headers), ...OURS };
    const { delayMs, fault } = done.intervention;
    if (delayMs !== undefined || fault !== undefined) {
      return deliver(c.body(done.body, done.status as 200, headers), done.intervention, c.env?.incoming);
    }
    return c.env?.send?.(done.status, headers, done.body) ?? c.body(done.body, done.status as 200, headers);
  });
  return app;
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
