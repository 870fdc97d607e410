/** What is asked for at once comes to the database in any order, and it must not matter: over one as it is, and over a slow one. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createObjectStore, type OssObjects } from '../../../src/oss/object-store.js';
import { systemClock } from '../../../src/platform/clock.js';
import { createIds } from '../../../src/platform/ids.js';
import { businessClocks } from '../../../src/store/clocks.js';
import type { Database } from '../../../src/store/database.js';
import { referencedBlobs, type StoredObject } from '../../../src/store/objects.js';
import { statesAtOnce } from '../../../src/store/state-at-once.js';
import type { States } from '../../../src/store/states.js';
import { createStore, type Store } from '../../../src/store/store.js';

const ACCOUNT = 'default';
const NAME = { bucket: 'verify-external-image', key: 'p/a.jpg' };
const PROPERTIES = { content_type: 'image/jpeg', headers: '{}' };
const FIFTY = Array.from({ length: 50 }, (_, index) => index);

/** The list of one blob that no other row has. */
const blob = (index: number) => `${index.toString(16).padStart(32, '0')}:1`;
const object = (blobs: string): StoredObject => ({
  ...{ ...NAME, ...PROPERTIES, blobs },
  ...{ size: 1, etag: 'E', modified_at: 0 },
});
const part = (blobs: string, number = 1) => ({
  ...{ upload_id: 'u', number, blobs },
  ...{ size: 1, etag: 'E', modified_at: 0 },
});

/** What waits for `opened` goes on once it was opened, and waits again when it was shut before. */
function gate() {
  let resolve = () => {};
  const made = { opened: Promise.resolve(), open: () => resolve(), shut };
  function shut() {
    made.opened = new Promise((done) => {
      resolve = done;
    });
  }
  shut();
  return made;
}

/** @param open a database with nothing in it. @param over what the calls under test go through. @param statesIn of its accounts */
export const races = (
  title: string,
  open: () => Promise<Database>,
  over: (database: Database) => Database = (database) => database,
  statesIn: (database: Database) => States = statesAtOnce,
) =>
  describe(title, () => {
    let direct: Database;
    let database: Database;
    let store: Store;
    let states: States;
    const storeOf = (account: string) => createStore(database, account, systemClock, undefined, undefined, states);
    beforeEach(async () => {
      direct = await open();
      database = over(direct);
      states = statesIn(database);
      store = storeOf(ACCOUNT);
      return () => direct.close();
    });

    const beginUpload = () => store.objects.addUpload({ upload_id: 'u', ...NAME, ...PROPERTIES, started_at: 0 });
    const clearObjects = () =>
      direct.batch(['objects', 'uploads', 'parts'].map((table) => [`DELETE FROM ${table}`, []]));

    describe('rows of objects and parts', () => {
      test('of 50 that put one object at once each is told what it replaced: no blob twice, only the last one stays', async () => {
        const replaced = await Promise.all(FIFTY.map((index) => store.objects.put(object(blob(index)))));
        expect([...replaced.flat(), ...(await referencedBlobs(direct))].sort()).toEqual(FIFTY.map(blob));
      });

      test('of 50 that must not replace an object exactly one is told that it is stored, and it is', async () => {
        const told = await Promise.all(FIFTY.map((index) => store.objects.put(object(blob(index)), true)));
        const stored = FIFTY.filter((index) => told[index]).map(blob);
        expect([stored.length, stored]).toEqual([1, await referencedBlobs(direct)]);
      });

      test('of 50 that send one part at once each is told what it replaced', async () => {
        await beginUpload();
        const replaced = await Promise.all(FIFTY.map((index) => store.objects.putPart(part(blob(index)))));
        expect([...replaced.flat(), ...(await referencedBlobs(direct))].sort()).toEqual(FIFTY.map(blob));
      });

      test('of 50 that remove one object at once one is told its blob', async () => {
        await store.objects.put(object(blob(0)));
        const gone = await Promise.all(FIFTY.map(() => store.objects.remove(NAME.bucket, [NAME.key])));
        expect(gone.flat()).toEqual([blob(0)]);
      });

      test('an upload is completed or aborted, never both', async () => {
        const ends: string[] = [];
        for (const turn of FIFTY) {
          await clearObjects();
          await beginUpload();
          await store.objects.putPart(part(blob(0)));
          const complete = () => store.objects.completeUpload('u', [blob(0)], object(blob(0)));
          const abort = () => store.objects.abortUpload('u');
          const freed = await Promise.all(turn % 2 === 0 ? [complete(), abort()] : [abort(), complete()]);
          ends.push(JSON.stringify([freed.filter(Boolean), await referencedBlobs(direct)]));
        }
        const [aborted, completed] = [
          [[[blob(0)]], []],
          [[[]], [blob(0)]],
        ].map((end) => JSON.stringify(end));
        expect(ends.filter((end) => end !== aborted && end !== completed)).toEqual([]);
      });

      test('of 50 that complete an upload one does', async () => {
        await beginUpload();
        await store.objects.putPart(part(blob(0)));
        const told = await Promise.all(
          FIFTY.map(() => store.objects.completeUpload('u', [blob(0)], object(blob(0)), false)),
        );
        expect([told.filter(Boolean).length, await referencedBlobs(direct)]).toEqual([1, [blob(0)]]);
      });

      test('a part sent again while its upload is completed is in the object, is given back, or is refused: one of them', async () => {
        const wrong: unknown[] = [];
        for (const turn of FIFTY) {
          await clearObjects();
          await beginUpload();
          await store.objects.put(object(blob(9)));
          await store.objects.putPart(part(blob(0)));
          const complete = () => store.objects.completeUpload('u', [blob(0)], object(blob(0)));
          const [first, second] =
            turn % 2 === 0
              ? await Promise.all([complete(), store.objects.putPart(part(blob(1)))])
              : (await Promise.all([store.objects.putPart(part(blob(1))), complete()])).reverse();
          const given = [...(first ?? []), ...(second ?? [blob(1)])];
          const all = [...given, ...(await referencedBlobs(direct))].sort();
          if (all.join() !== [blob(0), blob(1), blob(9)].join()) wrong.push([first, second, all]);
        }
        expect(wrong).toEqual([]);
      });

      test('a part that arrives while its upload is aborted is given back or refused', async () => {
        const wrong: unknown[] = [];
        for (const turn of FIFTY) {
          await clearObjects();
          await beginUpload();
          const send = () => store.objects.putPart(part(blob(1)));
          const abort = () => store.objects.abortUpload('u');
          const [ended, sent] =
            turn % 2 === 0 ? await Promise.all([abort(), send()]) : (await Promise.all([send(), abort()])).reverse();
          const given = [...(ended ?? []), ...(sent ?? [blob(1)])];
          if (given.join() !== blob(1) || (await referencedBlobs(direct)).length > 0) wrong.push([ended, sent]);
        }
        expect(wrong).toEqual([]);
      });
    });

    describe('snapshots', () => {
      /** One batch over two tables: a copy has both rows or neither. */
      const writePair = (index: number) =>
        store.write(
          [
            'INSERT INTO scenes (account, biz, name, solution, guide, privacy, result) VALUES (?, ?, ?, ?, 1, 1, 1)',
            [states.keyOf(ACCOUNT), `b${index}`, 'n', 'RPMin'],
          ],
          store.credentials.addRow({
            ...{ access_key_id: `k${index}`, secret: 's', security_token: 't', bucket: 'b', path: 'p', expires_at: 0 },
          }),
        );
      const pairs = async () => {
        const rows = await direct.all<{ n: number }>(
          'SELECT COUNT(*) AS n FROM scenes WHERE account = ? UNION ALL SELECT COUNT(*) FROM credentials WHERE account = ?',
          [states.keyOf(ACCOUNT), states.keyOf(ACCOUNT)],
        );
        return rows.map(({ n }) => n);
      };

      test('one saved while rows are written has what one call wrote, or nothing of it', async () => {
        const torn: unknown[] = [];
        for (const turn of FIFTY.slice(0, 20)) {
          await store.reset();
          const [, saved] = await Promise.all([writePair(turn), store.snapshots.save('s')]);
          await store.snapshots.restore('s');
          const [scenes, credentials] = await pairs();
          if (scenes !== credentials || saved !== scenes! + credentials!) torn.push([scenes, credentials, saved]);
        }
        expect(torn).toEqual([]);
      });

      test('one restored while it is saved anew is the one or the other', async () => {
        const torn: unknown[] = [];
        for (const turn of FIFTY.slice(0, 20)) {
          await store.reset();
          await store.snapshots.save('s');
          await writePair(turn);
          const [, held] = await Promise.all([store.snapshots.save('s'), store.snapshots.restore('s')]);
          const [scenes, credentials] = await pairs();
          if (scenes !== credentials || held !== scenes! + credentials!) torn.push([scenes, credentials, held]);
        }
        expect(torn).toEqual([]);
      });
    });

    test('a clock that is set 50 times at once is found again as it was set last', async () => {
      const wall = { now: () => 0 };
      const clocks = await businessClocks(database, wall);
      await Promise.all(FIFTY.map((index) => clocks.set(ACCOUNT, index)));
      const found = await businessClocks(direct, wall);
      expect([clocks.of(ACCOUNT).now(), found.of(ACCOUNT).now()]).toEqual([49, 49]);
    });

    describe('bytes on disk', () => {
      let folder: string;
      let opened: OssObjects[];
      beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), 'races-'));
        opened = [];
      });
      afterEach(async () => {
        for (const each of opened) await each.close();
        await rm(folder, { recursive: true });
      });
      const objectStore = (maxBytes = 1e9, over = database) => {
        const made = createObjectStore({
          ...{ database: over, folder, maxBytes, ids: createIds() },
          ...{ storeOf, isState: (key: string) => states.accountOf(key) !== undefined },
          clockOf: () => ({ now: () => 0 }),
        });
        opened.push(made);
        return made;
      };
      const put = (objects: OssObjects, key: string, text: string, onlyNew = false) =>
        objects.put(ACCOUNT, { ...NAME, key, onlyNew }, Buffer.from(text));
      const referenced = async () =>
        [...new Set((await referencedBlobs(direct)).flatMap((list) => list.split(' ')))]
          .map((entry) => entry.split(':')[0])
          .sort();
      const files = async () => (await readdir(folder)).sort();

      test('50 puts of one key leave the bytes of the last one, and all other room', async () => {
        const objects = objectStore(50);
        await Promise.all(FIFTY.map(() => put(objects, 'a', 'x')));
        const left = [await files(), await referenced()];
        await put(objects, 'b', 'x'.repeat(49));
        expect([left[0]!.length, left[0]]).toEqual([1, left[1]]);
      });

      test('50 puts of one key that forbid to replace it store one and leave nothing of the others', async () => {
        const objects = objectStore();
        const told = await Promise.allSettled(FIFTY.map((index) => put(objects, 'a', `${index}`, true)));
        const stored = told.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
        const found = await objects.find(ACCOUNT, NAME.bucket, 'a');
        expect([stored, await files()]).toEqual([[found], await referenced()]);
      });

      test('50 sendings of one part leave the bytes of the last one', async () => {
        const objects = objectStore();
        const id = await objects.beginUpload(ACCOUNT, NAME);
        async function* bytes() {
          yield Buffer.from('x');
        }
        await Promise.all(FIFTY.map(() => objects.putPart(ACCOUNT, id, 1, bytes(), () => {})));
        expect([(await files()).length, await files()]).toEqual([1, await referenced()]);
      });

      test('what is stored while it is looked for bytes nobody refers to keeps its own', async () => {
        const [looking, stored] = [gate(), gate()];
        const watched: Database = {
          ...database,
          async all(sql, args) {
            const rows = await database.all<never>(sql, args);
            if (sql.includes('UNION ALL')) {
              looking.open();
              await stored.opened;
            }
            return rows;
          },
        };
        stored.open();
        const objects = objectStore(13, watched);
        await put(objects, 'lost', 'x'.repeat(8));
        await store.reset();
        stored.shut();
        looking.shut();
        async function* late() {
          yield Buffer.from('a');
          await looking.opened;
          yield Buffer.from('b');
        }
        const first = objects.put(ACCOUNT, { ...NAME, key: 'a' }, late());
        // its file is there: now another one finds no room, and looks for some
        await vi.waitUntil(async () => (await files()).length === 2);
        const second = put(objects, 'b', 'x'.repeat(5));
        const made = await first;
        stored.open();
        await second;
        const chunks: Uint8Array[] = [];
        for await (const chunk of objects.read(ACCOUNT, made)) chunks.push(chunk);
        expect(Buffer.concat(chunks).toString()).toBe('ab');
      });

      test('snapshots saved and restored amid puts have their bytes, and the next start leaves no others', async () => {
        const objects = objectStore();
        await put(objects, 'a', 'first');
        await store.snapshots.save('s');
        await Promise.all(
          FIFTY.map((index) => {
            if (index % 5 === 3) return store.snapshots.save('t');
            if (index % 5 === 4) return store.snapshots.restore(index % 2 === 0 ? 's' : 't');
            return put(objects, `${index % 3}`, `${index}`);
          }),
        );
        const there = await files();
        const missing = (await referenced()).filter((id) => !there.includes(id!));
        await put(objectStore(), 'b', 'new');
        expect([missing, await files()]).toEqual([[], await referenced()]);
      });
    });
  });
