/**
 * The guard before every path: what it refuses is said to a browser as a page, to a program as JSON. Whom it lets in by the
 * token of one account, the routes behind it find in `own`.
 */
import type { MiddlewareHandler } from 'hono';
import { outside } from '../control/account-side.js';
import { hasTokens, heldAccount, notTheirs, pageRefusal, publicRefusal, refusal } from '../control/guard.js';
import { isForPeople, refusalPage } from '../pages/ui/refusal.js';
import type { AdminDeps, Env } from './deps.js';
import { translatorOf } from './given.js';

const PAGES = /^\/_mock\/(phone|console)\/?$/;

type GuardingDeps = Pick<AdminDeps, 'guard' | 'baseUrl' | 'callerOf'>;

/** So that a command which names no account can say whose it was. */
const ACCOUNT_HEADER = 'x-cloudauth-mock-account';

export const guarding =
  ({ guard, baseUrl: home, callerOf }: GuardingDeps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const incoming = c.env?.incoming;
    if (!incoming) return next();
    const { headers } = incoming;
    const caller = [headers, incoming.rawHost ?? headers.host ?? '', guard] as const;
    const held = heldAccount(headers, guard);
    const own = held === undefined ? undefined : callerOf.named(held);
    c.set('own', own);
    const asked = c.req.query('account');
    const named = asked ? callerOf.named(asked) : undefined;
    const why = own === undefined ? undefined : outside({ own, named, path: c.req.path });
    if (PAGES.test(c.req.path) || (/^\/_mock\/?$/.test(c.req.path) && isForPeople(c))) {
      const refused = pageRefusal(...caller) ?? (why === undefined ? undefined : notTheirs(why));
      return refused ? refusalPage(c, refused, (error) => ({ error }), home()) : next();
    }
    if (c.req.path === '/_mock/ca.crt') return said(publicRefusal(...caller) ?? why);
    // what the console asks for comes with the password that its page was opened with
    const isBasic = hasTokens(guard) && /^Basic /i.test(headers.authorization ?? '');
    return said((isBasic ? pageRefusal(...caller)?.why : refusal(...caller)) ?? why);

    async function said(why: string | undefined) {
      if (why !== undefined) return c.json({ error: (await translatorOf(c))(why) }, 403);
      await next();
      if (own !== undefined) c.header(ACCOUNT_HEADER, encodeURIComponent(own));
    }
  };
