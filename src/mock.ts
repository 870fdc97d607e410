/** Composition root: options → clock, ids, store, gateway → app. The only file that knows everybody. */
import { createApp } from './app.js';
import { type Clock, milliseconds, systemClock } from './clock.js';
import { type Control, createControl, type RuleView, type Verdict, type VerificationView } from './control.js';
import { createAccounts, DEFAULT_ACCOUNT } from './gateway/accounts.js';
import { SIGNATURE_WINDOW_MS } from './gateway/common-params.js';
import type { GatewayDeps } from './gateway/gateway.js';
import { createRegistry } from './gateway/operation.js';
import { refusedResponse } from './gateway/refused.js';
import type { RawIncoming } from './gateway/request.js';
import { createIds } from './ids.js';
import { createJournal, type JournalEntry } from './journal.js';
import { createLog, type Log, silentLog } from './log.js';
import { type Options, readOptions, settings } from './options.js';
import { versions } from './products/index.js';
import type { Coverage } from './scenarios/coverage.js';
import { createEngine } from './scenarios/engine.js';
import { createIntervene, failNext } from './scenarios/intervene.js';
import { loadScenarios } from './scenarios/load.js';
import type { Watching } from './scenarios/watch.js';
import type { Listening } from './server.js';
import { createServices, type Services } from './services.js';
import { type BusinessClocks, businessClocks } from './store/clocks.js';
import type { Database } from './store/database.js';
import { countStart } from './store/migrations.js';
import { memoryNonces, nonces } from './store/nonces.js';
import { openSqlite } from './store/sqlite.js';
import { createStore } from './store/store.js';
import type { AccountOption, Verifications } from './verifications.js';
import { VERSION } from './version.js';

/** Options of {@link createCloudauthMock}: those of the CLI under their names in camelCase, as text or as parsed values. */
export type MockOptions = { readonly [K in keyof Options]?: Options[K] | string | number | readonly string[] } & {
  /** The wall clock: signatures are judged by it and the business clocks start from it. */
  readonly clock?: Clock;
};

export interface CloudauthMock extends AsyncDisposable {
  /** Where it answers: the bound address, else `publicUrl`, else the vendor's host that `fetch` stands in for. */
  readonly url: string;
  /** Answers one request in process; no port is opened. */
  fetch(request: Request): Promise<Response>;
  /** Opens the port of the options. @throws NodeJS.ErrnoException `EADDRINUSE`; StorageError */
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
    /** The latest first, at most 200. */
    list(options?: AccountOption): Promise<VerificationView[]>;
  };
  /** Rules for one account, written as in a scenario file: text, or the object it would hold. */
  readonly scenarios: {
    /** @returns how many rules were added. @throws ScenarioError */
    add(scenario: string | object, options?: AccountOption): Promise<number>;
    clear(options?: AccountOption): Promise<void>;
    /** Those in force, with how often each matched and fired. */
    list(options?: AccountOption): Promise<RuleView[]>;
  };
  /** What was called, oldest first; ID numbers, secrets and pictures are masked. */
  requests(filter?: { readonly operation?: string; readonly code?: string } & AccountOption): Promise<JournalEntry[]>;
  /** Was it called as often as expected? `ok`, and a readable difference. */
  verify(expectation: Parameters<Control['verify']>[1] & AccountOption): Promise<Verdict>;
  readonly snapshots: {
    /** @returns how many rows the account has */
    save(name: string, options?: AccountOption): Promise<number>;
    /** @throws ControlError when there is no snapshot of that name */
    restore(name: string, options?: AccountOption): Promise<number>;
    /** Names. */
    list(options?: AccountOption): Promise<string[]>;
  };
  /** Which documented outcomes have been seen, and which never. */
  coverage(options?: AccountOption): Promise<Coverage>;
  /**
   * The next call of an operation answers a documented error and changes nothing. Calls queue up.
   * @param operation `GetVerifyToken`, `face_verify.query`, or a full path such as `saf/2017-03-31/face_verify.query`
   * @throws RangeError when there is no such operation, or it documents no such error
   */
  failNext(operation: string, code: string, options?: AccountOption): void;
  /** Forgets the account's state, ordered failures and clock; without an account, those of account `default`. */
  reset(options?: AccountOption): Promise<void>;
  close(): Promise<void>;
}

interface House {
  readonly database: Database;
  readonly clocks: BusinessClocks;
  readonly gateway: GatewayDeps;
  readonly control: Control;
  readonly services: Services;
}

/** @throws OptionError at once; ScenarioError and StorageError from the first call that needs them */
export function createCloudauthMock(given: MockOptions = {}, log: Log = silentLog): CloudauthMock {
  return createMock(given, log, false);
}

function createMock(given: MockOptions, log: Log, watch: boolean): CloudauthMock {
  const options = normalize(given);
  const wallClock = given.clock ?? systemClock;
  const engine = createEngine();
  const journal = createJournal(log.warn);
  let listening: Listening | undefined;
  let opened: Promise<House> | undefined;
  let watching: Watching | undefined;
  let ready = false;

  const open = async (): Promise<House> => {
    // first: a file that is wrong must not leave a database open
    const rules = await loadScenarios(engine, options.scenario);
    const database = await openSqlite(options.db);
    const clocks = await businessClocks(database, wallClock);
    const replays =
      options.db === ':memory:' ? memoryNonces(SIGNATURE_WINDOW_MS) : nonces(database, SIGNATURE_WINDOW_MS);
    const shared = {
      accounts: createAccounts(options.accessKeys),
      // a stored database must not meet the same ids again at the next start
      ids: createIds(options.seed && `${options.seed}/${await countStart(database)}`),
      wallClock,
      storeOf: perAccount((account) => createStore(database, account)),
      clockOf: clocks.of,
    };
    const services = createServices({
      ...{ ...shared, options, database, control: () => control },
      call: async (request) => app.fetch(request),
    });
    const gateway: GatewayDeps = {
      ...options,
      ...shared,
      registry: createRegistry(versions),
      photosOf: perAccount(services.photosOf),
      packagesOf: perAccount(services.packagesOf),
      intervene: createIntervene(engine),
      boundUrl: () => listening?.url,
      behaviourOf: perAccount((account) => ({
        device: options.device,
        sdkBuild: options.sdkBuild,
        safCodes: options.safCodes[account] ?? options.safCodes.default!,
        failureLimit: options.failureLimit,
      })),
      useNonce: (accessKeyId, nonce) => replays.use(accessKeyId, nonce, wallClock.now()),
    };
    if (watch) {
      const { watchScenarios } = await import('./scenarios/watch.js');
      watching = watchScenarios(engine, options.scenario, rules, log);
    }
    const control = createControl({ gateway, clocks, engine, journal });
    ready = true;
    return { database, clocks, gateway, control, services };
  };
  const house = () => (opened ??= open());
  const controlOf = async () => (await house()).control;
  const admin = once(async () => {
    const { createAdmin } = await import('./admin/routes.js');
    const { gateway, control } = await house();
    const routes = createAdmin({
      control,
      guard: options,
      accounts: () => [
        ...new Set([
          DEFAULT_ACCOUNT,
          ...options.accessKeys.map(({ account }) => account ?? DEFAULT_ACCOUNT),
          ...journal.accounts(),
        ]),
      ],
      callerOf: gateway.accounts,
      baseUrl: () => mock.url,
    });
    return (request: Request, incoming?: RawIncoming) => routes.fetch(request, { incoming });
  });
  const app = createApp({
    deps: async () => (await house()).gateway,
    admin,
    pages: async (...args) => (await house()).services.pages(...args),
    oss: async (request) => (await house()).services.oss(request),
    publicHost: options.publicUrl && new URL(options.publicUrl).hostname,
    journal,
    log,
    isReady: () => ready,
  });

  const mock: CloudauthMock = {
    get url() {
      return listening?.url ?? options.publicUrl ?? 'https://cloudauth.aliyuncs.com';
    },
    fetch: async (request) => app.fetch(request),
    async listen() {
      await house();
      const { listen } = await import('./server.js');
      const refuse = async (error: Error) => {
        const { gateway } = await house();
        const { code = '' } = error as NodeJS.ErrnoException;
        // a client that went away in mid-request is not worth a word
        if (code !== 'HPE_INVALID_EOF_STATE') log.warn(`refused what is no HTTP request (${code}): ${error.message}`);
        return refusedResponse(error, gateway.ids.requestId(), gateway.registry, { 'x-cloudauth-mock': VERSION });
      };
      listening = await listen(app, refuse, options.port, options.host);
      return mock;
    },
    clock: {
      advance: async (duration, { account = DEFAULT_ACCOUNT } = {}) =>
        (await house()).clocks.advance(account, milliseconds(duration)),
      set: async (instant, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).setClock(account, instant),
      freeze: async (frozen = true, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).freeze(account, frozen),
      now: async ({ account = DEFAULT_ACCOUNT } = {}) => (await house()).clocks.of(account).now(),
    },
    verifications: {
      pass: async (id, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).conclude(account, id, 'pass'),
      fail: async (id, reason, { account = DEFAULT_ACCOUNT } = {}) =>
        (await controlOf()).conclude(account, id, 'fail', reason),
      quit: async (id, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).conclude(account, id, 'quit'),
      expire: async (id, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).conclude(account, id, 'expire'),
      list: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).verifications(account),
    },
    scenarios: {
      add: async (scenario, { account = DEFAULT_ACCOUNT } = {}) =>
        (await controlOf()).addScenario(account, typeof scenario === 'string' ? scenario : JSON.stringify(scenario)),
      clear: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).clearScenarios(account),
      list: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).rules(account),
    },
    requests: async ({ account = DEFAULT_ACCOUNT, ...filter } = {}) => (await controlOf()).requests(account, filter),
    verify: async ({ account = DEFAULT_ACCOUNT, ...expectation }) => (await controlOf()).verify(account, expectation),
    snapshots: {
      save: async (name, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).saveSnapshot(account, name),
      restore: async (name, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).restoreSnapshot(account, name),
      list: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).snapshots(account),
    },
    coverage: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).coverage(account),
    failNext: (operation, code, { account = DEFAULT_ACCOUNT } = {}) =>
      failNext(engine, versions, account, operation, code),
    reset: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).reset(account),
    async close() {
      await listening?.close();
      listening = undefined;
      watching?.close();
      if (opened) await (await opened).database.close();
    },
    [Symbol.asyncDispose]: () => mock.close(),
  };
  return mock;
}

/** What every call needs of its account and what holds nothing of its own: made once, for so many accounts. */
function perAccount<T>(make: (account: string) => T): (account: string) => T {
  const made = new Map<string, T>();
  return (account) => {
    let found = made.get(account);
    if (found === undefined) {
      if (made.size >= 1000) made.clear();
      found = make(account);
      made.set(account, found);
    }
    return found;
  };
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Text is read as the CLI reads it; what is already parsed is taken as it is. */
function normalize({ clock: _clock, ...given }: MockOptions): Options {
  const texts: Record<string, string[]> = {};
  const parsed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const setting = settings[name as keyof Options];
    if (!setting) throw new RangeError(`no option '${name}'; there are: ${Object.keys(settings).join(', ')}`);
    if (value === undefined) continue;
    if (typeof value === 'string' || typeof value === 'number') texts[setting.flag] = [String(value)];
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) texts[setting.flag] = value;
    else parsed[name] = value;
  }
  return { ...readOptions(texts, {}), ...parsed };
}

/** As {@link createCloudauthMock}, logging as the options say: what the CLI runs. @param watch the scenario files */
export function createLoggingMock(options: Options, write: (text: string) => void, watch = false): CloudauthMock {
  return createMock(options, createLog(options.log, write, systemClock.now), watch);
}
