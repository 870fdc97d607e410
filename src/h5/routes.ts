/** The pages people verify on, and what is downloaded. */
import { Hono } from 'hono/tiny';
import type { Clock } from '../clock.js';
import { type Control, ControlError } from '../control.js';
import type { Accounts } from '../gateway/accounts.js';
import type { RawIncoming } from '../gateway/request.js';
import type { Ids } from '../ids.js';
import type { Options } from '../options.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
import { cloudauthPage } from './cloudauth.js';
import { homePage } from './home.js';
import { safPages } from './saf.js';
import { sdkDownload } from './sdk-download.js';
import { visitRoutes } from './visit.js';

export interface PagesDeps {
  readonly options: Options;
  readonly ids: Ids;
  readonly directory: Directory;
  readonly objects: ObjectStore;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  control(): Control;
  readonly wallClock: Clock;
  readonly accounts: Accounts;
  /** The gateway, in process: for the merchant of the example. */
  call(request: Request): Promise<Response>;
}

export type PagesEnv = { Bindings: { incoming?: RawIncoming } };

/** Each part names its paths in full, from the root. */
export function createPages(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  // the house says and logs what went wrong, not hono
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.text(error.message, error.status);
    throw error;
  });
  for (const part of [visitRoutes, homePage, cloudauthPage, safPages, sdkDownload]) app.route('/', part(deps));
  return app;
}
