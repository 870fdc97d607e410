/** A member that no call knows is refused, naming those there are; and what is no caller's fault is not called one. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { sendRaw, request as written } from '../support/raw.js';
import { getStatus, openTask } from '../support/tasks.js';

test.each([
  ['/verify', { on: 'GetStatus', tims: 1 }, 'no member "tims"; did you mean times? there are: on, when, times'],
  [
    '/verify',
    { on: 'GetStatus', times: 1, Times: 1 },
    'no member "Times"; did you mean times? there are: on, when, times',
  ],
  ['/clock', { advance: '31m', frozen: true }, 'no member "frozen"; there are: advance, set, freeze'],
  ['/verifications/ticket/fail', { raeson: 'x' }, 'no member "raeson"; did you mean reason? there are: reason, counts'],
  ['/verifications/ticket/pass', { account: 'x' }, 'no member "account"; there are: reason, counts'],
  ['/reset', { account: 'x' }, 'no member "account"; this call takes none; an account goes into ?account='],
  ['/snapshots/a', { name: 'b' }, 'no member "name"; this call takes none; an account goes into ?account='],
  ['/snapshots/a/restore', { name: 'b' }, 'no member "name"; this call takes none; an account goes into ?account='],
])('POST %s with %j is 400 and changes nothing', async (path, body, error) => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic');
  const before = await mock.clock.now();
  const reply = await admin(mock, `POST ${path}`, { body });
  expect([reply.status, reply.json]).toEqual([400, { error }]);
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(-1);
  expect((await mock.clock.now()) - before).toBeLessThan(60_000);
  expect(await mock.snapshots.list()).toEqual([]);
  expect((await mock.verifications.list({ status: 'open' })).length).toBe(1);
});

test.each(['', '{}', ' {} '])('a body of “%s” has no wrong member', async (body) => {
  await using mock = createCloudauthMock();
  const lines = ['POST /reset', 'POST /snapshots/a', 'POST /snapshots/a/restore'];
  const statuses = [];
  for (const line of lines) statuses.push((await admin(mock, line, { body })).status);
  expect(statuses).toEqual([200, 201, 200]);
});

test('verify of the programmatic API refuses them too', async () => {
  await using mock = createCloudauthMock();
  const misspelt = { on: 'GetStatus', tims: 0 } as { on: string };
  await expect(mock.verify(misspelt)).rejects.toThrow(
    'no member "tims"; did you mean times? there are: on, when, times',
  );
});

test('a RangeError of the language is a failure of ours: 500 over a socket, itself in process', async () => {
  let works = true;
  const now = () => {
    if (works) return Date.UTC(2026, 0, 1);
    throw new RangeError('Invalid time value');
  };
  await using mock = await createCloudauthMock({ port: 0, clock: { now } }).listen();
  works = false;
  const replies = [];
  for (const line of ['GET /_mock/clock', 'POST /_mock/clock'])
    replies.push(
      await sendRaw(mock.url, written(line, { Host: 'localhost', 'Content-Length': '16' }, '{"advance":"1h"}')),
    );
  expect(replies.map(({ status }) => status)).toEqual([500, 500]);
  await expect(mock.clock.advance('1h')).rejects.toThrow(expect.objectContaining({ name: 'RangeError' }));
});
