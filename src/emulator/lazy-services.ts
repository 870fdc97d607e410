/**
 * What only some calls need, each loaded by the first of them: objects, OSS, pages, pictures, app packages. Composed
 * here, beside the gateway, so that a start reads none of it.
 */

import type { Options } from '../config/options.js';
import type { Control } from '../control/verbs.js';
import type { Accounts } from '../gateway/accounts.js';
import type { Packages, Photos } from '../gateway/context.js';
import type { RawIncoming } from '../gateway/request.js';
import type { PackageService } from '../media/packages.js';
import type { OssReply, OssRequest } from '../oss/message.js';
import type { ObjectStore } from '../oss/object-store.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import type { Database } from '../store/database.js';
import { type Directory, directory } from '../store/directory.js';
import type { Store } from '../store/store.js';

export interface House {
  readonly options: Options;
  readonly database: Database;
  readonly accounts: Accounts;
  readonly ids: Ids;
  readonly wallClock: Clock;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  control(): Control;
  /** A call as a client would send it, answered in process. */
  call(request: Request): Promise<Response>;
}

export interface Services {
  readonly directory: Directory;
  objects(): Promise<ObjectStore>;
  photosOf(account: string): Photos;
  packagesOf(account: string): Packages;
  oss(request: OssRequest): Promise<OssReply>;
  pages(request: Request, incoming?: RawIncoming): Promise<Response>;
  close(): Promise<void>;
}

/** Makes it at the first call, and once. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error) => {
      made = undefined;
      throw error;
    }));
};

export function createServices(house: House): Services {
  const { options, database } = house;
  const folder = options.db === ':memory:' ? undefined : `${options.db}.objects`;
  let kept: ObjectStore | undefined;
  let looking: Promise<PackageService> | undefined;
  const objects = once(async () => {
    const { createObjectStore } = await import('../oss/object-store.js');
    const made = createObjectStore({ ...house, folder, maxBytes: options.maxObjectBytes });
    kept = made;
    return made;
  });
  const oss = once(async () => {
    const { createOss } = await import('../oss/oss.js');
    return createOss({ ...house, directory: services.directory, objects: await objects() });
  });
  const photos = once(async () => {
    const { createPhotos } = await import('../media/photos.js');
    return createPhotos({ ...house, objects: await objects() });
  });
  const packages = once(async () => {
    const { createPackages } = await import('../media/packages.js');
    return createPackages(house);
  });
  const pages = once(async () => {
    const { createPages } = await import('../pages/routes.js');
    return createPages({ ...house, directory: services.directory, objects: await objects() });
  });
  const services: Services = {
    directory: directory(database),
    objects,
    photosOf: (account) => ({
      refuse: async (...args) => (await photos())(account).refuse(...args),
      keep: async (...args) => (await photos())(account).keep(...args),
      address: async (...args) => (await photos())(account).address(...args),
      frame: async (...args) => (await photos())(account).frame(...args),
    }),
    packagesOf: (account) => ({
      fetched: options.fetch !== 'none',
      begin(taskId, appUrl) {
        if (options.fetch === 'none') return;
        looking = packages();
        void looking.then((found) => found.packagesOf(account).begin(taskId, appUrl));
      },
    }),
    oss: async (request) => (await oss()).handle(request),
    pages: async (request, incoming) => (await pages()).fetch(request, { incoming }),
    async close() {
      (await looking)?.close();
      await kept?.close();
    },
  };
  return services;
}
