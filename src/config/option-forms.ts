/** Options as the programmatic API takes them: what the command line would hold, or the value itself. Editors complete them. */
import type { AccessKey } from '../gateway/accounts.js';
import type { Person } from '../verification/people.js';
import type { Progression } from '../verification/progression.js';
import type { DeclaredSceneId } from '../verification/scene-id.js';
import type { DeclaredScene } from '../verification/solutions.js';
import type { AccountToken, Options } from './option-types.js';

type Names = string | readonly string[];
type Numeral = number | string;
/** Texts are read and judged at once; an editor completes those there are, and an object made elsewhere needs no `as const`. */
type OneOf<Known extends string> = Known | (string & {});
type Coming<End extends string> = OneOf<'auto' | 'immediate' | 'after:30s' | 'polls:2' | End> | Progression;
type SafCodes = 'detailed' | 'unified';
type Keys = string | readonly (string | AccessKey)[];
type AccountTokens = string | readonly (string | AccountToken)[];
type PersonForm = Omit<Person, 'outcome'> & { readonly outcome: OneOf<'pass' | 'fail' | 'quit'> | Person['outcome'] };
type People = string | readonly (string | PersonForm)[];
type SceneIds = string | number | readonly (string | number | DeclaredSceneId)[];
type Scenes = string | readonly (string | DeclaredScene)[];

export interface GivenOptions {
  /** Port that `listen()` opens; 0 takes any free one. Default 4520. */
  readonly port?: Numeral;
  /** Address that `listen()` binds. Default `127.0.0.1`. */
  readonly host?: string;
  /** Opens a port for https as well, with certificates of a CA of this user's; see `mock.https`. Default `false`. */
  readonly https?: boolean | string;
  /** The port for https; 0 takes any free one. Default 4543. */
  readonly httpsPort?: Numeral;
  /** Folder the CA of `https` and `proxy` is kept in. Default: where this user's programs keep their data. */
  readonly dataDir?: string | undefined;
  /** Opens a forward proxy that answers for the vendor's hosts; see `mock.proxy`. Default `false`. */
  readonly proxy?: boolean | string;
  /** The port of the proxy; 0 takes any free one. Default 4580. */
  readonly proxyPort?: Numeral;
  /** Whether the proxy leads to other public hosts or refuses them. Default `off`. */
  readonly proxyPassthrough?: OneOf<Options['proxyPassthrough']>;
  /** Base of the addresses handed out, e.g. behind a proxy. */
  readonly publicUrl?: string | undefined;
  /** SQLite file that keeps state across restarts, or `postgres://USER:PASSWORD@HOST/DATABASE`. Default `:memory:`. */
  readonly db?: string;
  /** What runs SQLite. Default `auto`: better-sqlite3 where it loads, else SQLite as WebAssembly. */
  readonly driver?: OneOf<Options['driver']>;
  /** Of the command “start” alone: an emulator in this process is one. Default 1. */
  readonly workers?: Numeral;
  /** Further key pairs: `ID:SECRET[:TOKEN][@ACCOUNT]`, or objects. */
  readonly accessKeys?: Keys;
  /** The same as `accessKeys`. */
  readonly accessKey?: Keys;
  /** Let in only keys that are known, or any: where the secret is not known, no signature is checked. Default `known`. */
  readonly keys?: OneOf<Options['keys']>;
  /** Refuse, only report, or skip the check of signature, timestamp and nonce. Default `strict`. */
  readonly signature?: OneOf<Options['signature']>;
  /** When the simulated person finishes a verification: `polls:2` after two questions, `after:30s`, `manual` never. Default `auto`. */
  readonly device?: Coming<'manual'>;
  /** When an SDK build is ready. Default `polls:1`. */
  readonly sdkBuild?: Coming<'fail'>;
  /** SAF return codes: the detailed tables, or the unified ones; `MODE@ACCOUNT`, or modes by account, for some of them. */
  readonly safCodes?: OneOf<SafCodes> | readonly string[] | Options['safCodes'];
  /** Failed face verifications of one certNumber in 24 h before init answers 540; 0 = never. Default 5. */
  readonly failureLimit?: Numeral;
  /** Failed financial-grade verifications of one CertNo in a day before InitFaceVerify answers 418; 0 = never. Default 20. */
  readonly dailyFailureLimit?: Numeral;
  /** Refuse GET where the page says POST only, or take both. Default `documented`. */
  readonly methods?: OneOf<Options['methods']>;
  /** Calls of one operation that an account may make in a second: any, as many as the vendor's pages say, or a number. Default `off`. */
  readonly qps?: OneOf<'off' | 'documented'> | number;
  /** Refuse a Version that no source of the vendor knows, or let the nearest one answer. Default `known`. */
  readonly versions?: OneOf<Options['versions']>;
  /** Gateway errors of Cloudauth as the documents print them, or as replies of the live gateway were recorded. Default `documents`. */
  readonly errors?: OneOf<Options['errors']>;
  /** @deprecated now `errors`: 'seed' is 'documents', 'popgw' is 'gateway' */
  readonly unknownAction?: OneOf<'popgw' | 'seed'>;
  /** Makes ids repeatable: the same text, the same ids. */
  readonly seed?: string | number | undefined;
  /** Of the command; does nothing here. */
  readonly log?: OneOf<Options['log']>;
  /** Events of an account that are kept for `requests()` and `events()`. Default 1000. */
  readonly journal?: Numeral;
  /** Verifications of an account that are kept once they are over, and keys, builds and unfinished uploads likewise; 0 keeps all. Default 100000. */
  readonly keep?: Numeral;
  /** Names of scenarios that come with the package, or files. */
  readonly scenario?: Names;
  /** Test people of your own: `WHO=OUTCOME`, or objects; an outcome is `pass`, `fail`, `fail:REASON` or `quit`. */
  readonly people?: People;
  /** The same as `people`. */
  readonly person?: People;
  /** What every account has as if made in the vendor's console: `NAME[:Solution]`, or objects. */
  readonly scene?: Scenes;
  /** SceneIds of InitFaceVerify: `N[:ProductCode]`, numbers, or objects; with `scenes: 'declared'` any other answers 404. */
  readonly sceneId?: SceneIds;
  /** Take only what was declared or made, or anything. Default: a Biz has to be declared, and a SceneId may be any. */
  readonly scenes?: OneOf<NonNullable<Options['scenes']>> | undefined;
  /** What callers of `/_mock` must send as `Authorization: Bearer TOKEN`. */
  readonly adminToken?: string | undefined;
  /** Tokens that open `/_mock` for one account each: `ACCOUNT=TOKEN`, or objects. */
  readonly accountTokens?: AccountTokens;
  /** The same as `accountTokens`. */
  readonly accountToken?: AccountTokens;
  /** Further Hosts that may use `/_mock`. */
  readonly allowedHosts?: Names;
  /** The same as `allowedHosts`. */
  readonly allowedHost?: Names;
  /** Further origins of web pages that may call the gateway; `*` lets any. */
  readonly allowedOrigins?: Names;
  /** The same as `allowedOrigins`. */
  readonly allowedOrigin?: Names;
  /** Which addresses of pictures and app packages are downloaded. Default `none`. */
  readonly fetch?: OneOf<Options['fetch']>;
  /** Which CallbackUrls are called when a verification has passed or failed. Default `loopback`: those of this machine. */
  readonly callback?: OneOf<Options['callback']>;
  /** Further hosts that are called back, though their addresses be private. */
  readonly callbackHosts?: Names;
  /** The same as `callbackHosts`. */
  readonly callbackHost?: Names;
  /** How many bytes all uploaded objects together may hold: `512MB`. Default 1 GB. */
  readonly maxObjectBytes?: Numeral;
  /** Hosts the verification page may send the person to, beside those of this machine. */
  readonly redirectHosts?: Names;
  /** The same as `redirectHosts`. */
  readonly redirectHost?: Names;
  /** Reads the files of `scenario` again when they change. */
  readonly watch?: boolean | string;
  /** Of the command; does nothing here. */
  readonly json?: GivenOptions['watch'];
}
