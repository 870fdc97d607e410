/** The tester's verbs of the programmatic API: each is one of {@link Control}, for account `default` unless another is named. */

import type { Control, VerificationPage } from '../control/verbs.js';
import type { AccountOption, Ending } from '../control/verifications.js';
import { type Accounts, DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { End } from '../verification/outcome.js';
import type { CloudauthMock } from './api.js';

/** Three tries of a callback are over by then. */
const NEXT_MS = 5000;

type TesterSide = Pick<
  CloudauthMock,
  | 'clock'
  | 'verifications'
  | 'scenarios'
  | 'requests'
  | 'replay'
  | 'events'
  | 'callbacks'
  | 'verify'
  | 'snapshots'
  | 'coverage'
  | 'billing'
  | 'accounts'
  | 'connection'
  | 'snippets'
  | 'reset'
>;

const viewsOf = ({ listed }: VerificationPage) => listed.map(({ view }) => view);

export function testerSide(controlOf: () => Promise<Control>, accounts: Accounts): TesterSide {
  const of = (name = DEFAULT_ACCOUNT) => accounts.named(name);
  async function end(id: string, how: End, { account, ...ending }: Ending & AccountOption = {}) {
    await (await controlOf()).conclude(of(account), id, how, ending);
  }
  return {
    clock: {
      advance: async (duration, { account } = {}) => (await controlOf()).advance(of(account), duration),
      set: async (instant, { account } = {}) => (await controlOf()).setClock(of(account), instant),
      freeze: async (frozen = true, { account } = {}) => (await controlOf()).freeze(of(account), frozen),
      now: async ({ account } = {}) => Date.parse((await controlOf()).now(of(account)).now),
    },
    verifications: {
      pass: (id, options) => end(id, 'pass', options),
      fail: (id, reason, options) => end(id, 'fail', { ...options, reason }),
      quit: (id, options) => end(id, 'quit', options),
      expire: (id, options) => end(id, 'expire', options),
      get: async (id, { account } = {}) => (await controlOf()).verification(of(account), id),
      list: async ({ account, ...wanted } = {}) =>
        viewsOf(await (await controlOf()).page(of(account), { ...wanted, after: undefined })),
      async *pages({ account, ...wanted } = {}) {
        const { page } = await controlOf();
        for (let after: number | undefined, more = true; more; more = after !== undefined) {
          const found = await page(of(account), { ...wanted, after });
          after = found.next;
          yield viewsOf(found);
        }
      },
    },
    scenarios: {
      add: async (scenario, { account } = {}) => (await controlOf()).addScenario(of(account), scenario),
      clear: async ({ account } = {}) => (await controlOf()).clearScenarios(of(account)),
      list: async ({ account } = {}) => (await controlOf()).rules(of(account)),
      remove: async (name, { account } = {}) => (await controlOf()).removeRule(of(account), name),
      replace: async (name, scenario, { account } = {}) => (await controlOf()).replaceRule(of(account), name, scenario),
      on: async (name, { account } = {}) => (await controlOf()).switchRules(of(account), name, true),
      off: async (name, { account } = {}) => (await controlOf()).switchRules(of(account), name, false),
      catalogue: async ({ account } = {}) => (await controlOf()).catalogue(of(account)),
      neverFired: async ({ account } = {}) => (await controlOf()).neverFired(of(account)),
    },
    requests: async ({ account, ...filter } = {}) => (await controlOf()).requests(of(account), filter),
    replay: async (id, { account } = {}) => (await controlOf()).replay(of(account), id),
    async *events({ account, signal, after } = {}) {
      yield* (await controlOf()).events(of(account), { signal, after });
    },
    callbacks: {
      list: async ({ account } = {}) => (await controlOf()).callbacks(of(account)),
      next: async ({ account, timeoutMs = NEXT_MS } = {}) => (await controlOf()).nextCallback(of(account), timeoutMs),
    },
    verify: async ({ account, ...expectation }) => (await controlOf()).verify(of(account), expectation),
    snapshots: {
      save: async (name, { account } = {}) => (await controlOf()).saveSnapshot(of(account), name),
      restore: async (name, { account } = {}) => (await controlOf()).restoreSnapshot(of(account), name),
      list: async ({ account } = {}) => (await controlOf()).snapshots(of(account)),
      delete: async (name, { account } = {}) => (await controlOf()).deleteSnapshot(of(account), name),
      diff: async (name, { account, with: after } = {}) =>
        (await controlOf()).compareSnapshots(of(account), name, after),
      open: async (name, other, { account } = {}) => (await controlOf()).openSnapshot(of(account), name, of(other)),
    },
    coverage: async ({ account } = {}) => (await controlOf()).coverage(of(account)),
    billing: async ({ account } = {}) => (await controlOf()).billing(of(account)),
    accounts: async () => (await controlOf()).overview(),
    connection: async ({ account } = {}) => (await controlOf()).connection(of(account)),
    snippets: async ({ account } = {}) => (await controlOf()).snippets(of(account)),
    reset: async ({ account } = {}) => (await controlOf()).reset(of(account)),
  };
}
