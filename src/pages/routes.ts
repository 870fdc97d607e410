/** The pages people verify on, and what is downloaded. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import { jsvmScripts } from './certify/jsvm.js';
import { certifyPage } from './certify/routes.js';
import { cloudauthPage } from './cloudauth/routes.js';
import type { PagesDeps, PagesEnv } from './deps.js';
import { safPages } from './saf/routes.js';
import { sdkDownload } from './sdk/routes.js';
import { visitRoutes } from './ui/visit.js';

/** Each part names its paths in full, from the root. */
export function createPages(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  // the house says and logs what went wrong, not hono
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.text(error.message, error.status);
    throw error;
  });
  for (const part of [visitRoutes, cloudauthPage, certifyPage, jsvmScripts, safPages, sdkDownload])
    app.route('/', part(deps));
  return app;
}
