/** Pictures as operations meet them, over the object store. */
import type { Clock } from './clock.js';
import type { Photos } from './gateway/context.js';
import type { Ids } from './ids.js';
import type { Options } from './options.js';
import type { ObjectStore } from './oss/object-store.js';
import type { Store } from './store/store.js';

export interface PhotosDeps {
  readonly options: Options;
  readonly ids: Ids;
  readonly objects: ObjectStore;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
}

export function createPhotos(_deps: PhotosDeps): (account: string) => Photos {
  throw new Error('not written yet');
}
