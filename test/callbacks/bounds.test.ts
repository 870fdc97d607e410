/** What a flood of endings can make of a server that does not answer. */
import { expect, test } from 'vitest';
import { createCallbacks } from '../../src/outgoing/callbacks.js';
import { systemClock } from '../../src/platform/clock.js';
import { saying } from '../support/hints.js';
import { receiver } from '../support/receiver.js';

test('32 are under way, 1000 wait, and of one more it is said that it is not called', async () => {
  await using server = await receiver(0);
  const settled: string[] = [];
  const callbacks = createCallbacks({
    options: { callback: 'loopback', callbackHosts: [], host: '127.0.0.1', publicUrl: undefined },
    wallClock: systemClock,
    owed: { list: async () => [], settle: async ({ id }) => void settled.push(id) },
    boundUrl: () => undefined,
    note: () => undefined,
    tell: () => undefined,
  });
  const made = Array.from({ length: 1033 }, (_, index) =>
    callbacks.make({ account: 'default', id: `${index}`, url: server.url }),
  );
  const { verification, hint } = await callbacks.next('default', 5000);
  await server.times(32);
  callbacks.close(new Error('closed'));
  await Promise.all(made);
  expect([verification, hint, settled, server.called.length]).toEqual([
    '1032',
    await saying(['no-callback', { why: 'too-many-callbacks' }]),
    ['1032'],
    32,
  ]);
});
