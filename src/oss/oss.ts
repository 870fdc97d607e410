/** OSS: which operation a call is, whether it may be done, and its answer. */
import type { Clock } from '../clock.js';
import type { Accounts } from '../gateway/accounts.js';
import type { Ids } from '../ids.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
import type { OssReply, OssRequest } from './message.js';
import type { ObjectStore } from './object-store.js';

export interface OssDeps {
  readonly accounts: Accounts;
  readonly ids: Ids;
  readonly wallClock: Clock;
  readonly directory: Directory;
  readonly objects: ObjectStore;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
}

export interface Oss {
  handle(request: OssRequest): Promise<OssReply>;
}

export function createOss(_deps: OssDeps): Oss {
  throw new Error('not written yet');
}
