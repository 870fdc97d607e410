/** What a handler may use: its account's store and clock, ids, addresses, and its own documented errors. */
import type { Clock } from '../platform/clock.js';
import type { Hint, HintName } from '../platform/hint.js';
import type { Ids } from '../platform/ids.js';
import type { Store } from '../store/store.js';
import type { Outcome } from '../verification/outcome.js';
import type { People } from '../verification/people.js';
import type { Progression } from '../verification/progression.js';
import type { DeclaredSceneId } from '../verification/scene-id.js';
import type { ErrorTable } from './errors.js';
import type { Urls } from './urls.js';
import type { Method } from './wire-format.js';

/** Options a handler reads, as they hold for the calling account. */
export interface Behaviour {
  /** When a simulated person finishes a verification nobody else concluded. */
  readonly device: Progression;
  /** When an SDK build is ready. */
  readonly sdkBuild: Progression;
  readonly safCodes: 'detailed' | 'unified';
  /** Failed verifications of one certNumber within 24 h of business time before init answers 540; 0 = never. */
  readonly failureLimit: number;
  /** Failed financial-grade verifications of one CertNo in a day, of Beijing, before InitFaceVerify answers 418; 0 = never. */
  readonly dailyFailureLimit: number;
  /** The scenes of financial-grade verification that were declared. */
  readonly sceneIds: readonly DeclaredSceneId[];
  /** There are no others. */
  readonly onlyDeclaredSceneIds: boolean;
  /** Of one's own. */
  readonly people: People;
}

/** Where a photo to compare a face with is. */
export type ContrastPhoto =
  | { readonly base64: string }
  | { readonly url: string }
  | { readonly bucket: string; readonly key: string }
  /** The address of what an SDK has uploaded; a video as well. */
  | { readonly uploaded: string };

/** Pictures as operations meet them: text that names one, or holds it. */
export interface Photos {
  /** @param call base64 needs POST, and for a page nothing is fetched. @returns why it is none that can be used, in ASCII; undefined when it is one */
  refuse(value: unknown, call: Pick<Context, 'method' | 'fromPage'>): Promise<string | undefined>;
  /** The same of a photo to compare a face with. */
  contrast(photo: ContrastPhoto, fromPage: boolean): Promise<string | undefined>;
  /** What an object that a value names begins with, and its size in bytes; undefined for what is none, or not here. */
  look(value: string): Promise<{ readonly start: Uint8Array; readonly size: number } | undefined>;
  /** Keeps what is only held in a call, so that it can be looked at later. @returns the value to store: an `oss://` address where it was base64 */
  keep(name: string, value: string): Promise<string>;
  /**
   * An address where it can be seen for an hour of business time, or as long as is said.
   * @param value as {@link keep} returned it; undefined for a picture nobody handed in: a drawn face stands in
   */
  address(name: string, value: string | undefined, urls: Urls, seconds?: number): Promise<string>;
  /**
   * The picture a person submitted for a CertifyId, stored under the name the vendor gives it; a drawn face where no
   * camera took one. Its address is good for 15 minutes of business time. @throws StoreFullError
   */
  submitted(
    certifyId: string,
    urls: Urls,
  ): Promise<{ readonly bucket: string; readonly key: string; readonly address: string }>;
  /** Removes the picture a person submitted for a CertifyId. */
  forget(certifyId: string): Promise<void>;
  /** The frame a person's camera gave on the page of a SAF session; undefined when there was none. */
  frame(sessionId: string): Promise<Uint8Array | undefined>;
}

/** App packages that SDKs are built for. */
export interface Packages {
  /** Whether packages are downloaded; if not, an SDK is built for whatever address was given. */
  readonly fetched: boolean;
  /** Starts the download of a package, unless it is running or not allowed. Returns at once. */
  begin(taskId: string, appUrl: string): void;
}

/** Addresses that a verification calls when it has ended. */
export interface Callbacks {
  /** Asks at the address whether anybody answers. @returns undefined when somebody does */
  check(url: string): Promise<CallbackProblem | undefined>;
}

/** `not-allowed`: it was not asked, and it will not be called. */
export interface CallbackProblem {
  readonly kind: 'malformed' | 'not-allowed' | 'unreachable';
  /** One of the reasons in hint-texts.ts. */
  readonly why: string;
}

export interface Context<E extends ErrorTable = ErrorTable> {
  readonly account: string;
  /** The session of a role that calls, `acs:ram::<uid>:role/<role>/<session>`; absent for a key of the account's own. */
  readonly role?: string;
  readonly method: Method;
  /**
   * A web page of another origin makes the call. Any page may, since the default keys are public; so no address is fetched
   * for it.
   */
  readonly fromPage: boolean;
  readonly store: Store;
  /** The account's business clock: tokens, builds and sessions live by it. Signatures do not. */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly urls: Urls;
  readonly photos: Photos;
  readonly packages: Packages;
  readonly callbacks: Callbacks;
  readonly behaviour: Behaviour;
  /** How a scenario wants the verification this call is about to end. */
  readonly outcome?: Outcome;
  /** Whether a failure so ordered counts towards a failure limit. */
  readonly counts?: boolean;
  /** Raises a documented error of this operation; an undocumented code does not compile. */
  fail(code: keyof E & string, values?: Record<string, string>, hint?: Hint): never;
  /** Says something about this answer in the log and the hint header. */
  note(hint: Hint): void;
  /** The same, in one answer of the account only. */
  noteOnce(hint: HintName): void;
}
