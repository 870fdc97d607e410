/**
 * The Hono app: health, the control side, pages, and calls that come by another path than SDKs use. Loaded by the first
 * request that is no plain call: a start needs none of it.
 */
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono/tiny';
import { CORS_HEADERS } from '../gateway/headers.js';
import { receive } from '../gateway/request.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import { LoadError } from '../platform/lazy.js';
import { StorageError } from '../store/database.js';
import type { AppDeps, Env } from './app-deps.js';
import { type Door, responseOf } from './door.js';
import { isBrowsing, LONGEST_ADDRESS } from './sorting.js';
import { OURS } from './told.js';

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

export function createRoutes({ admin, pages, refusedOrigin, unready, closing }: AppDeps, door: Door): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/healthz', ours, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', ours, async (c) => {
    const why = await unready();
    return why ? c.json(why, 503) : c.json({ status: 'ready' });
  });
  app.get('/favicon.ico', (c) => c.body(null, 204));
  // a person; the console, or who guards it, says the rest
  app.get('/', ours, async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    return isBrowsing(pathname + search, c.req.header()) ? c.redirect(`_mock/console${search}`) : next();
  });
  for (const path of PAGES) app.all(path, ours, shortAddress, (c) => pages(c.req.raw, c.env?.incoming));
  app.onError(async (error, c) => {
    // in process whoever called sees what went wrong; over a socket it must still look like the gateway
    if (!c.env?.incoming && !(error instanceof LoadError || error instanceof StorageError)) throw error;
    // a client that left in mid-body is nobody's failure, and there is nobody to answer
    if (c.env?.incoming && !c.env.incoming.complete && c.env.incoming.destroyed) return c.body(null, 400);
    const { status, headers, body } = await door.failed(error, c.req.header('host'));
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
    const incoming = c.env?.incoming;
    const reply = await door.gateway(receive(c.req.raw, incoming));
    return responseOf(reply, { incoming, signal: incoming ? undefined : c.req.raw.signal, closing });
  });
  return app;
}
