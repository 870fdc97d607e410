/** The control side over HTTP: thin routes over {@link Control}. Loaded by the first request to it. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { type PhoneDeps, phone } from '../pages/phone/routes.js';
import { isForPeople } from '../pages/ui/refusal.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import { InputError } from '../platform/input-error.js';
import { lazy } from '../platform/lazy.js';
import { nearest } from '../platform/nearest.js';
import { ScenarioError } from '../scenarios/problem.js';
import { StorageError } from '../store/database.js';
import { catalogueRoutes } from './catalogue-routes.js';
import type { AdminDeps, Env, RoutesDeps } from './deps.js';
import { deskRoutes } from './desk-routes.js';
import { translatorOf, wrongText } from './given.js';
import { guarding } from './guarding.js';
import { journalRoutes } from './journal-routes.js';
import { scenarioRoutes } from './scenario-routes.js';
import { snapshotRoutes } from './snapshot-routes.js';
import { stateRoutes } from './state-routes.js';
import { verificationRoutes } from './verification-routes.js';

const consolePages = lazy(
  () => import('../pages/console/routes.js'),
  ({ consoleRoutes }) => new Hono<Env>().basePath('/_mock').route('/', consoleRoutes()),
);

const description = lazy(() => import('./openapi/document.js'));

export type { AdminDeps } from './deps.js';

export function createAdmin(given: AdminDeps): Hono<Env> {
  const { control, guard, callerOf, baseUrl } = given;
  const { accounts } = control;
  const accountsFor: PhoneDeps['accounts'] = (c) => {
    const own: string | undefined = c.get('own');
    return own === undefined ? [DEFAULT_ACCOUNT, ...accounts()] : [own];
  };
  const app = new Hono<Env>().basePath('/_mock');
  const shownAccount: RoutesDeps['shownAccount'] = (c) =>
    callerOf.named(c.req.query('account') || c.get('own') || DEFAULT_ACCOUNT);
  const accountOf: RoutesDeps['accountOf'] = (c) => {
    const account = shownAccount(c);
    if (callerOf(account) || accounts().includes(account)) return account;
    const near = nearest(account, accounts());
    throw new ControlError(
      `nobody has called by the name '${account.slice(0, 100)}'; ${near ? `did you mean ${near}?` : 'GET /_mock/accounts lists who has'}`,
      404,
    );
  };

  app.use(guarding(given));
  app.onError(async (error, c) => {
    if (error instanceof ScenarioError && error.problems.length > 0)
      return c.json(wrongText(error, await translatorOf(c)), 400);
    if (error instanceof InputError)
      return c.json(
        { error: (await translatorOf(c))(error.message) },
        error instanceof ControlError ? error.status : 400,
      );
    if (error instanceof StorageError) return c.json({ error: (await translatorOf(c))(error.message) }, 503);
    throw error;
  });

  const index = () =>
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/_mock')
      .map(({ method, path }) => `${method} ${path}`);
  app.get('/', (c) => {
    const { pathname, search } = new URL(c.req.url);
    return isForPeople(c)
      ? c.redirect(`${pathname.endsWith('/') ? '' : '_mock/'}console${search}`)
      : c.json({ paths: index() });
  });
  // any id beginning LTAImock is an account: an empty list may be a slip
  app.use(async (c, next) => {
    await next();
    const account = shownAccount(c);
    if (
      c.req.method !== 'GET' ||
      c.req.query('account') === undefined ||
      c.res.status !== 200 ||
      accounts().includes(account)
    )
      return;
    c.header(HINT_HEADER, hintText(await sentences([['nobody-called', { account }]])));
  });

  const deps: RoutesDeps = { ...given, shownAccount, accountOf };
  const parts = [catalogueRoutes, deskRoutes, stateRoutes, snapshotRoutes, scenarioRoutes, verificationRoutes];
  for (const part of parts) app.route('/', part(deps));
  app.route('/', phone({ control, reach: guard, accounts: accountsFor, accountOf: shownAccount, baseUrl }));
  app.route('/', journalRoutes(deps));
  for (const path of ['/console', '/console/:file'])
    app.get(path, async (c) => (await consolePages()).fetch(c.req.raw, { ...c.env, own: c.get('own') }));
  app.get('/openapi.json', async (c) => c.json((await description()).openApi(baseUrl())));
  app.notFound(async (c) => {
    const t = await translatorOf(c);
    return c.json({ error: t('no such path under /_mock; see docs/control-api.md'), paths: index() }, 404);
  });
  return app;
}
