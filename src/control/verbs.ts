/** Every verb a tester has, and what it answers. */
import type { RpcRequest } from '../gateway/request.js';
import type { CallbackEntry } from '../outgoing/callback-journal.js';
import { InputError } from '../platform/input-error.js';
import type { Lang, Text } from '../platform/language.js';
import type { Coverage } from '../scenarios/coverage.js';
import type { FurtherFailures } from '../scenarios/intervene.js';
import type { RuleSource } from '../scenarios/rule.js';
import type { ScenarioRule } from '../scenarios/words.js';
import type { End } from '../verification/outcome.js';
import type { Bill } from './billing.js';
import type { AccountView, Connection } from './desk-view.js';
import type { SnapshotDifference } from './difference.js';
import type { MockEvent, Reading } from './events.js';
import type { JournalEntry } from './journal-entry.js';
import type { NeverFired } from './never-fired.js';
import type { Snippet } from './snippets.js';
import type { VerificationDetail } from './timeline.js';
import type { Ending } from './verifications.js';
import type { VerificationView } from './view.js';

export type { TimelineStep, VerificationDetail } from './timeline.js';
export type { VerificationView } from './view.js';

/** What a tester asked for cannot be done: the message says why and what can. */
export class ControlError extends InputError {
  override readonly name = 'ControlError';
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 | 413 = 400,
  ) {
    super(message);
  }
}

/** Two Biz may share a TicketId; `exact` is nobody else's. It may be a VerifyToken, so nobody is shown it. */
export interface ListedVerification {
  readonly view: VerificationView;
  readonly exact: string;
}

export interface ListOptions {
  /** `ended` are those that are not `open`. Default: both. */
  readonly status?: 'open' | 'ended';
  /** Text that its TicketId, BizId or other name begins with, or at least eight characters of its id. */
  readonly q?: string;
  /** 1 to 1000. Default 200. */
  readonly limit?: number;
}

export interface VerificationPage {
  readonly listed: readonly ListedVerification[];
  /** Where the next page begins; absent on the last. */
  readonly next?: number;
  /** How many there are in all; of a search nobody knows. */
  readonly total?: { readonly n: number; readonly orMore: boolean };
}

export interface RuleView {
  readonly name: string;
  /** As it was written: it can be added again. */
  readonly rule: ScenarioRule;
  readonly matched: number;
  readonly fired: number;
  /** From a file for every account, or the account's own. */
  readonly from: 'file' | 'account';
  /** It was switched off: it matches nothing. Absent otherwise. */
  readonly off?: true;
}

/** A scenario that comes with the package. */
export interface NamedScenario {
  /** What `--scenario` takes: `not-finished`, `saf/Z1146`. */
  readonly name: string;
  /** One sentence. */
  readonly does: Text;
  /** A rule of it is in force for the account. */
  readonly on: boolean;
}

export interface Verdict {
  readonly ok: boolean;
  readonly matched: number;
  /** Readable: what was expected, and what was called instead. */
  readonly message: string;
}

export interface Control {
  /** @returns instants in ISO 8601: the business clock, and the wall clock beside it */
  now(account: string): { now: string; frozen: boolean; wall: string };
  /** @param freeze whether it stands from then on; absent leaves that as it is */
  advance(account: string, duration: string | number, freeze?: boolean): Promise<void>;
  setClock(account: string, instant: string | number, freeze?: boolean): Promise<void>;
  freeze(account: string, frozen: boolean): Promise<void>;
  /** With its timeline. By any name of it; of several with one name the latest. @param lang of the hints. @throws ControlError when there is none */
  verification(account: string, id: string, lang?: Lang): Promise<VerificationDetail>;
  /** The latest. Default: 200 of all. */
  verifications(account: string, wanted?: ListOptions): Promise<VerificationView[]>;
  /** The same, each with an id that is its own. */
  listed(account: string, wanted?: ListOptions): Promise<readonly ListedVerification[]>;
  /** The latest first, page by page; those of a search in the order of their names. @throws ControlError saying what an option may be */
  page(account: string, wanted: ListOptions & { readonly after?: number }): Promise<VerificationPage>;
  /** @returns the kind of verification it was */
  conclude(account: string, id: string, end: End, ending?: Ending): Promise<string>;
  failNext(account: string, operation: string, code: string, further?: FurtherFailures): void;
  rules(account: string): Promise<RuleView[]>;
  /** @param scenario text, YAML or JSON; or the object it would hold. @throws ScenarioError with all that is wrong */
  addScenario(account: string, scenario: string | object): Promise<number>;
  clearScenarios(account: string): Promise<void>;
  /** Deletes one of the account's own rules. @throws ControlError when there is none, or it comes from a file */
  removeRule(account: string, name: string): Promise<void>;
  /** One rule for another, in its place and by its name; it counts from 0. @throws ScenarioError; ControlError */
  replaceRule(account: string, name: string, scenario: string | object): Promise<void>;
  /**
   * @param name of a rule, or of a scenario: all its rules. One that comes with the package is given to the account when it
   * is switched on and taken away when it is switched off. @throws ControlError when there is none
   */
  switchRules(account: string, name: string, on: boolean): Promise<void>;
  /** Scenarios that come with the package. */
  catalogue(account: string): Promise<NamedScenario[]>;
  /** Of at most 50 rules that are in force and have not fired: what came closest, and why it was not enough. */
  neverFired(account: string): Promise<NeverFired[]>;
  /** @param filter `operation` with globs; `code` of a failure, or `ok`; `trace`: what a trace id begins with; `lang` of the hints. @throws ControlError when there is none of that name */
  requests(
    account: string,
    filter?: { operation?: string; code?: string; trace?: string; lang?: Lang },
  ): Promise<JournalEntry[]>;
  /** What is kept of what happened, oldest first, then what comes. It ends with the emulator, or with the signal. */
  events(account: string, reading?: Partial<Reading>): AsyncGenerator<MockEvent, void>;
  /** The same as texts of server-sent events, several in one. */
  eventTexts(account: string, reading: Reading): AsyncGenerator<string, void>;
  /** The latest callbacks, oldest first. @param lang of the hints */
  callbacks(account: string, lang?: Lang): Promise<CallbackEntry[]>;
  /** The oldest that is settled and that nobody was given before. @throws ControlError when none comes in time */
  nextCallback(account: string, timeoutMs: number): Promise<CallbackEntry>;
  /** One entry of the journal. */
  entry(account: string, id: number, lang?: Lang): Promise<JournalEntry | undefined>;
  request(account: string, id: number): Promise<RpcRequest | undefined>;
  /**
   * Makes a call of the journal again, signed anew with its key's secret, a fresh nonce and time. Delays and broken
   * connections of rules are nobody's: no client waits. @returns its entry. @throws ControlError when there is none of that number
   */
  replay(account: string, id: number, lang?: Lang): Promise<JournalEntry>;
  /** Were there as many calls as expected? @throws ScenarioError when `on` or `when` could be in no rule */
  verify(account: string, expectation: { on: string; when?: RuleSource['when']; times?: number }): Promise<Verdict>;
  coverage(account: string): Promise<Coverage>;
  /** What the vendor would have billed since the account was reset. */
  billing(account: string): Promise<Bill>;
  /** Of all accounts, in the text format of Prometheus. */
  metrics(): Promise<string>;
  saveSnapshot(account: string, name: string): Promise<number>;
  restoreSnapshot(account: string, name: string): Promise<number>;
  /** @returns how many rows it holds. @throws ControlError when there is none of that name */
  snapshot(account: string, name: string): Promise<number>;
  snapshots(account: string): Promise<string[]>;
  /** @throws ControlError when there is none of that name */
  deleteSnapshot(account: string, name: string): Promise<void>;
  /** @param after absent: the state there is now. @throws ControlError when there is none of that name */
  compareSnapshots(account: string, before: string, after?: string): Promise<SnapshotDifference>;
  /**
   * Another account begins with that state. Ids stay the same: who calls as one account means its own; a page, which names
   * none, is the old account's as long as that has the id. @param other one without a state. @returns how many rows it has
   */
  openSnapshot(account: string, name: string, other: string): Promise<number>;
  /** Names of those there are: `default`, those of the options, those with verifications in the database, and those that have called. */
  accounts(): readonly string[];
  /** How much each of them holds, of 200 at most; masked. */
  overview(): Promise<AccountView[]>;
  connection(account: string): Promise<Connection>;
  /** The README's recipe for each SDK, with this address and key. */
  snippets(account: string): Promise<Snippet[]>;
  reset(account: string): Promise<void>;
  /** The same, with a way back for ten seconds of the wall clock. @returns `until` in ISO 8601 */
  resetToUndo(account: string): Promise<{ undo: string; until: string }>;
  /** State, clock, rules and journal are what they were before the last reset. @throws ControlError when it is too late */
  undoReset(account: string, undo: string): Promise<number>;
}
