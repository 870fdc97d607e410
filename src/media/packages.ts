/** App packages that SDKs are built for: each is downloaded in the background, and its name is what the build keeps of it. */

import type { Options } from '../config/options.js';
import type { Packages } from '../gateway/context.js';
import type { Store } from '../store/store.js';
import { packageName } from './app-package/package-name.js';
import { download } from './download.js';

export interface PackagesDeps {
  readonly options: Options;
  storeOf(account: string): Store;
}

const BOUNDS = { maxBytes: 300 * 1024 * 1024, timeoutMs: 60_000 };
/** Each holds a whole package in memory. What finds no room begins when its build is asked for. */
const MAX_UNDER_WAY = 2;

export interface PackageService {
  packagesOf(account: string): Packages;
  /** Ends what is under way; a build it was for begins again after the next start. */
  close(): void;
}

export function createPackages({ options, storeOf }: PackagesDeps): PackageService {
  const underWay = new Set<string>();
  const closing = new AbortController();

  async function look(account: string, taskId: string, appUrl: string): Promise<void> {
    const builds = storeOf(account).builds;
    const done = await download(appUrl, options.fetch, { ...BOUNDS, until: closing.signal });
    if (closing.signal.aborted) return;
    const build = await builds.find(taskId);
    if (!build) return;
    await builds.settle(taskId, 'refused' in done ? done : await packageName(done.bytes, build.platform));
  }

  return {
    packagesOf: (account) => ({
      fetched: true,
      begin(taskId, appUrl) {
        if (underWay.has(taskId) || underWay.size >= MAX_UNDER_WAY) return;
        underWay.add(taskId);
        look(account, taskId, appUrl)
          // the database was closed meanwhile; the build begins again when the next start is asked for it
          .catch(() => undefined)
          .finally(() => underWay.delete(taskId));
      },
    }),
    close: () => closing.abort(),
  };
}
