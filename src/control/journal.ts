/**
 * What happened, for assertions, for people who are stuck, and for who looks on: gateway calls, and beside them uploads,
 * callbacks and ends of verifications. One bounded ring per account is the source of all that is shown: the list, the
 * stream of the control side, `mock.events()` and `cloudauth-mock logs`. What is shown is made when it is asked for.
 */
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RpcRequest } from '../gateway/request.js';
import type { Lang } from '../platform/language.js';
import { inTurns } from '../platform/turn.js';
import { billedAs, billedIn } from '../products/billing.js';
import type { CalledOperation, Rule } from '../scenarios/rule.js';
import type { Counted } from '../store/journal.js';
import { mayBeReal } from '../verification/id-number.js';
import type { Verification } from '../verification/verification.js';
import { createEventTexts } from './event-texts.js';
import { eventOf, type Item, type MockEvent, type Noted, type Reading, read } from './events.js';
import { type JournalEntry, type KeptCall, keep, requestOf, shown } from './journal-entry.js';
import { type Counts, createRings, type Rings } from './rings.js';
import type { SharedRings } from './shared-rings.js';
import { createTotals, type Totals } from './totals.js';

const REAL_NUMBER =
  'an identity number with an issued area code was received: it may be a real person’s. It is masked in journal and log; better use test identities, see “cloudauth-mock identities”';

export interface CalledOnce {
  readonly id: number;
  readonly code?: string;
  readonly call: CalledOperation;
}

export interface Journal {
  /** @returns the entry's id; undefined when it is kept with others, and could not be */
  record(
    account: string,
    request: RpcRequest,
    answer: Answer,
    at: number,
    ms: number,
  ): number | Promise<number | undefined>;
  /** Something beside the calls. @param at wall clock, ms */
  note(account: string, at: number, noted: Noted): void;
  /** Oldest first. @param lang of the hints; default English */
  list(account: string, lang?: Lang): Promise<JournalEntry[]>;
  /** What is kept, oldest first, then what comes, until the signal is aborted. */
  events(account: string, reading: Reading): AsyncGenerator<MockEvent, void>;
  /** The same, each event as a line of JSON, many in one text. What several readers are told is written once. */
  texts(account: string, reading: Reading): AsyncGenerator<string, void>;
  entry(account: string, id: number, lang?: Lang): Promise<JournalEntry | undefined>;
  request(account: string, id: number): Promise<RpcRequest | undefined>;
  /** Entries a rule is about; `call` counts among them. */
  matching(account: string, rule: Rule): Promise<JournalEntry[]>;
  /** Calls as rules see them, oldest first; nothing of it is masked. Of one that was refused early the path is `<Version>/<Action>`. */
  called(account: string): Promise<CalledOnce[]>;
  /** Of every call ever recorded; the ring does not bound it. */
  counts(account: string): Promise<Counts>;
  /** A verification has ended, or a person has left it. */
  ended(account: string, at: number, one: Verification): void;
  /** Of all accounts, whatever is reset or dropped. */
  readonly totals: Totals;
  /** Gateway calls since it began. */
  calls(account: string): Promise<number>;
  /** Accounts that have called, as far as is known here: {@link learn}. */
  accounts(): string[];
  /** Asks the others who has called. */
  learn(): Promise<void>;
  /** @returns what puts back all that was kept */
  reset(account: string): Promise<() => Promise<void>>;
  /** From now on it is kept with others. */
  share(how: (rings: Rings<Item>) => SharedRings): SharedRings;
}

/**
 * @param most events of one account
 * @param warn is told once when somebody uses what may be a real person's number
 */
export function createJournal(most: number, warn: (message: string) => void = () => {}): Journal {
  const rings = createRings<Item>(most);
  const texts = createEventTexts();
  const totals = createTotals();
  let warned = false;
  let shared: SharedRings | undefined;
  let known: readonly string[] = [];
  const calls = async (account: string): Promise<KeptCall[]> => {
    await shared?.look(account);
    return [...(rings.get(account)?.items.values() ?? [])].filter((item) => item.kind === 'call');
  };
  const find = async (account: string, id: number) => (await calls(account)).find((entry) => entry.id === id);
  return {
    record(account, request, answer, at, ms) {
      const { operation, code = 'ok', result } = answer;
      const outcome = `${operation ?? '-'} ${code}`;
      totals.count(outcome, ms, answer.intervention.rules);
      if (!warned && answer.params && holdsRealNumber(answer.params)) {
        warned = true;
        warn(REAL_NUMBER);
      }
      const billed = operation && result ? billedIn(operation, result) : 0;
      if (shared) {
        const counts: Counted = operation ? [[outcome, 1], ...(billed > 0 ? [[operation, billed] as const] : [])] : [];
        return shared.call(account, keep(0, request, answer, at, ms), counts);
      }
      const ring = rings.of(account, at);
      const id = ++ring.calls;
      rings.put(ring, keep(id, request, answer, at, ms));
      if (operation) more(ring.outcomes, outcome);
      if (operation) more(ring.billed, operation, billed);
      return id;
    },
    note(account, at, noted) {
      if (shared) shared.note(account, at, NOTE, noted);
      else rings.put(rings.of(account, at), { kind: 'note', at, size: NOTE, noted });
    },
    list: async (account, lang = 'en') => inTurns(await calls(account), (entry) => shown(account, entry, lang)),
    async *events(account, reading) {
      for await (const batch of read(rings, account, reading, shared?.look))
        for (const one of batch) yield eventOf(account, one, reading);
    },
    async *texts(account, reading) {
      for await (const batch of read(rings, account, reading, shared?.look)) yield* texts(account, batch, reading);
    },
    async entry(account, id, lang = 'en') {
      const kept = await find(account, id);
      return kept && shown(account, kept, lang);
    },
    async request(account, id) {
      const kept = await find(account, id);
      return kept && requestOf(kept);
    },
    async matching(account, rule) {
      const onPath = (await calls(account)).filter(
        ({ operation }) => operation !== undefined && rule.onPath(operation),
      );
      const matches = await inTurns(onPath, (entry) => rule.matches(callOf(account, entry)));
      const about = onPath.filter((_entry, index) => matches[index]);
      return inTurns(
        about.filter((_entry, index) => rule.fires(index + 1, 0, () => 0)),
        (entry) => shown(account, entry, 'en'),
      );
    },
    called: async (account) =>
      inTurns(await calls(account), (entry) => ({ id: entry.id, code: entry.code, call: callOf(account, entry) })),
    async counts(account) {
      const { outcomes = NONE, billed = NONE } = (await shared?.counts(account)) ?? rings.get(account) ?? {};
      return { outcomes, billed };
    },
    ended(account, at, one) {
      const operation = billedAs(one);
      if (!operation) return;
      if (shared) shared.ended(account, at, operation);
      else more(rings.of(account, at).billed, operation);
    },
    totals,
    calls: async (account) => (shared ? shared.calls(account) : (rings.get(account)?.calls ?? 0)),
    accounts: () => (shared ? [...known] : rings.accounts()),
    async learn() {
      if (shared) known = await shared.accounts();
    },
    async reset(account) {
      if (shared) return shared.forget(account);
      const back = rings.forget(account);
      return async () => back();
    },
    share(how) {
      // what was kept out before the database was there
      const before = rings.accounts().map((account) => [account, [...rings.get(account)!.items.values()]] as const);
      shared = how(rings);
      for (const [account, items] of before)
        for (const item of items) if (item.kind === 'note') shared.note(account, item.at, item.size, item.noted);
      return shared;
    },
  };
}

const NONE: ReadonlyMap<string, number> = new Map();

function more(counts: Map<string, number>, name: string, by = 1): void {
  if (by > 0) counts.set(name, (counts.get(name) ?? 0) + by);
}

function callOf(account: string, entry: KeptCall): CalledOperation {
  const { operation, params, sent } = entry;
  const known = { account, host: sent.host };
  if (operation !== undefined && params) return { ...known, path: operation, params };
  const request = requestOf(entry);
  const path = operation ?? `${versionOf(request)}/${actionOf(request)}`;
  return { ...known, path, params: params ?? request.params };
}

/** Characters, about. */
const NOTE = 500;
const NUMBER_LENGTH = 18;

/** A SAF certNumber, a Material.n.Value, or a member of Binding; cheap, for it is asked of every call. */
function holdsRealNumber(params: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of params) {
    if (value.length === NUMBER_LENGTH && mayBeReal(value)) return true;
    const bound = name === 'Binding' && /"IdentificationNumber"\s*:\s*"(\w{18})"/.exec(value)?.[1];
    if (bound && mayBeReal(bound)) return true;
  }
  return false;
}
