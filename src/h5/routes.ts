/** The pages people verify on, and what is downloaded. */
import { Hono } from 'hono/tiny';
import type { Clock } from '../clock.js';
import type { Control } from '../control.js';
import type { RawIncoming } from '../gateway/request.js';
import type { Ids } from '../ids.js';
import type { Options } from '../options.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';

export interface PagesDeps {
  readonly options: Options;
  readonly ids: Ids;
  readonly directory: Directory;
  readonly objects: ObjectStore;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  control(): Control;
}

export type PagesEnv = { Bindings: { incoming?: RawIncoming } };

export function createPages(_deps: PagesDeps): Hono<PagesEnv> {
  return new Hono<PagesEnv>();
}
