/** The journal that several emulators keep together, over any database. */
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/database.js';
import { JOURNAL, type NewItem, storedJournal } from '../../../src/store/journal.js';
import { inPostgres } from '../../../src/store/postgres/dialect.js';

const BOUNDS = { most: 5, accounts: 3, bytes: 1000, allBytes: 2000 };
const item = (text: string, more: Partial<NewItem> = {}): NewItem => ({
  ...{ at: 1, item: text, size: 10, isCall: true, counts: [], ...more },
});

export function journalSuite(name: string, open: () => Promise<Database>): void {
  describe(`the journal of several, ${name}`, () => {
    const opened = async (bounds = BOUNDS) => {
      const database = await open();
      for (const each of JOURNAL) await database.run(/PostgreSQL/.test(name) ? inPostgres(each) : each);
      return { database, journal: storedJournal(database, bounds) };
    };

    test('items are numbered in their order, calls beside them, and read from a number on', async () => {
      const { database, journal } = await opened();
      await journal.append('a', 'r', item('1'));
      await journal.append('a', 'unused', item('2', { isCall: false }));
      const head = await journal.append('a', 'unused', item('3\0'));
      const items = await journal.items('r', 2);
      await database.close();
      expect([head, items]).toEqual([
        { ring: 'r', next: 4, calls: 2 },
        [
          { number: 2, call: null, item: '2' },
          { number: 3, call: 2, item: '3\0' },
        ],
      ]);
    });

    test('of 60 that are appended at once each has a number of its own', async () => {
      const { database, journal } = await opened();
      const heads = await Promise.all(Array.from({ length: 60 }, (_, n) => journal.append('a', `r${n}`, item(`${n}`))));
      await database.close();
      const numbers = heads.map(({ calls }) => calls).sort((one, other) => one - other);
      expect([numbers, new Set(heads.map(({ ring }) => ring)).size]).toEqual([
        Array.from({ length: 60 }, (_, n) => n + 1),
        1,
      ]);
    });

    test('what is counted adds up, with an item and without', async () => {
      const { database, journal } = await opened();
      await journal.count('a', 'r', 1, [['o', 2]]);
      for (const name of ['o ok', 'o ok', 'o Z1146'])
        await journal.append('a', 'unused', item('', { counts: [[name, 1]] }));
      await journal.count('a', 'unused', 1, [['o', 1]]);
      const [counts, head] = [await journal.counts('r'), await journal.head('a')];
      await database.close();
      expect([[...counts].sort(), head]).toEqual([
        [
          ['o Z1146', 1],
          ['o ok', 2],
          ['o', 3],
        ],
        { ring: 'r', next: 4, calls: 3 },
      ]);
    });

    test('of more than are kept the oldest go, and of large ones more', async () => {
      const { database, journal } = await opened({ ...BOUNDS, allBytes: 100_000 });
      for (let n = 1; n <= 12; n++) await journal.append('a', 'r', item(`${n}`));
      for (let n = 1; n <= 5; n++) await journal.append('b', 's', item(`${n}`, { size: 400 }));
      await journal.append('c', 't', item('', { size: 5000 }));
      for (const account of ['a', 'b', 'c', 'nobody']) await journal.tidy(account, 1);
      const kept = [];
      for (const ring of ['r', 's', 't']) kept.push((await journal.items(ring, 0)).map(({ number }) => number));
      await database.close();
      expect(kept).toEqual([[8, 9, 10, 11, 12], [4, 5], [1]]);
    });

    test('of too many accounts the longest silent go, with what they had', async () => {
      const { database, journal } = await opened();
      for (const [at, account] of ['a', 'b', 'c', 'd', 'e'].entries())
        await journal.append(account, `ring-${account}`, item('', { at, counts: [['o ok', 1]] }));
      await journal.tidy('e', 5);
      const left = await journal.accounts();
      const gone = [await journal.items('ring-a', 0), await journal.counts('ring-b')];
      await database.close();
      expect([left, gone]).toEqual([
        ['c', 'd', 'e'],
        [[], []],
      ]);
    });

    test('all together are bounded, and the account that is heard of keeps its own', async () => {
      const { database, journal } = await opened();
      for (const [at, account] of ['a', 'b', 'c'].entries())
        await journal.append(account, `ring-${account}`, item('', { at, size: 900 }));
      await journal.tidy('c', 5);
      const left = await journal.accounts();
      await database.close();
      expect(left).toEqual(['b', 'c']);
    });

    test('forgotten it begins anew, and comes back as it was', async () => {
      const { database, journal } = await opened();
      await journal.append('a', 'r', item('before'));
      await journal.forget('a', 10);
      const forgotten = await journal.head('a');
      await journal.append('a', 's', item('since'));
      await journal.back('a');
      const back = [await journal.head('a'), await journal.items('r', 1), await journal.items('s', 1)];
      await database.close();
      expect([forgotten, back]).toEqual([
        undefined,
        [{ ring: 'r', next: 2, calls: 1 }, [{ number: 1, call: 1, item: 'before' }], []],
      ]);
    });

    test('one that was forgotten goes a minute later', async () => {
      const { database, journal } = await opened();
      await journal.append('a', 'r', item('before'));
      await journal.forget('a', 10);
      await journal.append('a', 's', item('since'));
      await journal.tidy('a', 60_000);
      const early = (await journal.items('r', 1)).length;
      await journal.tidy('a', 60_011);
      const late = (await journal.items('r', 1)).length;
      await database.close();
      expect([early, late]).toEqual([1, 0]);
    });
  });
}
