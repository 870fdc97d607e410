/** What a tester sees of accounts from outside: how much each holds, and how a client is connected and how far it has come. */
import { type Accounts, DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCOUNT, DEFAULT_SECRET } from '../gateway/accounts.js';
import { lazy } from '../platform/lazy.js';
import { maskIdNumbers, maskText } from '../platform/redact.js';
import type { Engine } from '../scenarios/engine.js';
import type { BusinessClocks } from '../store/clocks.js';
import type { Store } from '../store/store.js';
import type { AccountView, Progress } from './desk-view.js';
import type { Journal } from './journal.js';
import type { Control } from './verbs.js';

interface DeskDeps {
  readonly accounts: Accounts;
  store(account: string): Store;
  readonly clocks: BusinessClocks;
  readonly engine: Engine;
  readonly journal: Journal;
  snapshots(account: string): Promise<string[]>;
  baseUrl(): string;
  secureUrl(): string | undefined;
  readonly stored: readonly string[];
}

const recipes = lazy(() => import('./snippets.js'));

/** Accounts whose rows are counted at once. */
const MOST = 200;

export function deskControl(deps: DeskDeps): Pick<Control, 'accounts' | 'overview' | 'connection' | 'snippets'> {
  const { accounts, store, clocks, engine, journal, snapshots, baseUrl, secureUrl, stored } = deps;
  const names = (): string[] => [
    ...new Set([
      DEFAULT_ACCOUNT,
      ...accounts.keys.map(({ account = DEFAULT_ACCOUNT }) => account),
      ...stored,
      ...journal.accounts(),
    ]),
  ];
  /** AccessKeyIds. */
  const keysOf = (account: string): string[] => {
    const declared = accounts.keys.filter((key) => (key.account ?? DEFAULT_ACCOUNT) === account).map(({ id }) => id);
    return accounts(account)?.account === account ? [...new Set([account, ...declared])] : declared;
  };
  async function viewOf(account: string): Promise<AccountView> {
    const { verifications = 0, builds = 0, objects = 0 } = await store(account).snapshots.counts();
    return {
      ...{ account: maskIdNumbers(account), keys: keysOf(account).map(maskText), calls: await journal.calls(account) },
      ...{ verifications, open: await store(account).verifications.count('open'), builds, objects },
      rules: engine.own(account).size,
      snapshots: (await snapshots(account)).length,
      now: new Date(clocks.of(account).now()).toISOString(),
      frozen: clocks.isFrozen(account),
    };
  }
  async function progress(account: string): Promise<Progress> {
    const { verifications = 0, objects = 0 } = await store(account).snapshots.counts(1);
    const ended = await store(account).verifications.page({ status: 'ended', limit: 1 });
    const { outcomes } = await journal.counts(account);
    const answered = [...outcomes.keys()].some((outcome) => outcome.endsWith(' ok'));
    return {
      call: answered || verifications > 0,
      verification: verifications > 0,
      upload: objects > 0,
      ended: ended !== undefined && ended.rows.length > 0,
    };
  }
  /** Secrets of one's own are told to nobody: only the one that the banner prints as well. */
  const clientOf = (account: string) => {
    const caller = accounts(account === DEFAULT_ACCOUNT ? DEFAULT_ACCESS_KEY_ID : account);
    const isPublic = caller?.secret === DEFAULT_SECRET;
    return {
      accessKeyId: isPublic ? caller.accessKeyId : 'ACCESS_KEY_ID',
      accessKeySecret: isPublic ? DEFAULT_SECRET : 'ACCESS_KEY_SECRET',
    };
  };
  return {
    accounts: names,
    overview: () => Promise.all(names().slice(0, MOST).map(viewOf)),
    connection: async (account) => ({
      ...{ url: baseUrl(), https: secureUrl() ?? null, ...clientOf(account) },
      done: await progress(account),
    }),
    snippets: async (account) => (await recipes()).snippetsFor({ host: new URL(baseUrl()).host, ...clientOf(account) }),
  };
}
