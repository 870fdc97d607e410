/** Composition root: options → clock, ids, store, gateway → app. The only file that knows everybody. */
import { createApp } from './app.js';
import { type Clock, milliseconds, systemClock } from './clock.js';
import { createAccounts, DEFAULT_ACCOUNT } from './gateway/accounts.js';
import { SIGNATURE_WINDOW_MS } from './gateway/common-params.js';
import type { GatewayDeps } from './gateway/gateway.js';
import { createRegistry } from './gateway/operation.js';
import { refusedResponse } from './gateway/refused.js';
import { createIds } from './ids.js';
import { createLog, type Log, silentLog } from './log.js';
import { type Options, readOptions, settings } from './options.js';
import { versions } from './products/index.js';
import { createInterventions } from './scenarios/interventions.js';
import type { Listening } from './server.js';
import { type BusinessClocks, businessClocks } from './store/clocks.js';
import type { Database } from './store/database.js';
import { countStart } from './store/migrations.js';
import { nonces } from './store/nonces.js';
import { openSqlite } from './store/sqlite.js';
import { createStore } from './store/store.js';
import { type AccountOption, conclude, expire, type Verifications } from './verifications.js';
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
    /** ms since the epoch */
    now(options?: AccountOption): Promise<number>;
  };
  readonly verifications: Verifications;
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
}

/** @throws OptionError at once; StorageError from the first call that needs the database */
export function createCloudauthMock(given: MockOptions = {}, log: Log = silentLog): CloudauthMock {
  const options = normalize(given);
  const wallClock = given.clock ?? systemClock;
  const interventions = createInterventions(versions);
  let listening: Listening | undefined;
  let opened: Promise<House> | undefined;
  let ready = false;

  const open = async (): Promise<House> => {
    const database = await openSqlite(options.db);
    const clocks = await businessClocks(database, wallClock);
    const replays = nonces(database, SIGNATURE_WINDOW_MS);
    const gateway: GatewayDeps = {
      ...options,
      registry: createRegistry(versions),
      accounts: createAccounts(options.accessKeys),
      // a stored database must not meet the same ids again at the next start
      ids: createIds(options.seed && `${options.seed}/${await countStart(database)}`),
      wallClock,
      interventions,
      boundUrl: () => listening?.url,
      storeOf: (account) => createStore(database, account),
      clockOf: clocks.of,
      behaviourOf: (account) => ({ ...options, safCodes: options.safCodes[account] ?? options.safCodes.default! }),
      useNonce: (accessKeyId, nonce) => replays.use(accessKeyId, nonce, wallClock.now()),
    };
    ready = true;
    return { database, clocks, gateway };
  };
  const house = () => (opened ??= open());
  const app = createApp({ deps: async () => (await house()).gateway, log, isReady: () => ready });

  const storeAndClock = async ({ account = DEFAULT_ACCOUNT }: AccountOption = {}) => {
    const { gateway } = await house();
    return [gateway.storeOf(account), gateway.clockOf(account)] as const;
  };

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
      listening = await listen((request, env) => app.fetch(request, env), refuse, options.port, options.host);
      return mock;
    },
    clock: {
      advance: async (duration, { account = DEFAULT_ACCOUNT } = {}) =>
        (await house()).clocks.advance(account, milliseconds(duration)),
      now: async (option) => (await storeAndClock(option))[1].now(),
    },
    verifications: {
      pass: async (id, option) => conclude(...(await storeAndClock(option)), id, 'pass'),
      fail: async (id, reason, option) => conclude(...(await storeAndClock(option)), id, 'fail', reason),
      expire: async (id, option) => expire(...(await storeAndClock(option)), id),
    },
    failNext: (operation, code, { account = DEFAULT_ACCOUNT } = {}) => interventions.failNext(account, operation, code),
    async reset({ account = DEFAULT_ACCOUNT } = {}) {
      const { clocks, gateway } = await house();
      interventions.reset(account);
      clocks.reset(account);
      await gateway.storeOf(account).reset();
    },
    async close() {
      await listening?.close();
      listening = undefined;
      if (opened) await (await opened).database.close();
    },
    [Symbol.asyncDispose]: () => mock.close(),
  };
  return mock;
}

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

/** As {@link createCloudauthMock}, logging as the options say: what the CLI runs. */
export function createLoggingMock(options: Options, write: (text: string) => void): CloudauthMock {
  return createCloudauthMock(options, createLog(options.log, write, systemClock.now));
}
