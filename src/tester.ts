/** The tester's verbs of the programmatic API: each is one of {@link Control}, for account `default` unless another is named. */
import type { CloudauthMock } from './api.js';
import type { Control } from './control.js';
import { DEFAULT_ACCOUNT } from './gateway/accounts.js';

type TesterSide = Pick<
  CloudauthMock,
  'clock' | 'verifications' | 'scenarios' | 'requests' | 'verify' | 'snapshots' | 'coverage' | 'reset'
>;

export function testerSide(controlOf: () => Promise<Control>): TesterSide {
  return {
    clock: {
      advance: async (duration, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).advance(account, duration),
      set: async (instant, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).setClock(account, instant),
      freeze: async (frozen = true, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).freeze(account, frozen),
      now: async ({ account = DEFAULT_ACCOUNT } = {}) => Date.parse((await controlOf()).now(account).now),
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
    reset: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).reset(account),
  };
}
