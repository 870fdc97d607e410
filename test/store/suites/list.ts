/** Keys are listed by their prefix, whatever characters it ends with. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/platform/clock.js';
import type { Database } from '../../../src/store/database.js';
import { createStore } from '../../../src/store/store.js';

const STEMS = [
  'a',
  'a\u007f',
  'a\u0080',
  'a\ud7ff',
  'a\ue000',
  'a\uffff',
  'a\u{10000}',
  'a\u{10fffd}',
  'a\u{10fffe}',
  'b',
  '%',
  '_',
];
const KEYS = STEMS.flatMap((stem) => [stem, `${stem}!`, `${stem}z`, `${stem}\u{10fffe}`]);
const inBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** @param open a database with nothing in it */
export const lists = (title: string, open: () => Promise<Database>) =>
  describe(title, () => {
    test.each(['', ...STEMS])('those that begin with %j, from any of them on', async (prefix) => {
      const database = await open();
      const { objects } = createStore(database, 'default', systemClock);
      for (const key of new Set(KEYS))
        await objects.put({
          bucket: 'b',
          key,
          size: 1,
          etag: '',
          content_type: '',
          headers: '',
          blobs: '',
          modified_at: 0,
        });
      const listed = async (after: string) => (await objects.list('b', prefix, after, 1000)).map(({ key }) => key);
      const expected = [...new Set(KEYS)].filter((key) => key.startsWith(prefix)).sort(inBytes);
      const found = [await listed(''), ...(await Promise.all(expected.map(listed)))];
      await database.close();
      expect(found).toEqual([expected, ...expected.map((_key, index) => expected.slice(index + 1))]);
    });
  });
