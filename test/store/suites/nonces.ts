/** Nonces and what else a call writes are there together, or neither is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/platform/clock.js';
import type { Database } from '../../../src/store/database.js';
import { nonces } from '../../../src/store/nonces.js';
import { createStore } from '../../../src/store/store.js';
import { passing, slowDatabase } from '../../support/slow-database.js';

const WINDOW = 15 * 60_000;
const NOW = 1_500_000_000_000;
const ACCOUNT = 'default';
const key = (name: string) => ({
  ...{ access_key_id: name, secret: 's', security_token: name, bucket: 'b', path: 'p', expires_at: 0 },
});

/** @param open a database with nothing in it */
export const nonceSuite = (title: string, open: () => Promise<Database>) =>
  describe(title, () => {
    let direct: Database;
    beforeEach(async () => {
      direct = await open();
    });
    afterEach(() => direct.close());

    const kept = async () =>
      (await direct.all<{ nonce: string }>('SELECT nonce FROM nonces')).map(({ nonce }) => nonce);

    /** Its process ends before the call of this number is done. */
    const endingAt = (number: number): Database => {
      let calls = 0;
      return passing(direct, (call) =>
        ++calls >= number ? Promise.reject(new Error('the process has ended')) : call(),
      );
    };

    test('wherever a process ends, a call’s nonce and what it wrote are both there, or neither is', async () => {
      const found = [];
      for (let number = 1; number < 8; number++) {
        const name = `n${number}`;
        const call = async () => {
          const nonce = await nonces(endingAt(number), WINDOW).take('key', name, NOW, NOW);
          const store = createStore(nonce!.database!, ACCOUNT, systemClock);
          await store.scenes.find('RPMin');
          await store.write(store.credentials.addRow(key(name)));
          await nonce!.keep!();
        };
        await call().catch(() => {});
        const written = await createStore(direct, ACCOUNT, systemClock).credentials.find(name);
        found.push([(await kept()).includes(name), written !== undefined]);
      }
      expect(found.filter(([nonce, row]) => nonce !== row)).toEqual([]);
      expect(new Set(found.map(([nonce]) => nonce))).toEqual(new Set([false, true]));
    });

    test('a change that is asked for with RETURNING takes the nonce along', async () => {
      const nonce = await nonces(direct, WINDOW).take('key', 'n', NOW, NOW);
      const { builds } = createStore(nonce!.database!, ACCOUNT, systemClock);
      const before = [await builds.find('t'), await kept()];
      const asked = await builds.ask('t');
      expect([...before, asked, await kept()]).toEqual([undefined, [], undefined, ['n']]);
    });

    test('the nonce of a call that writes nothing is kept at its end', async () => {
      const nonce = await nonces(direct, WINDOW).take('key', 'n', NOW, NOW);
      await createStore(nonce!.database!, ACCOUNT, systemClock).scenes.find('RPMin');
      const before = await kept();
      await nonce!.keep!();
      expect([before, await kept()]).toEqual([[], ['n']]);
    });

    test('a write that failed leaves the nonce to the next one', async () => {
      const nonce = await nonces(direct, WINDOW).take('key', 'n', NOW, NOW);
      const store = createStore(nonce!.database!, ACCOUNT, systemClock);
      const twice = await store
        .write(store.credentials.addRow(key('a')), store.credentials.addRow(key('a')))
        .catch(() => 'failed');
      const between = await kept();
      await nonce!.keep!();
      expect([twice, between, await kept()]).toEqual(['failed', [], ['n']]);
    });

    test('of calls that come with one nonce at once one may use it, and none after it has ended', async () => {
      const used = nonces(slowDatabase(direct, 'nonces'), WINDOW);
      const taken = await Promise.all(Array.from({ length: 20 }, () => used.take('key', 'n', NOW, NOW)));
      await Promise.all(taken.map((nonce) => nonce?.keep?.()));
      const later = [await used.take('key', 'n', NOW, NOW), await used.take('other', 'n', NOW, NOW)];
      expect([taken.filter(Boolean).length, later.map(Boolean)]).toEqual([1, [false, true]]);
    });

    test('it may come back once its time is over, whether or not its row is still there', async () => {
      const used = nonces(direct, WINDOW);
      const found = [];
      for (const at of [0, WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + 2, 9 * WINDOW]) {
        const nonce = await used.take('key', 'n', NOW + at, NOW + at);
        await nonce?.keep?.();
        found.push(nonce !== undefined);
      }
      expect(found).toEqual([true, false, false, true, false, true]);
    });

    test('rows are gone when their time is over', async () => {
      const used = nonces(direct, WINDOW);
      for (let n = 0; n < 20; n++) await (await used.take('key', `n${n}`, NOW + n, NOW + n))!.keep!();
      await (await used.take('key', 'last', NOW + 2 * WINDOW, NOW))!.keep!();
      expect(await kept()).toEqual(['last']);
    });
  });
