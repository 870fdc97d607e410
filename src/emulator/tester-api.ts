/** The tester's verbs of the programmatic API: each is one of {@link Control}, for account `default` unless another is named. */

import type { Control } from '../control/verbs.js';
import type { AccountOption } from '../control/verifications.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { CloudauthMock } from './api.js';

type End = Parameters<Control['conclude']>[2];
type TesterSide = Pick<
  CloudauthMock,
  'clock' | 'verifications' | 'scenarios' | 'requests' | 'verify' | 'snapshots' | 'coverage' | 'reset'
>;

export function testerSide(controlOf: () => Promise<Control>): TesterSide {
  async function end(id: string, how: End, reason?: string, { account = DEFAULT_ACCOUNT }: AccountOption = {}) {
    await (await controlOf()).conclude(account, id, how, reason);
  }
  return {
    clock: {
      advance: async (duration, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).advance(account, duration),
      set: async (instant, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).setClock(account, instant),
      freeze: async (frozen = true, { account = DEFAULT_ACCOUNT } = {}) => (await controlOf()).freeze(account, frozen),
      now: async ({ account = DEFAULT_ACCOUNT } = {}) => Date.parse((await controlOf()).now(account).now),
    },
    verifications: {
      pass: (id, options) => end(id, 'pass', undefined, options),
      fail: (id, reason, options) => end(id, 'fail', reason, options),
      quit: (id, options) => end(id, 'quit', undefined, options),
      expire: (id, options) => end(id, 'expire', undefined, options),
      list: async ({ account = DEFAULT_ACCOUNT, status } = {}) => (await controlOf()).verifications(account, status),
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
