/**
 * Everything a tester can ask of a running emulator, once: the HTTP control side, the programmatic API and the CLI are
 * three ways to call it. Each verb is about one account.
 */

import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { GatewayDeps } from '../gateway/gateway.js';
import { StoreFullError } from '../oss/store-full.js';
import type { CallbackService } from '../outgoing/callbacks.js';
import { milliseconds } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import { lazy } from '../platform/lazy.js';
import { didYouMean } from '../platform/nearest.js';
import { maskText } from '../platform/redact.js';
import { versions } from '../products/index.js';
import { coverage } from '../scenarios/coverage.js';
import type { Engine } from '../scenarios/engine.js';
import type { Keeper } from '../scenarios/keeper.js';
import { scenarioReader } from '../scenarios/load.js';
import { compilePattern, type Matches } from '../scenarios/pattern.js';
import { codesOf, noOperation, placesIn } from '../scenarios/places.js';
import type { BusinessClocks } from '../store/clocks.js';
import { deskControl } from './desk.js';
import type { Journal } from './journal.js';
import { pageOf, totalOf } from './listing.js';
import { onlyMembers } from './members.js';
import type { Figures } from './metrics.js';
import { type ReplayDeps, replaying } from './replay.js';
import { resetControl } from './reset.js';
import { ruleVerbs } from './rules.js';
import { snapshotControl } from './snapshots.js';
import { type Control, ControlError, type ListOptions } from './verbs.js';
import { conclude, expire, find, VerificationError } from './verifications.js';

export interface ControlDeps {
  readonly gateway: GatewayDeps;
  readonly clocks: BusinessClocks;
  readonly engine: Engine;
  /** Absent where the database ends with the process. */
  readonly keeper?: Keeper;
  readonly journal: Journal;
  readonly again: ReplayDeps['again'];
  callbacks(): Promise<CallbackService>;
  resetCallbacks(account: string): Promise<void>;
  /** Where pages are opened. */
  baseUrl(): string;
  /** That of https; undefined without. */
  secureUrl(): string | undefined;
  /** Of each process that is this emulator. */
  figures(): Promise<Figures[]>;
  /** Accounts that a token was given for, and those that the database has something of. */
  readonly stored: readonly string[];
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

const timeline = lazy(() => import('./timeline.js'));
const bills = lazy(() => import('./billing.js'));
const figures = lazy(() => import('./metrics.js'));

const LONGEST_WAIT_MS = 600_000;

export function createControl(deps: ControlDeps): Control {
  const { gateway, clocks, engine, keeper, journal } = deps;
  const store = gateway.storeOf;
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof VerificationError) throw new ControlError(error.message, error.status);
      if (error instanceof StoreFullError) throw new ControlError(error.message, 413);
      throw error instanceof InputError ? new ControlError(error.message) : error;
    }
  };

  const peopleOf = (account: string) => gateway.behaviourOf(account).people;
  const isOwner = (name: string) => gateway.accounts.keys.some(({ account = DEFAULT_ACCOUNT }) => account === name);
  const pageIn = (account: string, wanted: ListOptions & { readonly after?: number }) =>
    pageOf(store(account), clocks.of(account), peopleOf(account), wanted);

  const control: Control = {
    now: (account) => ({
      now: new Date(clocks.of(account).now()).toISOString(),
      frozen: clocks.isFrozen(account),
      wall: new Date(gateway.wallClock.now()).toISOString(),
    }),
    advance: (account, duration, freeze) => attempt(() => clocks.advance(account, milliseconds(duration), freeze)),
    setClock: (account, instant, freeze) => attempt(() => clocks.set(account, instantOf(instant), freeze)),
    freeze: (account, frozen) => clocks.freeze(account, frozen),

    verification: (account, id, lang) =>
      attempt(async () =>
        (await timeline()).detailOf(await find(store(account), id), {
          ...{
            store: store(account),
            now: clocks.of(account).now(),
            baseUrl: deps.baseUrl(),
            people: peopleOf(account),
          },
          callbacks: async () => (await deps.callbacks()).list(account, lang),
        }),
      ),
    verifications: async (account, wanted) => (await control.listed(account, wanted)).map(({ view }) => view),
    listed: async (account, wanted = {}) => (await pageIn(account, wanted)).listed,
    page: async (account, wanted) => ({
      ...(await pageIn(account, wanted)),
      ...(await totalOf(store(account), wanted)),
    }),
    conclude: (account, id, end, ending) =>
      attempt(async () => {
        const clock = clocks.of(account);
        const { product, called } = await (end === 'expire'
          ? expire(store(account), clock, id)
          : conclude(store(account), clock, gateway.photosOf(account), id, end, ending));
        journal.note(account, gateway.wallClock.now(), () => ({
          kind: 'verification',
          verification: { id: maskText(called), product, end, reason: ending?.reason && maskText(ending.reason) },
        }));
        return product;
      }),

    ...ruleVerbs({ engine, keeper, journal }),

    async requests(account, { operation, code, trace, lang } = {}) {
      if (trace !== undefined && !TRACE.test(trace))
        throw new ControlError('trace must be a trace id of 32 hexadecimal digits, or at least the first 8 of it');
      const onPath = operation === undefined ? () => true : pathGlob(operation);
      const entries = await journal.list(account, lang);
      const found = entries.filter(
        (entry) =>
          onPath(entry.operation) &&
          (code === undefined || (entry.code ?? 'ok') === code) &&
          (trace === undefined || entry.traceId?.startsWith(trace.toLowerCase())),
      );
      // what is called by no name there is would be missed silently
      if (found.length === 0) checkKnown({ operation, onPath, code });
      return found;
    },
    callbacks: async (account, lang) => (await deps.callbacks()).list(account, lang),
    nextCallback: (account, timeoutMs) =>
      attempt(async () => {
        if (!(timeoutMs >= 0 && timeoutMs <= LONGEST_WAIT_MS))
          throw new ControlError(`timeoutMs must be a number of milliseconds, at most ${LONGEST_WAIT_MS}`);
        return (await deps.callbacks()).next(account, timeoutMs);
      }),
    events(account, { signal, ...reading } = {}) {
      const until = signal ? AbortSignal.any([signal, deps.closing]) : deps.closing;
      return journal.events(account, { ...reading, signal: until });
    },
    eventTexts: (account, { signal, ...reading }) =>
      journal.texts(account, { ...reading, signal: AbortSignal.any([signal, deps.closing]) }),
    entry: (account, id, lang) => journal.entry(account, id, lang),
    request: (account, id) => journal.request(account, id),
    replay: replaying(deps),
    async verify(account, expectation) {
      onlyMembers(expectation, ['on', 'when', 'times']);
      const { on, when, times } = expectation;
      const { readExpectation } = await scenarioReader();
      // what no rule could say would silently match nothing
      if ((JSON.stringify({ on, when }) ?? '').length > LONGEST_EXPECTATION)
        throw new ControlError(
          `the expectation is longer than ${LONGEST_EXPECTATION} characters; name fewer parameters`,
        );
      const rule = readExpectation(on, when, versions);
      const matches = await journal.matching(account, rule);
      const ok = times === undefined ? matches.length > 0 : matches.length === times;
      const wanted = times === undefined ? 'at least once' : `${times} time(s)`;
      const called = tally((await journal.list(account)).map(({ operation }) => operation));
      return {
        ok,
        matched: matches.length,
        message: `${on}${when ? ` with ${JSON.stringify(when)}` : ''} was expected ${wanted} and was called ${matches.length} time(s); called were: ${called || 'nothing'}`,
      };
    },
    coverage: async (account) => coverage(versions, (await journal.counts(account)).outcomes),
    billing: async (account) => (await bills()).billOf(versions, await journal.counts(account)),
    metrics: async () => (await figures()).metrics(await deps.figures(), journal.accounts().length),

    ...snapshotControl({
      store,
      clocks,
      isAccount: (account) => gateway.accounts(account) !== undefined || isOwner(account),
    }),
    ...deskControl({ ...deps, accounts: gateway.accounts, store, snapshots: (account) => control.snapshots(account) }),
    ...resetControl({ ...deps, store, wallClock: gateway.wallClock }),
  };
  return control;
}

/** It is read as a rule is, and repeated in the answer. */
const LONGEST_EXPECTATION = 8_000;

/** A query of anybody's: globs alone, never a regular expression. */
function pathGlob(operation: string): Matches {
  try {
    return compilePattern(operation.includes('/') ? operation : `*/${operation}`);
  } catch (error) {
    throw new ControlError(`operation: ${(error as Error).message}`);
  }
}

/** @throws ControlError when an operation or a code is none */
function checkKnown({ operation, onPath, code }: { operation?: string; onPath: Matches; code?: string }): void {
  const all = placesIn(versions);
  if (operation !== undefined && !all.some(({ path }) => onPath(path)))
    throw new ControlError(`operation: ${noOperation(operation, all)}`);
  const codes = ['ok', ...all.flatMap((place) => [...codesOf(place).keys()])];
  if (code !== undefined && !codes.includes(code))
    throw new ControlError(
      `code: no operation documents '${code.slice(0, 100)}'${didYouMean(code, codes, '“cloudauth-mock errors” lists them')}`,
    );
}

/** All of a trace id, or as much of it as the log prints. */
const TRACE = /^[\da-f]{8,32}$/i;

/** With its zone: a clock must not depend on where the test runs. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

function instantOf(instant: string | number): number {
  const ms = typeof instant === 'number' ? instant : INSTANT.test(instant) ? Date.parse(instant) : Number.NaN;
  if (!Number.isFinite(ms))
    throw new InputError(
      `'${instant}' is no instant; write ISO 8601 such as 2026-01-02T03:04:05Z, or ms since the epoch`,
    );
  return ms;
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ×${count}`).join(', ');
}
