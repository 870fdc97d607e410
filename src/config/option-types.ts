/** What can be set, once it is read. */
import type { AccessKey } from '../gateway/accounts.js';
import type { ErrorSource } from '../gateway/failure.js';
import { InputError } from '../platform/input-error.js';
import type { DriverName } from '../store/drivers/load.js';
import type { Progression } from '../verification/progression.js';

/** A setting is wrong: the message names it and what it may be. */
export class OptionError extends InputError {
  override readonly name = 'OptionError';
}

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly db: string;
  readonly driver: 'auto' | DriverName;
  readonly accessKeys: readonly AccessKey[];
  readonly signature: 'strict' | 'warn' | 'off';
  readonly device: Progression;
  readonly sdkBuild: Progression;
  /** `default` holds for accounts without an entry of their own. */
  readonly safCodes: Readonly<Record<string, 'detailed' | 'unified'>>;
  readonly failureLimit: number;
  readonly methods: 'documented' | 'any';
  readonly errors: ErrorSource;
  readonly seed: string | undefined;
  readonly log: 'pretty' | 'json' | 'silent';
  /** Names of scenarios that come with the package, or files. */
  readonly scenario: readonly string[];
  readonly adminToken: string | undefined;
  readonly allowedHosts: readonly string[];
  /** What may be downloaded when a call names an address: pictures and app packages. */
  readonly fetch: 'none' | 'loopback' | 'public';
  readonly maxObjectBytes: number;
  readonly redirectHosts: readonly string[];
  /** Read the files of `scenario` again when they change. */
  readonly watch: boolean;
  /** The command prints JSON, for a program. */
  readonly json: boolean;
}
