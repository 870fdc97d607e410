/** The tester's verbs of the programmatic API: each is one of {@link Control}, for account `default` unless another is named. */

import type { Control } from '../control/verbs.js';
import type { AccountOption, Ending } from '../control/verifications.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { End } from '../verification/outcome.js';
import type { CloudauthMock } from './api.js';

/** Three tries of a callback are over by then. */
const NEXT_MS = 5000;

type TesterSide = Pick<
  CloudauthMock,
  'clock' | 'verifications' | 'scenarios' | 'requests' | 'callbacks' | 'verify' | 'snapshots' | 'coverage' | 'reset'
>;

export function testerSide(controlOf: () => Promise<Control>): TesterSide {
  async function end(id: string, how: End, { account = DEFAULT_ACCOUNT, ...ending }: Ending & AccountOption = {}) {
    await (await controlOf()).conclude(account, id, how, ending);
  }
  return {
    clock: {
      advance: async (duration, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).advance(account, duration),
      set: async (instant, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).setClock(account, instant),
      freeze: async (frozen = true, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).freeze(account, frozen),
      now: async ({ account = DEFAULT_ACCOUNT } = {}) => Date.parse((await controlOf()).now(account).now),
    },
    verifications: {
      pass: (id, options) => end(id, 'pass', options),
      fail: (id, reason, options) => end(id, 'fail', { ...options, reason }),
      quit: (id, options) => end(id, 'quit', options),
      expire: (id, options) => end(id, 'expire', options),
      list: async ({ account = DEFAULT_ACCOUNT, status } = {}) => (await controlOf()).verifications(account, status),
    },
    scenarios: {
      add: async (scenario, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).addScenario(account, scenario),
      clear: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).clearScenarios(account),
      list: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).rules(account),
    },
    requests: async ({ account = DEFAULT_ACCOUNT, ...filter } = {}) => (await controlOf()).requests(account, filter),
    callbacks: {
      list: async ({ account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).callbacks(account),
      next: async ({ account = DEFAULT_ACCOUNT, timeoutMs = NEXT_MS } = {}) =>
        (await controlOf()).nextCallback(account, timeoutMs),
    },
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
