/** A process that is killed while it calls back. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, startCli } from '../support/child.js';
import { certifyId } from '../support/face.js';
import { receiver } from '../support/receiver.js';

test('what it owed is called by the next one', async () => {
  await using folder = await scratch();
  await using server = await receiver(0, 200);
  const args = ['--db', join(folder.path, 'state.db'), '--device', 'manual'];
  const killed = await startCli(args);
  const called = (path: string, init?: RequestInit) => fetch(`${killed.url}${path}`, init);
  const fetched = async (request: Request) =>
    called('/', { method: 'POST', body: await request.text(), headers: { ...Object.fromEntries(request.headers) } });
  const id = await certifyId({ fetch: fetched }, { CallbackUrl: server.url });
  await called(`/_mock/verifications/${id}/pass`, { method: 'POST' });
  await server.times(2);
  killed.kill('SIGKILL');
  await killed.exit;
  await using _next = await startCli(args);
  await server.times(3);
  expect(server.called).toEqual(Array(2).fill(`GET /cb?certifyId=${id}&passed=200`));
});
