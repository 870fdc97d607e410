/** An emulator as one of its accounts sees it: a test worker has an AccessKeyId of its own, and need not say so at each verb. */
import type { CloudauthMock } from '../emulator/api.js';
import { DEFAULT_SECRET, OPEN_PREFIX } from '../gateway/accounts.js';

/** Its verbs are about this account alone. */
export interface AccountMock extends Omit<CloudauthMock, 'listen' | 'close' | typeof Symbol.asyncDispose> {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** @param name of the worker: letters and digits */
export function accountMock(mock: CloudauthMock, name: string): AccountMock {
  const accessKeyId = OPEN_PREFIX + name;
  const own = { account: accessKeyId };
  const { clock, verifications, scenarios, callbacks, snapshots } = mock;
  return {
    accessKeyId,
    accessKeySecret: DEFAULT_SECRET,
    get url() {
      return mock.url;
    },
    get https() {
      return mock.https;
    },
    get proxy() {
      return mock.proxy;
    },
    fetch: mock.fetch,
    clock: {
      advance: (duration) => clock.advance(duration, own),
      set: (instant) => clock.set(instant, own),
      freeze: (frozen) => clock.freeze(frozen, own),
      now: () => clock.now(own),
    },
    verifications: {
      pass: (id) => verifications.pass(id, own),
      fail: (id, reason, options) => verifications.fail(id, reason, { ...options, ...own }),
      quit: (id) => verifications.quit(id, own),
      expire: (id) => verifications.expire(id, own),
      get: (id) => verifications.get(id, own),
      list: (options) => verifications.list({ ...options, ...own }),
      pages: (options) => verifications.pages({ ...options, ...own }),
    },
    scenarios: {
      add: (scenario) => scenarios.add(scenario, own),
      clear: () => scenarios.clear(own),
      list: () => scenarios.list(own),
      remove: (name) => scenarios.remove(name, own),
      replace: (name, scenario) => scenarios.replace(name, scenario, own),
      on: (name) => scenarios.on(name, own),
      off: (name) => scenarios.off(name, own),
      catalogue: () => scenarios.catalogue(own),
      neverFired: () => scenarios.neverFired(own),
    },
    requests: (filter) => mock.requests({ ...filter, ...own }),
    replay: (id) => mock.replay(id, own),
    events: (options) => mock.events({ ...options, ...own }),
    callbacks: {
      list: () => callbacks.list(own),
      next: (options) => callbacks.next({ ...options, ...own }),
    },
    verify: (expectation) => mock.verify({ ...expectation, ...own }),
    snapshots: {
      save: (name) => snapshots.save(name, own),
      restore: (name) => snapshots.restore(name, own),
      list: () => snapshots.list(own),
      delete: (name) => snapshots.delete(name, own),
      diff: (name, options) => snapshots.diff(name, { ...options, ...own }),
      open: (name, other) => snapshots.open(name, other, own),
    },
    accounts: mock.accounts,
    connection: () => mock.connection(own),
    snippets: () => mock.snippets(own),
    coverage: () => mock.coverage(own),
    billing: () => mock.billing(own),
    failNext: (operation, code, options) => mock.failNext(operation, code, { ...options, ...own }),
    reset: () => mock.reset(own),
  };
}
