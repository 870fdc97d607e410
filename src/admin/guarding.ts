/** The guard before every path: what it refuses is said to a browser as a page, to a program as JSON. */
import type { MiddlewareHandler } from 'hono';
import { type GuardOptions, pageRefusal, publicRefusal, refusal } from '../control/guard.js';
import { isForPeople, refusalPage } from '../pages/ui/refusal.js';
import type { Env } from './deps.js';
import { translatorOf } from './given.js';

const PAGES = /^\/_mock\/(phone|console)\/?$/;

export const guarding =
  (guard: GuardOptions, home: () => string): MiddlewareHandler<Env> =>
  async (c, next) => {
    const incoming = c.env?.incoming;
    if (!incoming) return next();
    const { headers } = incoming;
    const caller = [headers, incoming.rawHost ?? headers.host ?? '', guard] as const;
    if (PAGES.test(c.req.path) || (/^\/_mock\/?$/.test(c.req.path) && isForPeople(c))) {
      const refused = pageRefusal(...caller);
      return refused ? refusalPage(c, refused, (error) => ({ error }), home()) : next();
    }
    if (c.req.path === '/_mock/ca.crt') return said(publicRefusal(...caller));
    // what the console asks for comes with the password that its page was opened with
    const isBasic = guard.adminToken !== undefined && /^Basic /i.test(headers.authorization ?? '');
    return said(isBasic ? pageRefusal(...caller)?.why : refusal(...caller));

    async function said(why: string | undefined) {
      return why === undefined ? next() : c.json({ error: (await translatorOf(c))(why) }, 403);
    }
  };
