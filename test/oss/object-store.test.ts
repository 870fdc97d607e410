import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIds } from '../../src/ids.js';
import { createObjectStore, type OssObjects, StoreFullError } from '../../src/oss/object-store.js';
import type { Database } from '../../src/store/database.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStore } from '../../src/store/store.js';

const ACCOUNT = 'default';
const OBJECT = { bucket: 'verify-external-image', key: 'p/../../etc/a.jpg' };

let scratch: string;
let database: Database;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'objects-'));
  database = await openSqlite(':memory:');
});
afterEach(async () => {
  await database.close();
  await rm(scratch, { recursive: true });
});

const folder = () => join(scratch, 'db.objects');
const files = () => readdir(folder()).catch((): string[] => []);
const storeOf = (account: string) => createStore(database, account);
const createIn = (place: string | undefined, maxBytes = 1e9): OssObjects =>
  createObjectStore({
    database,
    ids: createIds(),
    storeOf,
    clockOf: () => ({ now: () => 1_500_000_000_000 }),
    folder: place,
    maxBytes,
  });
const create = (maxBytes?: number) => createIn(folder(), maxBytes);

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}
async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of texts) yield Buffer.from(piece);
}
async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('gone');
}

describe.each([
  ['on disk', () => folder()],
  ['in memory', () => undefined],
])('%s', (_where, where) => {
  const open = (maxBytes?: number) => createIn(where(), maxBytes);

  test('gives back what was put', async () => {
    const store = open();
    await store.put(ACCOUNT, OBJECT, pieces('hel', 'lo'));
    const found = await store.find(ACCOUNT, OBJECT.bucket, OBJECT.key);
    expect([await text(store.read(ACCOUNT, found!)), found]).toEqual([
      'hello',
      expect.objectContaining({
        size: 5,
        etag: '5D41402ABC4B2A76B9719D911017C592',
        crc64: '11177612005948864433',
        contentType: 'image/jpeg',
        modifiedAt: 1_500_000_000_000,
      }),
    ]);
  });

  test('reads a stretch of it', async () => {
    const store = open();
    const object = await store.put(ACCOUNT, OBJECT, Buffer.from('hello'));
    expect(await text(store.read(ACCOUNT, object, 1, 3))).toBe('ell');
  });

  test('keeps an empty object', async () => {
    const store = open();
    const object = await store.put(ACCOUNT, OBJECT, pieces());
    expect([object.crc64, await text(store.read(ACCOUNT, object))]).toEqual(['0', '']);
  });

  test('another account sees nothing of it', async () => {
    const store = open();
    await store.put(ACCOUNT, OBJECT, Buffer.from('hello'));
    expect(await store.find('other', OBJECT.bucket, OBJECT.key)).toBeUndefined();
  });

  test('what ends early is not there', async () => {
    const store = open();
    await expect(store.put(ACCOUNT, OBJECT, broken())).rejects.toThrow('gone');
    expect(await store.find(ACCOUNT, OBJECT.bucket, OBJECT.key)).toBeUndefined();
  });

  test('more than there is room for is refused', async () => {
    const store = open(8);
    await store.put(ACCOUNT, OBJECT, Buffer.from('hello'));
    await expect(store.put(ACCOUNT, { ...OBJECT, key: 'p/b' }, pieces('12', '34'))).rejects.toThrow(StoreFullError);
  });

  test('what was refused leaves its room to others', async () => {
    const store = open(8);
    await expect(store.put(ACCOUNT, OBJECT, pieces('123456', '789'))).rejects.toThrow(StoreFullError);
    expect(await store.put(ACCOUNT, OBJECT, pieces('12345678'))).toMatchObject({ size: 8 });
  });

  test('what was deleted leaves its room to others', async () => {
    const store = open(8);
    await store.put(ACCOUNT, OBJECT, pieces('12345678'));
    await store.remove(ACCOUNT, OBJECT.bucket, OBJECT.key);
    expect(await store.put(ACCOUNT, OBJECT, pieces('12345678'))).toMatchObject({ size: 8 });
  });

  test('a reset leaves its room to others', async () => {
    const store = open(8);
    await store.put(ACCOUNT, OBJECT, pieces('12345678'));
    await storeOf(ACCOUNT).reset();
    expect(await store.put('other', OBJECT, pieces('12345678'))).toMatchObject({ size: 8 });
  });

  test('a restored snapshot has the bytes it had', async () => {
    const store = open();
    await store.put(ACCOUNT, OBJECT, pieces('before'));
    await storeOf(ACCOUNT).snapshots.save('s');
    await store.put(ACCOUNT, OBJECT, pieces('after'));
    await store.remove(ACCOUNT, OBJECT.bucket, OBJECT.key);
    await storeOf(ACCOUNT).snapshots.restore('s');
    const found = await store.find(ACCOUNT, OBJECT.bucket, OBJECT.key);
    expect(await text(store.read(ACCOUNT, found!))).toBe('before');
  });

  test('an upload’s parts read as one object', async () => {
    const store = open();
    const upload = (await store.upload(ACCOUNT, await store.beginUpload(ACCOUNT, OBJECT)))!;
    for (const [number, piece] of [
      [2, 'world'],
      [1, 'hello '],
      [3, 'unused'],
    ] as const)
      await store.putPart(ACCOUNT, upload.uploadId, number, pieces(piece), () => {});
    const object = await store.completeUpload(ACCOUNT, upload, [1, 2]);
    expect([await text(store.read(ACCOUNT, object!)), await text(store.read(ACCOUNT, object!, 4, 7))]).toEqual([
      'hello world',
      'o wo',
    ]);
  });

  test('of two that complete an upload one does', async () => {
    const store = open();
    const upload = (await store.upload(ACCOUNT, await store.beginUpload(ACCOUNT, OBJECT)))!;
    await store.putPart(ACCOUNT, upload.uploadId, 1, pieces('a'), () => {});
    const both = await Promise.all([1, 2].map(() => store.completeUpload(ACCOUNT, upload, [1])));
    expect(both.filter(Boolean)).toHaveLength(1);
  });
});

describe('files', () => {
  test('are one for an object, named by us, in a folder for the owner alone', async () => {
    await create().put(ACCOUNT, OBJECT, pieces('hello'));
    const { mode } = await stat(folder());
    expect([await files(), mode & 0o777, await readdir(scratch)]).toEqual([
      [expect.stringMatching(/^[0-9a-f]{32}$/)],
      0o700,
      ['db.objects'],
    ]);
  });

  test('none is left of what ends early', async () => {
    await expect(create().put(ACCOUNT, OBJECT, broken())).rejects.toThrow();
    expect(await files()).toEqual([]);
  });

  test('none is left of what fails its check', async () => {
    const check = async (): Promise<void> => {
      throw new Error('wrong digest');
    };
    await expect(create().put(ACCOUNT, OBJECT, pieces('a'), check)).rejects.toThrow('wrong digest');
    expect(await files()).toEqual([]);
  });

  test('that of a replaced object goes', async () => {
    const store = create();
    await store.put(ACCOUNT, OBJECT, pieces('one'));
    const before = await files();
    await store.put(ACCOUNT, OBJECT, pieces('two'));
    expect([(await files()).length, (await files()).filter((name) => before.includes(name))]).toEqual([1, []]);
  });

  test('that of a deleted object goes', async () => {
    const store = create();
    await store.put(ACCOUNT, OBJECT, pieces('one'));
    await store.remove(ACCOUNT, OBJECT.bucket, OBJECT.key);
    expect(await files()).toEqual([]);
  });

  test('those of an aborted upload go', async () => {
    const store = create();
    const id = await store.beginUpload(ACCOUNT, OBJECT);
    await store.putPart(ACCOUNT, id, 1, pieces('one'), () => {});
    await store.abortUpload(ACCOUNT, id);
    expect(await files()).toEqual([]);
  });

  test('that of a part whose upload ended meanwhile goes', async () => {
    const store = create();
    const id = await store.beginUpload(ACCOUNT, OBJECT);
    const part = await store.putPart(
      ACCOUNT,
      id,
      1,
      pieces('one'),
      async () => void (await store.abortUpload(ACCOUNT, id)),
    );
    expect([part, await files()]).toEqual([undefined, []]);
  });

  test('of a completed upload only those of its parts stay', async () => {
    const store = create();
    const upload = (await store.upload(ACCOUNT, await store.beginUpload(ACCOUNT, OBJECT)))!;
    for (const number of [1, 2, 3]) await store.putPart(ACCOUNT, upload.uploadId, number, pieces('a'), () => {});
    await store.completeUpload(ACCOUNT, upload, [1, 3]);
    expect(await files()).toHaveLength(2);
  });

  test('nobody refers to are gone after the next start, and no others', async () => {
    const first = create();
    await first.put(ACCOUNT, OBJECT, pieces('lost'));
    await first.put('other', OBJECT, pieces('kept'));
    await storeOf(ACCOUNT).reset();
    await writeFile(join(folder(), 'notes.txt'), 'not ours');
    const second = create();
    await second.put('other', { ...OBJECT, key: 'p/new' }, pieces('new'));
    const kept = await second.find('other', OBJECT.bucket, OBJECT.key);
    expect([(await files()).length, await text(second.read('other', kept!))]).toEqual([3, 'kept']);
  });

  test('nobody refers to are found after 64 MB more', async () => {
    const store = create();
    await store.put(ACCOUNT, OBJECT, pieces('lost'));
    await storeOf(ACCOUNT).reset();
    const large = Buffer.alloc(65 * 1024 * 1024);
    for (const key of ['a', 'b']) await store.put('other', { ...OBJECT, key }, large);
    expect(await files()).toHaveLength(2);
  });

  test('count after a restart as well', async () => {
    await create(8).put(ACCOUNT, OBJECT, pieces('12345678'));
    await expect(create(8).put(ACCOUNT, { ...OBJECT, key: 'b' }, pieces('1'))).rejects.toThrow(StoreFullError);
  });
});
