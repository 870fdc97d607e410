/** What a handler may use: its account's store and clock, ids, addresses, and its own documented errors. */
import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import type { Store } from '../store/store.js';
import type { Outcome } from '../verification/outcome.js';
import type { Progression } from '../verification/progression.js';
import type { ErrorTable } from './errors.js';
import type { Method } from './operation.js';
import type { Urls } from './urls.js';

/** Options a handler reads, as they hold for the calling account. */
export interface Behaviour {
  /** When a simulated person finishes a verification nobody else concluded. */
  readonly device: Progression;
  /** When an SDK build is ready. */
  readonly sdkBuild: Progression;
  readonly safCodes: 'detailed' | 'unified';
  /** Failed verifications of one certNumber within 24 h of business time before init answers 540; 0 = never. */
  readonly failureLimit: number;
}

export interface Context<E extends ErrorTable = ErrorTable> {
  readonly account: string;
  readonly method: Method;
  readonly store: Store;
  /** The account's business clock: tokens, builds and sessions live by it. Signatures do not. */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly urls: Urls;
  readonly behaviour: Behaviour;
  /** How a scenario wants the verification this call is about to end. */
  readonly outcome?: Outcome;
  /** Raises a documented error of this operation; an undocumented code does not compile. */
  fail(code: keyof E & string, values?: Record<string, string>, hint?: string): never;
  /** Says something about this answer in the log and the hint header: ASCII, short. */
  note(hint: string): void;
}
