import { expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { createIds } from '../../src/platform/ids.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStore } from '../../src/store/store.js';

const stores = async (...accounts: string[]) => {
  const database = await openSqlite(':memory:');
  return accounts.map((account) => createStore(database, account, systemClock).credentials);
};

test('the reader opens every bucket and path, has no token and does not expire', async () => {
  const [credentials] = await stores('a');
  expect(await credentials!.reader(createIds('x'))).toEqual({
    access_key_id: expect.stringMatching(/^LTAI5t[0-9A-Za-z]{18}$/),
    secret: expect.stringMatching(/^[0-9A-Za-z]{44}$/),
    security_token: '',
    bucket: '*',
    path: '',
    expires_at: Number.MAX_SAFE_INTEGER,
    role: null,
  });
});

test('there is one reader, however many ask at once', async () => {
  const [credentials] = await stores('a');
  const ids = createIds('x');
  const readers = await Promise.all(Array.from({ length: 20 }, () => credentials!.reader(ids)));
  expect(new Set(readers.map(({ access_key_id }) => access_key_id)).size).toBe(1);
});

test('each account has a reader of its own', async () => {
  const [a, b] = await stores('a', 'b');
  const ids = createIds('x');
  expect((await a!.reader(ids)).access_key_id).not.toBe((await b!.reader(ids)).access_key_id);
});

test('the reader can be found by its id', async () => {
  const [credentials] = await stores('a');
  const reader = await credentials!.reader(createIds('x'));
  expect(await credentials!.find(reader.access_key_id)).toEqual(reader);
});
