/** What may be fetched of the emulator itself: objects, nothing else. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { openTask, PERSON, submit } from '../support/tasks.js';

test.each<[string, (token: string) => string]>([
  ['a page that ends a verification', (token) => `/user_verify/cloudauth.html?token=${token}&auto=pass`],
  ['the home page', () => '/'],
  ['the gateway', () => '/?Action=GetVerifyToken'],
  ['a health check', () => '/healthz'],
  ['the control side', () => '/_mock/accounts'],
])('an address of a picture that leads to %s is refused, and nothing has happened', async (_title, pathOf) => {
  await using mock = await createCloudauthMock({ port: 0, fetch: 'loopback', device: 'manual' }).listen();
  const victim = await openTask(mock, 'RPBasic');
  const VerifyToken = await openTask(mock, 'RPMin');
  const reply = await submit(mock, VerifyToken, { ...PERSON, FacePic: mock.url + pathOf(victim) });
  const open = (await mock.verifications.list()).filter(({ status }) => status === 'open');
  expect([reply.status, reply.headers.get('x-cloudauth-mock-hint'), open.length]).toEqual([
    500,
    expect.stringContaining('its address answered 403'),
    2,
  ]);
});
