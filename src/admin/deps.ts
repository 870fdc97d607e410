/** What the routes of the control side get. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Control } from '../control/verbs.js';
import type { Accounts } from '../gateway/accounts.js';
import type { PhoneDeps } from '../pages/phone/routes.js';
import type { Person } from '../verification/people.js';

export interface AdminDeps {
  readonly control: Control;
  readonly guard: PhoneDeps['reach'];
  /** Of one's own. */
  readonly people: readonly Person[];
  /** Whose an AccessKeyId is. */
  readonly callerOf: Accounts;
  baseUrl(): string;
  /** The certificate of the CA, PEM; undefined without https. */
  ca(): string | undefined;
}

export type Env = {
  Bindings: { incoming?: IncomingMessage & { rawHost?: string } };
  /** `own`: the account whose token the caller holds; absent where they may see every account. */
  Variables: { own?: string };
};

/** The same, and whose verbs a call means. */
export interface RoutesDeps extends AdminDeps {
  /** `?account=` takes an AccessKeyId, or the account's own name. */
  shownAccount(c: Context): string;
  /** @throws ControlError when nobody has called by that name */
  accountOf(c: Context): string;
}
