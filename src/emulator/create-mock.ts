/** Composition root: options → clock, ids, store, gateway → app. The only file that knows everybody. */

import { givenOptions } from '../config/given-options.js';
import type { Options } from '../config/options.js';
import { createJournal } from '../control/journal.js';
import { createRefusals } from '../control/refusals.js';
import type { Control } from '../control/verbs.js';
import type { AccountOption } from '../control/verifications.js';
import { createAccounts, DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { createCallers } from '../gateway/callers.js';
import { SIGNATURE_WINDOW_MS } from '../gateway/common-params.js';
import type { GatewayDeps } from '../gateway/gateway.js';
import { createRegistry } from '../gateway/operation.js';
import { originRule } from '../gateway/origin.js';
import type { RawIncoming } from '../gateway/request.js';
import { createApp } from '../http/router.js';
import { abortable } from '../platform/abortable.js';
import { systemClock } from '../platform/clock.js';
import { createIds } from '../platform/ids.js';
import { lazy, once } from '../platform/lazy.js';
import { createLog, type Log, type Reader, silentLog } from '../platform/log.js';
import { allReady, knownDates, versions } from '../products/index.js';
import { createEngine } from '../scenarios/engine.js';
import { createIntervene, type FurtherFailures, failNext } from '../scenarios/intervene.js';
import { loadScenarios } from '../scenarios/load.js';
import { owedCallbacks } from '../store/callbacks.js';
import { businessClocks } from '../store/clocks.js';
import type { Database } from '../store/database.js';
import { directory } from '../store/directory.js';
import { countStart } from '../store/migrate.js';
import { memoryNonces, nonces } from '../store/nonces.js';
import { shownDatabase } from '../store/postgres/address.js';
import { peopleOf } from '../verification/people.js';
import type { CloudauthMock, MockOptions } from './api.js';
import { behaviourOf } from './behaviour.js';
import { callingBack } from './call-back.js';
import { checkHere } from './check-here.js';
import type { Fellows } from './fellows.js';
import { figuresOfAll } from './figures.js';
import { keepRules } from './keep-rules.js';
import { createServices, type Services } from './lazy-services.js';
import { createLifecycle } from './lifecycle.js';
import { driverName, openDatabase } from './open-database.js';
import { perAccount } from './per-account.js';
import { openPorts, type Ports } from './ports.js';
import { openStores } from './stores.js';
import { testerSide } from './tester-api.js';
import { throttleOf } from './throttled.js';
import { unready } from './unready.js';

const scenarioWatcher = lazy(() => import('../scenarios/watch.js'));

/** What is there once the database is open. */
interface Opened {
  readonly database: Database;
  readonly gateway: GatewayDeps;
  control(): Promise<Control>;
  readonly services: Services;
}

/** @throws OptionError at once; ScenarioError and StorageError from the first call that needs them */
export function createCloudauthMock(given: MockOptions = {}, log: Log = silentLog): CloudauthMock {
  return createMock(given, log);
}

function createMock(
  { clock: wallClock = systemClock, ...given }: MockOptions,
  log: Log,
  fellows?: Fellows,
): CloudauthMock {
  const options = givenOptions(given);
  checkHere(options, wallClock, fellows);
  const people = peopleOf(options.people);
  const accounts = createAccounts(options.accessKeys, options.keys);
  const engine = createEngine();
  const journal = createJournal(options.journal, log.warn);
  const refusals = createRefusals(journal, DEFAULT_ACCOUNT, log, wallClock);
  let ports: Ports | undefined;
  const boundUrl = (secure: boolean) => (secure ? ports?.secureUrl : ports?.url);
  const ca = () => ports?.trust?.ca;

  const life = createLifecycle<Opened>(async (keep) => {
    const rules = await loadScenarios(engine, options.scenario);
    const stored = await openDatabase({ ...options, isServing: () => !!ports }, wallClock, log.warn, fellows);
    const { database } = stored;
    keep(() => database.close());
    const clocks = await businessClocks(database, wallClock);
    const replays =
      options.db === ':memory:' ? memoryNonces(SIGNATURE_WINDOW_MS) : nonces(database, SIGNATURE_WINDOW_MS);
    const { states, storeOf } = await openStores({
      ...{ ...stored, options, wallClock, log, life, clockOf: clocks.of },
      objects: () => services.objects(),
      owed: (callback) => calling.callBack(callback),
      ended: (account, one) => journal.ended(account, wallClock.now(), one),
    });
    const house = { accounts, directory: directory(database, states.accountOf), storeOf, clockOf: clocks.of };
    const shared = {
      ...house,
      callers: createCallers({ ...house, keys: options.keys, warn: log.warn }),
      // a stored database must not meet the same ids again at the next start
      ids: createIds(options.seed && `${options.seed}/${await countStart(database)}`),
      wallClock,
    };
    const services = createServices({
      ...{ ...shared, ...stored, states, options, people, control: () => control(), boundUrl, ca, tell: log.info },
      call: async (request) => app.fetch(request),
      note: journal.note,
    });
    keep(() => services.close());
    const owed = owedCallbacks(database, states);
    const calling = callingBack({ services, owed, life, log, fellows });
    const gateway: GatewayDeps = {
      ...options,
      ...shared,
      registry: createRegistry(versions, options.versions === 'any' ? 'any' : knownDates),
      photosOf: perAccount(services.photosOf),
      packagesOf: perAccount(services.packagesOf),
      notedOf: perAccount(() => new Set()),
      throttle: await throttleOf(options.qps, wallClock),
      intervene: createIntervene(engine),
      boundUrl,
      behaviourOf: perAccount((account) => behaviourOf(options, people, account)),
      callbacks: { check: async (url) => (await services.callbacks()).check(url) },
      takeNonce: (accessKeyId, nonce, timestamp) => replays.take(accessKeyId, nonce, wallClock.now(), timestamp),
    };
    if (options.watch) {
      const { watchScenarios } = await scenarioWatcher();
      const watching = watchScenarios(engine, options.scenario, rules, log);
      keep(() => watching.close());
    }
    const keeper = await keepRules(options, stored, { engine, clocks, journal, wallClock, log, keep });
    const figures = figuresOfAll(journal.totals, gateway.throttle, fellows);
    // a start needs none of it, and it is as large as the gateway
    const here = lazy(
      () => import('../control/control.js'),
      async ({ createControl }) =>
        createControl({
          gateway,
          clocks,
          engine,
          keeper,
          journal,
          again: (request) => app.again(request),
          callbacks: calling.callbacks,
          resetCallbacks: services.resetCallbacks,
          baseUrl: () => mock.url,
          secureUrl: () => ports?.secureUrl,
          figures,
          stored: [
            ...options.accountTokens.map(({ account }) => accounts.named(account)),
            ...(await house.directory.accounts()),
          ],
          closing: life.closing,
        }),
    );
    // who can undo a reset is who has done it
    const control: () => Promise<Control> =
      fellows?.atFirst('control', here, ['reset', 'resetToUndo', 'undoReset']) ?? here;
    if (options.db !== ':memory:') await calling.begin();
    return { database, gateway, control, services };
  });
  const createRoutes = async ({ createAdmin }: typeof import('../admin/routes.js')) => {
    await allReady();
    const { control } = await life.opened();
    const routes = createAdmin({
      control: await control(),
      guard: options,
      people: options.people,
      callerOf: accounts,
      baseUrl: () => mock.url,
      ca,
    });
    return async (request: Request, incoming?: RawIncoming) => {
      await journal.learn();
      const answer = await routes.fetch(request, { incoming });
      await fellows?.settled();
      return answer;
    };
  };
  const app = createApp({
    deps: async () => (await life.opened()).gateway,
    admin: lazy(() => import('../admin/routes.js'), createRoutes),
    pages: async (...args) => (await life.opened()).services.pages(...args),
    oss: async (request) => (await life.opened()).services.oss(request),
    publicHost: options.publicUrl && new URL(options.publicUrl).hostname,
    refusedOrigin: originRule(options),
    journal,
    refusals,
    log,
    unready: () => unready(life),
    closing: life.closing,
  });
  const openPort = once(() =>
    life.run(async () => {
      await life.use();
      ports = await openPorts(app, options, refusals, log.warn);
      log.info(`database ${shownDatabase(options.db)} by ${driverName(options)}`);
      life.keep(async () => {
        await ports?.close();
        ports = undefined;
      });
      life.check();
    }),
  );

  const reached = (url: string | undefined) =>
    url && ports?.trust ? { url, ca: ports.trust.ca, caFile: ports.trust.caFile } : undefined;
  const mock: CloudauthMock = {
    get url() {
      return ports?.url ?? options.publicUrl ?? 'https://cloudauth.aliyuncs.com';
    },
    get https() {
      return reached(ports?.secureUrl);
    },
    get proxy() {
      return reached(ports?.proxyUrl);
    },
    fetch: (request) => life.run(() => abortable(request.signal, async () => app.fetch(request))),
    async listen() {
      life.check();
      await openPort();
      return mock;
    },
    ...testerSide(async () => {
      const [{ control }] = await Promise.all([life.use(), allReady()]);
      return control();
    }, accounts),
    failNext(
      operation: string,
      code: unknown,
      { account = DEFAULT_ACCOUNT, ...further }: AccountOption & FurtherFailures = {},
    ) {
      life.check();
      failNext(engine, versions, accounts.named(account), operation, code, further);
    },
    close: life.close,
    [Symbol.asyncDispose]: () => mock.close(),
  };
  return mock;
}

/** As {@link createCloudauthMock}, logging as the options say: what the CLI runs. @param fellows other processes that are the same emulator */
export function createLoggingMock(
  options: Options,
  write: (text: string) => void,
  reader?: Reader,
  fellows?: Fellows,
): CloudauthMock {
  return createMock(options, createLog(options.log, write, systemClock.now, reader), fellows);
}
