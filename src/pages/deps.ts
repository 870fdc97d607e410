/** What every page gets. */
import type { Options } from '../config/options.js';
import type { Journal } from '../control/journal.js';
import type { Control } from '../control/verbs.js';
import type { Accounts } from '../gateway/accounts.js';
import type { RawIncoming } from '../gateway/request.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
import type { People } from '../verification/people.js';

export interface PagesDeps {
  readonly options: Options;
  /** Of one's own. */
  readonly people: People;
  readonly ids: Ids;
  readonly directory: Directory;
  readonly objects: ObjectStore;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  control(): Control;
  readonly wallClock: Clock;
  /** Something beside the calls, for the journal. */
  note: Journal['note'];
  readonly accounts: Accounts;
  /** The gateway, in process: for the merchant of the example. */
  call(request: Request): Promise<Response>;
}

/** `own`: the account whose token the caller of the control side holds; absent where they may see every account. */
export type PagesEnv = { Bindings: { incoming?: RawIncoming; own?: string } };
