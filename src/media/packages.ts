/** Downloads the app packages that SDKs are built for, in the background. Of a package only its name is kept. */

import type { Options } from '../config/options.js';
import type { Packages } from '../gateway/context.js';
import type { Store } from '../store/store.js';
import { packageName } from './app-package/package-name.js';
import { download } from './download.js';

export interface PackagesDeps {
  readonly options: Options;
  /** PEM of the emulator's own CA, whose addresses may come back. */
  ca(): string | undefined;
  storeOf(account: string): Store;
}

const BOUNDS = { maxBytes: 300 * 1024 * 1024, timeoutMs: 60_000 };
/** Each holds a whole package in memory. A download that has to wait begins when somebody asks for its build. */
const MAX_UNDER_WAY = 2;

export interface PackageService {
  packagesOf(account: string): Packages;
  /** Ends running downloads; after the next start they begin again when somebody asks for their build. */
  close(): void;
}

export function createPackages({ options, ca, storeOf }: PackagesDeps): PackageService {
  const underWay = new Set<string>();
  const closing = new AbortController();

  async function look(account: string, taskId: string, appUrl: string): Promise<void> {
    const builds = storeOf(account).builds;
    const done = await download(appUrl, options.fetch, { ...BOUNDS, until: closing.signal, ca: ca() });
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
          // the database was closed meanwhile; after the next start the download begins again
          .catch(() => undefined)
          .finally(() => underWay.delete(taskId));
      },
    }),
    close: () => closing.abort(),
  };
}
