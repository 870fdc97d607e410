/** What can be set, once it is read. */
import type { AccessKey } from '../gateway/accounts.js';
import type { ErrorSource } from '../gateway/failure.js';
import { InputError } from '../platform/input-error.js';
import type { DriverName } from '../store/drivers/load.js';
import type { Person } from '../verification/people.js';
import type { Progression } from '../verification/progression.js';
import type { DeclaredSceneId } from '../verification/scene-id.js';
import type { DeclaredScene } from '../verification/solutions.js';

/** A setting is wrong: the message names it and what it may be. */
export class OptionError extends InputError {
  override readonly name = 'OptionError';
}

/** Opens the control side for one account. */
export interface AccountToken {
  /** The account's name, or one of its AccessKeyIds. */
  readonly account: string;
  readonly token: string;
}

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly https: boolean;
  readonly httpsPort: number;
  /** Of the CA; undefined: where this user's programs keep theirs. */
  readonly dataDir: string | undefined;
  /** A forward proxy for the vendor's hosts. */
  readonly proxy: boolean;
  readonly proxyPort: number;
  /** Whether the proxy leads to other public hosts. */
  readonly proxyPassthrough: 'on' | 'off';
  readonly db: string;
  readonly driver: 'auto' | DriverName;
  /** Processes of the command that are one emulator. */
  readonly workers: number;
  readonly accessKeys: readonly AccessKey[];
  /** Whether only keys that are declared are let in, or anybody's. */
  readonly keys: 'known' | 'any';
  readonly signature: 'strict' | 'warn' | 'off';
  readonly device: Progression;
  readonly sdkBuild: Progression;
  /** `default` holds for accounts without an entry of their own. */
  readonly safCodes: Readonly<Record<string, 'detailed' | 'unified'>>;
  readonly failureLimit: number;
  readonly dailyFailureLimit: number;
  readonly methods: 'documented' | 'any';
  /** Calls of one operation that an account may make in a second: as the vendor's pages say, or so many. */
  readonly qps: 'off' | 'documented' | number;
  /** Whether a Version nobody knows is answered by the nearest one. */
  readonly versions: 'known' | 'any';
  readonly errors: ErrorSource;
  readonly seed: string | undefined;
  readonly log: 'pretty' | 'json' | 'silent';
  /** Events of an account that are kept. */
  readonly journal: number;
  /** Verifications of an account that are kept once they are over, and other things likewise; 0: all. */
  readonly keep: number;
  /** Names of scenarios that come with the package, or files. */
  readonly scenario: readonly string[];
  /** Whoever carries the name or number of one ends his verifications so. */
  readonly people: readonly Person[];
  /** What applications made in the vendor's console: every account has them. */
  readonly scene: readonly DeclaredScene[];
  /** Scenes of financial-grade verification. */
  readonly sceneId: readonly DeclaredSceneId[];
  /** What has to be declared or made, or may be any; unless said, a Biz has to be, and a SceneId may be any. */
  readonly scenes: 'declared' | 'any' | undefined;
  readonly adminToken: string | undefined;
  /** Tokens that open the control side for one account each. */
  readonly accountTokens: readonly AccountToken[];
  readonly allowedHosts: readonly string[];
  /** Web pages that may call the gateway beside those of this machine; `*`: any. */
  readonly allowedOrigins: readonly string[];
  /** What may be downloaded when a call names an address: pictures and app packages. */
  readonly fetch: 'none' | 'loopback' | 'public';
  /** Which CallbackUrls are called when a verification has ended. */
  readonly callback: 'off' | 'loopback' | 'public';
  /** Hosts that are called whatever `callback` allows, and may have private addresses. */
  readonly callbackHosts: readonly string[];
  readonly maxObjectBytes: number;
  readonly redirectHosts: readonly string[];
  /** Read the files of `scenario` again when they change. */
  readonly watch: boolean;
  /** The command prints JSON, for a program. */
  readonly json: boolean;
}

export interface Setting<T> {
  /** `--flag`; its environment variable is `CLOUDAUTH_MOCK_FLAG`. */
  readonly flag: string;
  /** What its value is called; empty for a switch, which is on when its flag stands there. */
  readonly value: string;
  readonly default: string;
  readonly en: string;
  readonly zh: string;
  readonly repeatable?: boolean;
  /** Whether a value of it names a file or folder: in a config file that is relative to the config file. */
  readonly isFile?: (value: string) => boolean;
  /** A flag of an earlier build that is still read, and what its words are called now. */
  readonly formerly?: { readonly flag: string; readonly words: ReadonlyMap<string, string> };
  /** @throws InputError with what is wrong */
  read(values: readonly string[]): T;
  /** Checks a value that is no text, where the programmatic API takes one. @throws InputError with what is wrong */
  check?(value: unknown): T;
  /** Of what holds a secret: as much as may be printed. */
  masked?(value: T): string | readonly string[];
}
