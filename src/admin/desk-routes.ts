/** Accounts from outside, and what connects a client to this emulator. */
import { Hono } from 'hono/tiny';
import { maskIdNumbers } from '../platform/redact.js';
import type { Env, RoutesDeps } from './deps.js';

export function deskRoutes({ control, accountOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/accounts', (c) => c.json(control.accounts().map(maskIdNumbers)));
  app.get('/accounts/overview', async (c) => c.json(await control.overview()));
  app.get('/connect', async (c) => c.json(await control.connection(accountOf(c))));
  app.get('/connect/snippets', async (c) => c.json(await control.snippets(accountOf(c))));
  return app;
}
