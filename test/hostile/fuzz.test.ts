/** The first ten thousand of what `npm run fuzz` sends. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { manualClock } from '../../src/index.js';
import { fuzz } from './fuzz.js';

const CALLS = 10_000;
const SEED = 20_260_101;
/** Far more than it takes: a busy machine is no failure. */
const PATIENCE = { timeout: 600_000 };

test(`${CALLS} hostile calls at every door: each is answered as documented, none crashes`, PATIENCE, async () => {
  const summary = await fuzz({ calls: CALLS, seed: SEED, create: createCloudauthMock, clockAt: manualClock });
  expect([summary.crashes, summary.complaints, summary.calls]).toEqual([{}, {}, CALLS]);
  // it did not all bounce off the first check
  expect(Object.keys(summary.answers).length).toBeGreaterThan(25);
});
