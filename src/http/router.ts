/** The Hono app: sorts calls into OSS, health, control, pages and gateway. No behaviour of its own. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import type { Journal } from '../control/journal.js';
import { explained, withJournalId } from '../detective/mismatch.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { claimedAccessKeyId } from '../gateway/common-params.js';
import { answer, type GatewayDeps, unexpected } from '../gateway/gateway.js';
import { CORS_HEADERS } from '../gateway/headers.js';
import type { Intervention } from '../gateway/intervention.js';
import type { OriginRule } from '../gateway/origin.js';
import { type RawIncoming, type RpcRequest, receive, receiveRaw } from '../gateway/request.js';
import { isOss, isPolicyForm } from '../oss/classify.js';
import type { OssReply, OssRequest } from '../oss/message.js';
import { FETCH_MARK } from '../outgoing/fetch-mark.js';
import { stopwatch } from '../platform/clock.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import type { Text } from '../platform/language.js';
import { LoadError, lazy } from '../platform/lazy.js';
import type { Log } from '../platform/log.js';
import { StorageError } from '../store/database.js';
import { deliver, deliverOn } from './faults.js';
import { entryOf } from './log-entry.js';
import { createRefuse, type ParserError } from './refuse.js';
import { createReport, OURS } from './told.js';

export interface AppDeps {
  /** Resolves when storage is open; a request that comes earlier waits for it. */
  deps(): Promise<GatewayDeps>;
  /** The control side, loaded by the first request to it. */
  admin(): Promise<(request: Request, incoming?: RawIncoming) => Response | Promise<Response>>;
  /** The pages people verify on, and what is downloaded; loaded by the first request to one. */
  pages(request: Request, incoming?: RawIncoming): Promise<Response>;
  /** Rejects only when the client has gone. */
  oss(request: OssRequest): Promise<OssReply>;
  /** Host of `--public-url`: buckets may be its subdomains. */
  readonly publicHost: string | undefined;
  /** Which web pages may call the gateway over a socket. */
  readonly refusedOrigin: OriginRule;
  readonly journal: Journal;
  readonly log: Log;
  /** What `/readyz` says with 503; undefined when calls can be answered. */
  unready(): Promise<{ readonly status: string; readonly reason?: string } | undefined>;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

type Env = { Bindings: { incoming?: RawIncoming } };

export interface App {
  fetch(request: Request, env?: Env['Bindings']): Response | Promise<Response>;
  /** Answers a gateway call on its socket: no Request, Response or router in between, they cost a third of a call. */
  call(incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  isOss(incoming: RawIncoming): boolean;
  /** Answers an OSS call on its socket: bodies are streamed both ways. */
  oss(incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  /** Answers in the place of what could not: 503 while code cannot be loaded, else 500. */
  fail(error: unknown, incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  /** @param error of Node's parser @returns the whole answer, as text for the socket */
  refuse(error: ParserError): Promise<string>;
}

/** SDKs call no other path. A call elsewhere still reaches the gateway, past health and pages. */
export const isCall = ({ url = '', method, headers }: RawIncoming): boolean =>
  (url === '/' || url.startsWith('/?')) && (method === 'POST' || (method === 'GET' && !isBrowsing(url, headers)));

/** A download of this emulator or of another one: of what is no object it gets nothing. */
export const isFetched = ({ headers }: RawIncoming): boolean => headers[FETCH_MARK] !== undefined;

/** Somebody has typed the base URL into a browser: no client asks for HTML, and ACS3 names its Action in a header. */
const isBrowsing = (target: string, headers: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  /^\/(\?lang=(zh|en))?$/.test(target) &&
  /\btext\/html\b/.test(String(headers.accept ?? '')) &&
  headers['x-acs-action'] === undefined;

const ossHttp = lazy(() => import('../oss/http.js'));

/** Of pages and the control side, in bytes. A gateway call may carry a picture in its address. */
export const LONGEST_ADDRESS = 8 * 1024;
const shortAddress: MiddlewareHandler<Env> = (c, next) =>
  (c.env?.incoming?.rawTarget ?? c.req.url).length > LONGEST_ADDRESS
    ? Promise.resolve(c.text(`the address is longer than ${LONGEST_ADDRESS} bytes`, 414))
    : next();

/** The vendor's own paths, scripts of its other hosts, the merchant of the example, and the packages that were built. */
const PAGES = [
  ...['/user_verify/*', '/gjj/*', '/certify/*', '/s', '/demo/*', '/sdk/*'],
  ...['/yd-cloudauth/*', '/web_sdk_js/*', '/cdn/*'],
];
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

export function createApp(given: AppDeps): App {
  const { deps, admin, pages, oss, publicHost, refusedOrigin, journal, log, unready, closing } = given;
  const report = createReport(log);
  const gateway = async (received: Promise<RpcRequest>): Promise<GatewayReply> => {
    const startedAt = stopwatch();
    const request = await received;
    if (isPolicyForm(request)) return posted(request);
    const why = request.overSocket ? refusedOrigin(request.headers, request.host) : undefined;
    if (why !== undefined) return refusedPage(await sentences([why]));
    const house = await deps();
    const answered = await answer(request, house);
    const done = answered.mismatch ? await explained(request, answered, house) : answered;
    const ms = stopwatch() - startedAt;
    if (done.crash) report(done.crash);
    const account = done.account ?? (await house.callers(claimedAccessKeyId(request)))?.account ?? DEFAULT_ACCOUNT;
    const id = journal.record(account, request, done, house.wallClock.now(), ms);
    if (!log.silent) log.call(entryOf(request, done, ms, id));
    const { status, body, intervention } = done;
    const headers = done.mismatch ? withJournalId(done, id) : done.headers;
    Object.assign(headers, OURS);
    return intervention.delayMs === undefined && intervention.fault === undefined
      ? { status, headers, body }
      : { status, headers, body, intervention };
  };
  const refusedPage = ([why]: readonly Text[]): GatewayReply => {
    log.warn(why!.en);
    const headers = { 'content-type': 'application/json', [HINT_HEADER]: hintText([why!]), ...OURS };
    return { status: 403, headers, body: JSON.stringify({ error: why!.en }) };
  };
  const posted = async (request: RpcRequest): Promise<GatewayReply> => {
    const { status, headers, body } = await stored({ ...request, body: Readable.from([request.body]) });
    return { status, headers, body: body instanceof Uint8Array ? Buffer.from(body).toString() : '' };
  };
  const failed = async (error: unknown, host: string | undefined): Promise<GatewayReply> => {
    report(error);
    const { status, headers, body } = await unexpected(error, await deps(), host ?? '');
    return { status, headers: { ...headers, ...OURS }, body };
  };
  const app = new Hono<Env>();
  app.get('/healthz', ours, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', ours, async (c) => {
    const why = await unready();
    return why ? c.json(why, 503) : c.json({ status: 'ready' });
  });
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.get('/', ours, async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    return isBrowsing(pathname + search, c.req.header()) ? pages(c.req.raw, c.env?.incoming) : next();
  });
  for (const path of PAGES) app.all(path, ours, shortAddress, (c) => pages(c.req.raw, c.env?.incoming));
  app.onError(async (error, c) => {
    // in process whoever called sees what went wrong; over a socket it must still look like the gateway
    if (!c.env?.incoming && !(error instanceof LoadError || error instanceof StorageError)) throw error;
    // a client that left in mid-body is nobody's failure, and there is nobody to answer
    if (c.env?.incoming && !c.env.incoming.complete && c.env.incoming.destroyed) return c.body(null, 400);
    const { status, headers, body } = await failed(error, c.req.header('host'));
    return c.body(body, status as 500, headers);
  });
  app.all('/_mock/*', ours, shortAddress, async (c) => (await admin())(c.req.raw, c.env?.incoming));
  app.options('*', ours, async (c) => {
    const { headers, rawHost = '' } = c.env?.incoming ?? {};
    const why = headers && refusedOrigin(headers as Record<string, string>, rawHost);
    if (why === undefined) return c.body(null, 200, CORS_HEADERS);
    return c.body(null, 403, { [HINT_HEADER]: hintText(await sentences([why])) });
  });
  app.all('*', async (c) => {
    const { status, headers, body, intervention } = await gateway(receive(c.req.raw, c.env?.incoming));
    // a form that is stored is answered 204, which has no body, not even an empty one
    const reply = body === '' ? c.body(null, status as 204, headers) : c.body(body, status as 200, headers);
    if (!intervention) return reply;
    const incoming = c.env?.incoming;
    return deliver(reply, intervention, { incoming, signal: incoming ? undefined : c.req.raw.signal, closing });
  });
  const stored = async (request: OssRequest): Promise<OssReply> => {
    const startedAt = stopwatch();
    const { crash, ...done } = await oss(request);
    if (crash) report(crash);
    log.call({
      ...done,
      operation: `oss/${done.operation}`,
      account: done.account ?? '-',
      ms: stopwatch() - startedAt,
    });
    return { ...done, headers: { ...done.headers, ...OURS } };
  };
  return {
    async fetch(request, env) {
      const url = new URL(request.url);
      if (
        env?.incoming ||
        !isOss(
          url.pathname + url.search,
          request.headers.get('host') ?? url.host,
          Object.fromEntries(request.headers),
          publicHost,
        )
      )
        return app.fetch(request, env);
      try {
        const { fromFetch, toResponse } = await ossHttp();
        return toResponse(await stored(fromFetch(request)));
      } catch (error) {
        if (!(error instanceof LoadError)) throw error;
        const { body, ...head } = await failed(error, url.host);
        return new Response(body, head);
      }
    },
    isOss: (incoming) =>
      isOss(incoming.rawTarget ?? incoming.url!, incoming.rawHost ?? '', incoming.headers, publicHost),
    async oss(incoming, outgoing) {
      const { fromSocket, reply } = await ossHttp();
      try {
        await reply(outgoing, incoming, await stored(fromSocket(incoming)));
      } catch (error) {
        if (error instanceof LoadError) throw error;
        // a client that left in mid-upload is nobody's failure
        if (!incoming.errored && incoming.complete) log.crash(error);
        outgoing.destroy();
      }
    },
    async call(incoming, outgoing) {
      const { status, headers, body, intervention } = await gateway(receiveRaw(incoming));
      if (intervention)
        await deliverOn(outgoing, new Response(body, { status, headers }), intervention, { incoming, closing });
      else {
        headers['content-length'] = String(Buffer.byteLength(body));
        outgoing.writeHead(status, headers).end(body);
      }
      // of an endless body not all was read
      incoming.resume();
    },
    async fail(error, incoming, outgoing) {
      const { status, headers, body } = await failed(error, incoming.headers.host);
      if (outgoing.headersSent) return void outgoing.destroy();
      headers['content-length'] = String(Buffer.byteLength(body));
      outgoing.writeHead(status, headers).end(body);
      incoming.resume();
    },
    refuse: createRefuse(deps, journal, log),
  };
}
