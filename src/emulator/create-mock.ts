/** Composition root: options → clock, ids, store, gateway → app. The only file that knows everybody. */

import { givenOptions } from '../config/given-options.js';
import { OptionError, type Options } from '../config/options.js';
import { createControl } from '../control/control.js';
import { createJournal } from '../control/journal.js';
import type { Control } from '../control/verbs.js';
import { createAccounts, DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { SIGNATURE_WINDOW_MS } from '../gateway/common-params.js';
import type { GatewayDeps } from '../gateway/gateway.js';
import { createRegistry } from '../gateway/operation.js';
import { refusedResponse } from '../gateway/refused.js';
import type { RawIncoming } from '../gateway/request.js';
import { createApp } from '../http/router.js';
import type { Listening } from '../http/server.js';
import { systemClock } from '../platform/clock.js';
import { createIds } from '../platform/ids.js';
import { createLog, type Log, silentLog } from '../platform/log.js';
import { VERSION } from '../platform/version.js';
import { versions } from '../products/index.js';
import { createEngine } from '../scenarios/engine.js';
import { createIntervene, failNext } from '../scenarios/intervene.js';
import { loadScenarios } from '../scenarios/load.js';
import type { Watching } from '../scenarios/watch.js';
import { type BusinessClocks, businessClocks } from '../store/clocks.js';
import type { Database } from '../store/database.js';
import { loadDriver } from '../store/drivers/load.js';
import { countStart } from '../store/migrations.js';
import { memoryNonces, nonces } from '../store/nonces.js';
import { openSqlite } from '../store/sqlite.js';
import { createStore } from '../store/store.js';
import type { CloudauthMock, MockOptions } from './api.js';
import { createServices, type Services } from './lazy-services.js';
import { testerSide } from './tester-api.js';

interface House {
  readonly database: Database;
  readonly clocks: BusinessClocks;
  readonly gateway: GatewayDeps;
  readonly control: Control;
  readonly services: Services;
}

/** @throws OptionError at once; ScenarioError and StorageError from the first call that needs them */
export function createCloudauthMock(given: MockOptions = {}, log: Log = silentLog): CloudauthMock {
  return createMock(given, log);
}

function createMock({ clock: wallClock = systemClock, ...given }: MockOptions, log: Log): CloudauthMock {
  const options = givenOptions(given);
  if (typeof wallClock.now !== 'function')
    throw new OptionError('clock: it has no now(); manualClock() makes one that does');
  const engine = createEngine();
  const journal = createJournal(log.warn);
  let listening: Listening | undefined;
  let opened: Promise<House> | undefined;
  let watching: Watching | undefined;
  let ready = false;

  const open = async (): Promise<House> => {
    // first: a file that is wrong must not leave a database open
    const rules = await loadScenarios(engine, options.scenario);
    const database = await openSqlite(options.db, loadDriver(options.driver));
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
    if (options.watch) {
      const { watchScenarios } = await import('../scenarios/watch.js');
      watching = watchScenarios(engine, options.scenario, rules, log);
    }
    const control = createControl({ gateway, clocks, engine, journal });
    ready = true;
    return { database, clocks, gateway, control, services };
  };
  const house = () => (opened ??= open());
  const controlOf = async () => (await house()).control;
  const admin = once(async () => {
    const { createAdmin } = await import('../admin/routes.js');
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
      const { listen } = await import('../http/server.js');
      const refuse = async (error: Error) => {
        const { gateway } = await house();
        const { code = '' } = error as NodeJS.ErrnoException;
        // a client that went away in mid-request is not worth a word
        if (code !== 'HPE_INVALID_EOF_STATE') log.warn(`refused what is no HTTP request (${code}): ${error.message}`);
        return refusedResponse(error, gateway.ids.requestId(), gateway.registry, { 'x-cloudauth-mock': VERSION });
      };
      listening = await listen(app, refuse, options.port, options.host);
      log.info(`database ${options.db} by ${loadDriver(options.driver).name}`);
      return mock;
    },
    ...testerSide(controlOf),
    failNext: (operation, code, { account = DEFAULT_ACCOUNT } = {}) =>
      failNext(engine, versions, account, operation, code),
    async close() {
      await listening?.close();
      listening = undefined;
      watching?.close();
      if (!opened) return;
      const { services, database } = await opened;
      await services.close();
      await database.close();
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

/** As {@link createCloudauthMock}, logging as the options say: what the CLI runs. */
export function createLoggingMock(options: Options, write: (text: string) => void): CloudauthMock {
  return createMock(options, createLog(options.log, write, systemClock.now));
}
