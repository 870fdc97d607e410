/**
 * Fixtures and matchers for vitest: `test` brings `cloudauth`, an account of an emulator that lives as long as the worker.
 * It is reset before each test, and what was called is printed when one fails.
 */
import type { TestAPI } from 'vitest';
import './products/eager.js';
import { type AccountMock, accountMock } from './embed/account-mock.js';
import { journalText } from './embed/journal-text.js';
import { type CloudauthMatchers, matchers } from './embed/matchers.js';
import type { CloudauthMock, MockOptions } from './emulator/api.js';
import { createCloudauthMock } from './emulator/create-mock.js';

export type { AccountMock } from './embed/account-mock.js';
export type { CloudauthMatchers, Standing } from './embed/matchers.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: merged interfaces have the same parameters
  interface Matchers<T = any> extends CloudauthMatchers {}
}

const vitest = await import('vitest').catch((cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
  throw new Error('cloudauth-mock/vitest needs vitest, 3.2 or newer: npm install --save-dev vitest', { cause });
});

export const { expect } = vitest;
expect.extend(matchers);

export interface CloudauthFixtures {
  /** The worker's account. */
  cloudauth: AccountMock;
  /** The emulator, for what is about all accounts. */
  cloudauthEmulator: CloudauthMock;
}

/** Any free port, unless the options name one. Tests of one file must not run concurrently: they share the account. */
export const cloudauthTest = (options: MockOptions = {}): TestAPI<CloudauthFixtures> =>
  vitest.test.extend<CloudauthFixtures>({
    cloudauthEmulator: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures are wanted
      async ({}, use) => {
        const emulator = createCloudauthMock({ port: 0, ...options });
        await use(await emulator.listen());
        await emulator.close();
      },
      { scope: 'worker' },
    ],
    cloudauth: async ({ cloudauthEmulator, task, onTestFailed }, use) => {
      const cloudauth = accountMock(cloudauthEmulator, `Worker${process.env.VITEST_POOL_ID ?? 0}`);
      await cloudauth.reset();
      onTestFailed(async () => void process.stderr.write(`${await journalText(cloudauth, task.name)}\n`));
      await use(cloudauth);
    },
  });

export const test = cloudauthTest();
export const it = test;
