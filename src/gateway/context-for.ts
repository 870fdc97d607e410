/** What an operation is given of a call: its account's store and clock, addresses of the caller's kind, and ways to answer. */
import type { Clock } from '../platform/clock.js';
import type { Hint, HintName } from '../platform/hint.js';
import type { Ids } from '../platform/ids.js';
import type { Database } from '../store/database.js';
import type { Store } from '../store/store.js';
import type { Admitted } from './common-params.js';
import type { Behaviour, Callbacks, Context, Packages, Photos } from './context.js';
import { ApiError } from './errors.js';
import type { Intervention } from './intervention.js';
import type { AnyOperation, Version } from './operation.js';
import { isForeignPage } from './origin.js';
import { isSecure, type RpcRequest } from './request.js';
import { createUrls } from './urls.js';
import type { Method } from './wire-format.js';

export interface ContextDeps {
  readonly ids: Ids;
  readonly publicUrl?: string;
  /** Where a port listens: that of https, or that of http. */
  boundUrl(secure: boolean): string | undefined;
  /** @param database the call's own way to the database, if it has one */
  storeOf(account: string, database?: Database): Store;
  clockOf(account: string): Clock;
  behaviourOf(account: string): Behaviour;
  photosOf(account: string): Photos;
  packagesOf(account: string): Packages;
  readonly callbacks: Callbacks;
  /** Hints that an account has been told once and for all. */
  notedOf(account: string): Set<HintName>;
}

export function contextFor(
  request: RpcRequest,
  { caller, nonce }: Admitted,
  version: Version,
  operation: AnyOperation,
  { outcome, counts, progression }: Intervention,
  deps: ContextDeps,
  hints: Hint[],
): Context {
  const behaviour = deps.behaviourOf(caller.account);
  return {
    account: caller.account,
    role: caller.role,
    method: request.method as Method,
    fromPage: isForeignPage(request.headers),
    store: deps.storeOf(caller.account, nonce?.database),
    clock: deps.clockOf(caller.account),
    ids: deps.ids,
    urls: createUrls(request, deps.publicUrl, deps.boundUrl(isSecure(request) && !request.socket?.byProxy)),
    photos: deps.photosOf(caller.account),
    packages: deps.packagesOf(caller.account),
    callbacks: deps.callbacks,
    behaviour: progression ? { ...behaviour, device: progression, sdkBuild: progression } : behaviour,
    outcome,
    counts,
    note: (hint) => hints.push(hint),
    noteOnce(hint) {
      const noted = deps.notedOf(caller.account);
      if (!noted.has(hint)) hints.push(hint);
      noted.add(hint);
    },
    fail(code, values, hint) {
      throw new ApiError(code, operation.errors[code] ?? version.dialect.commonErrors[code], values, hint);
    },
  };
}
