/** App packages that SDKs are built for. */
import type { Packages } from './gateway/context.js';
import type { Options } from './options.js';
import type { Store } from './store/store.js';

export interface PackagesDeps {
  readonly options: Options;
  storeOf(account: string): Store;
}

export function createPackages(_deps: PackagesDeps): (account: string) => Packages {
  return () => ({ begin() {} });
}
