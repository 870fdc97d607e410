/**
 * Requests that only look: HEAD, which Hono hands to the handler of GET, and what a browser fetches ahead of the person.
 * Neither opens a page nor ends anything. A refused prefetch makes the browser ask again when the person really comes.
 */
import type { MiddlewareHandler } from 'hono';
import type { PagesEnv } from '../deps.js';

/** The standard's header, and those of older browsers. */
const AHEAD = ['sec-purpose', 'purpose', 'x-moz'];

/** Before the handlers of a page. */
export const glance: MiddlewareHandler<PagesEnv> = async (c, next) => {
  if (AHEAD.some((name) => /\bprefetch\b/i.test(c.req.header(name) ?? '')))
    return c.body(null, 403, { 'cache-control': 'no-store' });
  return c.req.method === 'HEAD' ? c.html('', 200, { 'cache-control': 'no-store' }) : next();
};
