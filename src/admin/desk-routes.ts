/** Accounts from outside, and what connects a client to this emulator. */
import { Hono } from 'hono/tiny';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCOUNT, DEFAULT_SECRET } from '../gateway/accounts.js';
import { lazy } from '../platform/lazy.js';
import { maskIdNumbers } from '../platform/redact.js';
import type { Env, RoutesDeps } from './deps.js';

const recipes = lazy(() => import('../control/snippets.js'));

/** Accounts whose rows are counted at once. */
const MOST = 200;

export function deskRoutes({ control, accounts, accountOf, callerOf, baseUrl, secureUrl }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/accounts/overview', async (c) => {
    const views = await Promise.all(accounts().slice(0, MOST).map(control.accountView));
    return c.json(views.map((view) => ({ ...view, account: maskIdNumbers(view.account) })));
  });
  /** Secrets of one's own are told to nobody: only the one that the banner prints as well. */
  const clientOf = (account: string) => {
    const caller = callerOf(account === DEFAULT_ACCOUNT ? DEFAULT_ACCESS_KEY_ID : account);
    const isPublic = caller?.secret === DEFAULT_SECRET;
    return {
      accessKeyId: isPublic ? caller.accessKeyId : 'ACCESS_KEY_ID',
      accessKeySecret: isPublic ? DEFAULT_SECRET : 'ACCESS_KEY_SECRET',
    };
  };
  app.get('/connect', async (c) => {
    const account = accountOf(c);
    const https = secureUrl() ?? null;
    return c.json({ url: baseUrl(), https, ...clientOf(account), done: await control.progress(account) });
  });
  app.get('/connect/snippets', async (c) => {
    const { snippetsFor } = await recipes();
    return c.json(snippetsFor({ host: new URL(baseUrl()).host, ...clientOf(accountOf(c)) }));
  });
  return app;
}
