/** The programmatic API: what a user's test sees of an emulator. {@link createCloudauthMock} makes one. */

import type { GivenOptions } from '../config/option-forms.js';
import type { Bill } from '../control/billing.js';
import type { AccountView, Connection } from '../control/desk-view.js';
import type { SnapshotDifference } from '../control/difference.js';
import type { MockEvent } from '../control/events.js';
import type { JournalEntry } from '../control/journal-entry.js';
import type { NeverFired } from '../control/never-fired.js';
import type { Snippet } from '../control/snippets.js';
import type {
  ListOptions,
  NamedScenario,
  RuleView,
  Verdict,
  VerificationDetail,
  VerificationView,
} from '../control/verbs.js';
import type { AccountOption, Verifications } from '../control/verifications.js';
import type { CallbackEntry } from '../outgoing/callback-journal.js';
import type { Clock } from '../platform/clock.js';
import type { Coverage } from '../scenarios/coverage.js';
import type { FurtherFailures } from '../scenarios/intervene.js';
import type {
  ErrorCode,
  ErrorCodeOf,
  OperationPattern,
  OrNumber,
  ReasonOf,
  Scenario,
  ScenarioRule,
} from '../scenarios/words.js';

/**
 * Options of {@link createCloudauthMock}: those of the CLI in camelCase, as text or as parsed values. `log` and `json` shape
 * what the command prints; here they do nothing.
 */
export type MockOptions = GivenOptions & {
  /** The wall clock: signatures are judged by it and the business clocks start from it. */
  readonly clock?: Clock;
};

/** A port, and what its clients have to trust, as PEM and as a file. */
interface Reached {
  readonly url: string;
  readonly ca: string;
  readonly caFile: string;
}

/** Every method rejects with ClosedError once `close` has been called; `failNext` throws it. */
export interface CloudauthMock extends AsyncDisposable {
  /** Where it answers: the bound address, else `publicUrl`, else the vendor's host that `fetch` stands in for. */
  readonly url: string;
  /** With the option `https`, once it listens. */
  readonly https: Reached | undefined;
  /** With the option `proxy`, likewise: a client that goes through it reaches the emulator by the vendor's names. */
  readonly proxy: Reached | undefined;
  /**
   * Answers one request in process; no port is opened. Rejects as `fetch` does: with the reason of the request's signal, or
   * with TypeError where a scenario breaks the connection.
   */
  fetch(request: Request): Promise<Response>;
  /** Opens the port of the options; a second call keeps to the port that is open. @throws NodeJS.ErrnoException, such as `EADDRINUSE`; StorageError; ScenarioError */
  listen(): Promise<CloudauthMock>;
  /** The business clock of an account; signatures keep to the wall clock. */
  readonly clock: {
    /** @param duration e.g. `'31m'`; a number is milliseconds */
    advance(duration: string | number, options?: AccountOption): Promise<void>;
    /** @param instant ISO 8601, or ms since the epoch */
    set(instant: string | number, options?: AccountOption): Promise<void>;
    /** It stands still until thawed with `false`. */
    freeze(frozen?: boolean, options?: AccountOption): Promise<void>;
    /** ms since the epoch */
    now(options?: AccountOption): Promise<number>;
  };
  readonly verifications: Verifications & {
    /** With its page and its timeline. By any name of it; of several with one name the latest. @throws ControlError when there is none */
    get(id: string, options?: AccountOption): Promise<VerificationDetail>;
    /** The latest first, 200 unless `limit` says otherwise; those of a search, `q`, in the order of their names. @throws ControlError */
    list(options?: ListOptions & AccountOption): Promise<VerificationView[]>;
    /** All of them, page by page. @throws ControlError */
    pages(options?: ListOptions & AccountOption): AsyncGenerator<VerificationView[], void>;
  };
  /** Rules for one account, written as in a scenario file: text, or the object it would hold. */
  readonly scenarios: {
    /** @returns how many rules were added. @throws ScenarioError */
    add(scenario: string | Scenario, options?: AccountOption): Promise<number>;
    clear(options?: AccountOption): Promise<void>;
    /** Those in force, with how often each matched and fired. */
    list(options?: AccountOption): Promise<RuleView[]>;
    /** Deletes one of the account's own, by its name in the list; of several with one name the latest. @throws ControlError */
    remove(name: string, options?: AccountOption): Promise<void>;
    /** One rule in the place of another; it counts from 0. @throws ScenarioError; ControlError */
    replace(name: string, scenario: string | Scenario, options?: AccountOption): Promise<void>;
    /** @param name of a rule, of a scenario, or of one that comes with the package: that is given to the account. @throws ControlError */
    on(name: string, options?: AccountOption): Promise<void>;
    /** They stay in the list and do nothing; one that comes with the package is taken away again. @throws ControlError */
    off(name: string, options?: AccountOption): Promise<void>;
    /** Those that come with the package. */
    catalogue(options?: AccountOption): Promise<NamedScenario[]>;
    /** Of rules that have not fired: the call that came closest, and what was different. At most 50. */
    neverFired(options?: AccountOption): Promise<NeverFired[]>;
  };
  /** What was called, oldest first; ID numbers, secrets and pictures are masked. */
  requests(
    filter?: {
      readonly operation?: OperationPattern;
      readonly code?: ErrorCode | 'ok' | (string & {});
      /** A trace id (`traceparent`), or at least its first eight characters. */
      readonly trace?: string;
    } & AccountOption,
  ): Promise<JournalEntry[]>;
  /**
   * Makes a call of the journal again: as it was sent, but signed anew with the secret of its key, a fresh nonce and time. No
   * client waits for its reply, so rules neither delay nor break it.
   * @param id as {@link requests} lists it @returns its own entry
   * @throws ControlError when there is none of that id, or it was larger than is kept
   */
  replay(id: number, options?: AccountOption): Promise<JournalEntry>;
  /**
   * What happens, as it happens: calls, uploads, callbacks, ends of verifications. First what the journal still holds, then
   * what comes; it ends when the emulator closes.
   * @param options `signal` ends it earlier; `after`: the `id` of an event, to go on behind it
   */
  events(
    options?: { readonly signal?: AbortSignal; readonly after?: string } & AccountOption,
  ): AsyncIterableIterator<MockEvent>;
  /** GETs to the CallbackUrl of verifications that have passed or failed, and those that would have been made. */
  readonly callbacks: {
    /** The latest, oldest first; ID numbers in their addresses are masked. */
    list(options?: AccountOption): Promise<CallbackEntry[]>;
    /**
     * The next one that is over, delivered or not: each is given once, the oldest first, and one that is still to come is waited
     * for. @param options `timeoutMs`: default 5000. @throws ControlError when none comes in time
     */
    next(options?: { readonly timeoutMs?: number } & AccountOption): Promise<CallbackEntry>;
  };
  /** Was it called as often as expected? `ok`, and a readable difference. */
  verify(
    expectation: Pick<ScenarioRule, 'on' | 'when'> & { readonly times?: number } & AccountOption,
  ): Promise<Verdict>;
  readonly snapshots: {
    /** @returns how many rows the account has */
    save(name: string, options?: AccountOption): Promise<number>;
    /** @throws ControlError when there is no snapshot of that name */
    restore(name: string, options?: AccountOption): Promise<number>;
    /** Names. */
    list(options?: AccountOption): Promise<string[]>;
    /** @throws ControlError when there is no snapshot of that name */
    delete(name: string, options?: AccountOption): Promise<void>;
    /**
     * What differs: counts by table, and of each the first 50 rows, masked. @param options `with`: a later snapshot; default: the
     * state there is now. @throws ControlError when there is no snapshot of that name
     */
    diff(name: string, options?: { readonly with?: string } & AccountOption): Promise<SnapshotDifference>;
    /**
     * Another account begins with that state, beside the old one: the same ids, the business clock, the objects.
     * @param other an AccessKeyId beginning LTAImock, or an account of `accessKeys`, without a state of its own
     * @returns how many rows it has. @throws ControlError
     */
    open(name: string, other: string, options?: AccountOption): Promise<number>;
  };
  /** Of each account there is: its keys, masked, how often it has called and how much it holds. At most 200. */
  accounts(): Promise<AccountView[]>;
  /** Address and key for a client, and how far one has come. Secrets of `accessKeys` are placeholders. */
  connection(options?: AccountOption): Promise<Connection>;
  /** The README's recipe for each SDK, with this address and key. */
  snippets(options?: AccountOption): Promise<Snippet[]>;
  /** Which documented outcomes have been seen, and which never. */
  coverage(options?: AccountOption): Promise<Coverage>;
  /** What the vendor would have billed since the account was reset, by operation, and by which rule. */
  billing(options?: AccountOption): Promise<Bill>;
  /**
   * The next call of an operation answers a documented error and changes nothing, or the SubCode of an information check.
   * Calls queue up.
   * @param operation `GetVerifyToken`, `face_verify.query`, or a full path such as `saf/2017-03-31/face_verify.query`
   * @param options `times`: so many calls, default 1; `delay`: `'500ms'`, `'2s'`, or milliseconds
   * @throws RangeError when there is no such operation, or it documents no such error
   */
  failNext<const Operation extends OperationPattern>(
    operation: Operation,
    code: OrNumber<ErrorCodeOf<Operation> | ReasonOf<Operation>>,
    options?: FurtherFailures & AccountOption,
  ): void;
  /** Forgets the account's state, ordered failures and clock; without an account, those of account `default`. */
  reset(options?: AccountOption): Promise<void>;
  /**
   * Sends replies that are held back, lets calls under way finish (for at most a second), then closes port and database. A
   * second call waits for the first.
   */
  close(): Promise<void>;
}
