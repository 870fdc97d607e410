/**
 * What only some calls need, each loaded by the first of them: objects, OSS, pages, pictures, app packages. Composed
 * here, beside the gateway, so that a start reads none of it.
 */

import type { Options } from '../config/options.js';
import type { Journal } from '../control/journal.js';
import type { Control } from '../control/verbs.js';
import type { Accounts } from '../gateway/accounts.js';
import type { Callers } from '../gateway/callers.js';
import type { Packages, Photos } from '../gateway/context.js';
import type { RawIncoming } from '../gateway/request.js';
import type { PackageService } from '../media/packages.js';
import type { OssReply, OssRequest } from '../oss/message.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { CallbackService } from '../outgoing/callbacks.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import { lazy } from '../platform/lazy.js';
import { owedCallbacks } from '../store/callbacks.js';
import type { Database } from '../store/database.js';
import type { Directory } from '../store/directory.js';
import type { StoredBytes } from '../store/postgres/bytes.js';
import type { States } from '../store/states.js';
import type { Store } from '../store/store.js';
import type { People } from '../verification/people.js';
import { ClosedError } from './lifecycle.js';
import type { OpenDatabase } from './open-database.js';

export interface ServicesDeps {
  readonly options: Options;
  readonly people: People;
  readonly database: Database;
  /** Where the bytes of objects are kept. Neither: in memory. */
  readonly folder?: string | undefined;
  readonly bytes?: StoredBytes | undefined;
  /** Present where others use the database too. */
  readonly hear?: OpenDatabase['hear'];
  readonly directory: Directory;
  readonly states: States;
  readonly accounts: Accounts;
  readonly callers: Callers;
  readonly ids: Ids;
  readonly wallClock: Clock;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  control(): Promise<Control>;
  boundUrl(secure: boolean): string | undefined;
  /** Says something in the log. */
  tell(message: string): void;
  ca(): string | undefined;
  /** Something beside the calls, for the journal. */
  note: Journal['note'];
  /** A call as a client would send it, answered in process. */
  call(request: Request): Promise<Response>;
}

export interface Services {
  objects(): Promise<ObjectStore>;
  photosOf(account: string): Photos;
  packagesOf(account: string): Packages;
  callbacks(): Promise<CallbackService>;
  /** Loads nothing where nobody was to be called. */
  resetCallbacks(account: string): Promise<void>;
  oss(request: OssRequest): Promise<OssReply>;
  pages(request: Request, incoming?: RawIncoming): Promise<Response>;
  close(): Promise<void>;
}

export function createServices(deps: ServicesDeps): Services {
  const { options, database } = deps;
  let kept: ObjectStore | undefined;
  let calling: Promise<CallbackService> | undefined;
  let looking: Promise<PackageService> | undefined;
  const objects = lazy(
    () => import('../oss/object-store.js'),
    ({ createObjectStore }) => {
      const made = createObjectStore({
        ...deps,
        isState: (key) => deps.states.accountOf(key) !== undefined,
        maxBytes: options.maxObjectBytes,
        others: deps.hear && deps.wallClock,
      });
      kept = made;
      return made;
    },
  );
  const oss = lazy(
    () => import('../oss/oss.js'),
    async ({ createOss }) => createOss({ ...deps, objects: await objects() }),
  );
  const photos = lazy(
    () => import('../media/photos.js'),
    async ({ createPhotos }) => createPhotos({ ...deps, objects: await objects() }),
  );
  const packages = lazy(
    () => import('../media/packages.js'),
    ({ createPackages }) => createPackages(deps),
  );
  const callbacks = lazy(
    () => import('../outgoing/callbacks.js'),
    ({ createCallbacks }) => createCallbacks({ ...deps, owed: owedCallbacks(database, deps.states) }),
  );
  const pages = lazy(
    () => import('../pages/routes.js'),
    async ({ createPages }) => {
      const control = await deps.control();
      return createPages({ ...deps, control: () => control, objects: await objects() });
    },
  );
  const services: Services = {
    objects,
    photosOf: (account) => ({
      refuse: async (...args) => (await photos())(account).refuse(...args),
      contrast: async (...args) => (await photos())(account).contrast(...args),
      look: async (...args) => (await photos())(account).look(...args),
      keep: async (...args) => (await photos())(account).keep(...args),
      address: async (...args) => (await photos())(account).address(...args),
      submitted: async (...args) => (await photos())(account).submitted(...args),
      forget: async (...args) => (await photos())(account).forget(...args),
      frame: async (...args) => (await photos())(account).frame(...args),
    }),
    packagesOf: (account) => ({
      fetched: options.fetch !== 'none',
      begin(taskId, appUrl) {
        if (options.fetch === 'none') return;
        looking = packages();
        // what could not be loaded begins when the next call asks for the build
        looking.then((found) => found.packagesOf(account).begin(taskId, appUrl)).catch(() => {});
      },
    }),
    callbacks() {
      calling = callbacks();
      return calling;
    },
    async resetCallbacks(account) {
      (await calling?.catch(() => undefined))?.reset(account);
    },
    oss: async (request) => (await oss()).handle(request),
    pages: async (request, incoming) => (await pages()).fetch(request, { incoming }),
    async close() {
      (await calling?.catch(() => undefined))?.close(new ClosedError());
      (await looking?.catch(() => undefined))?.close();
      await kept?.close();
    },
  };
  return services;
}
