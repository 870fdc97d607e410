import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createObjectStore, type OssObjects, StoreFullError } from '../../src/oss/object-store.js';
import { systemClock } from '../../src/platform/clock.js';
import { createIds } from '../../src/platform/ids.js';
import type { Database } from '../../src/store/database.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStates, type States } from '../../src/store/states.js';
import { createStore } from '../../src/store/store.js';

const ACCOUNT = 'default';
const MB = 1024 * 1024;
const OBJECT = { bucket: 'verify-external-image', key: 'p/../../etc/a.jpg' };

let scratch: string;
let database: Database;
let states: States;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'objects-'));
  database = await openSqlite(':memory:');
  states = createStates(database);
});
afterEach(async () => {
  await database.close();
  await rm(scratch, { recursive: true });
});

const folder = () => join(scratch, 'db.objects');
const files = () => readdir(folder()).catch((): string[] => []);
const storeOf = (account: string) => createStore(database, account, systemClock, undefined, undefined, states);
const createIn = (place: string | undefined, maxBytes = 1e9): OssObjects =>
  createObjectStore({
    database,
    isState: (key) => states.accountOf(key) !== undefined,
    ids: createIds(),
    storeOf,
    clockOf: () => ({ now: () => 1_500_000_000_000 }),
    folder: place,
    maxBytes,
  });
const create = (maxBytes?: number) => createIn(folder(), maxBytes);

const closing = (store: OssObjects) => ({ ...store, [Symbol.asyncDispose]: () => store.close() });

async function bytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
const text = async (chunks: AsyncIterable<Uint8Array>) => (await bytes(chunks)).toString();
/** As they come from a socket: each in a buffer of its own. */
async function* inPieces(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 60_000) yield new Uint8Array(content.subarray(at, at + 60_000));
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
    expect([object.etag, await text(store.read(ACCOUNT, object))]).toEqual(['D41D8CD98F00B204E9800998ECF8427E', '']);
  });

  test('what is read while it is deleted is read to its end, and leaves its room then', async () => {
    const store = open(8);
    const upload = await store.beginUpload(ACCOUNT, OBJECT);
    for (const [index, part] of ['1234', '5678'].entries())
      await store.putPart(ACCOUNT, upload, index + 1, pieces(part), () => {});
    const parts = await store.parts(ACCOUNT, upload);
    const object = (await store.completeUpload(ACCOUNT, (await store.upload(ACCOUNT, upload))!, parts))!;
    const reading = store.read(ACCOUNT, object)[Symbol.asyncIterator]();
    const first = await reading.next();
    await store.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
    const rest = [await reading.next(), await reading.next()];
    expect([first, ...rest].map(({ value }) => value && Buffer.from(value).toString())).toEqual([
      '1234',
      '5678',
      undefined,
    ]);
    expect(await store.put(ACCOUNT, OBJECT, pieces('12345678'))).toMatchObject({ size: 8 });
  });

  test('of two that read it the second one reads on when the first has ended', async () => {
    const store = open(8);
    const object = await store.put(ACCOUNT, OBJECT, pieces('1234', '5678'));
    const [first, second] = [store.read(ACCOUNT, object), store.read(ACCOUNT, object)].map((bytes) =>
      bytes[Symbol.asyncIterator](),
    );
    await second!.next();
    await first!.next();
    await store.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
    await first!.return!();
    const before = await store.put(ACCOUNT, { ...OBJECT, key: 'p/b' }, pieces('x')).catch((error: Error) => error.name);
    for (let next = await second!.next(); !next.done; next = await second!.next());
    const after = await store.put(ACCOUNT, { ...OBJECT, key: 'p/b' }, pieces('12345678'));
    expect([before, after.size]).toEqual(['StoreFullError', 8]);
  });

  test('many that come and go at once leave all the room there was', async () => {
    const store = open(1000);
    const keys = Array.from({ length: 10 }, (_, index) => `p/${index}`);
    await Promise.all(keys.map((key) => store.put(ACCOUNT, { ...OBJECT, key }, pieces('x'.repeat(100)))));
    await Promise.all(keys.map((key) => store.remove(ACCOUNT, OBJECT.bucket, [key])));
    expect(await store.put(ACCOUNT, OBJECT, pieces('x'.repeat(1000)))).toMatchObject({ size: 1000 });
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
    await store.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
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
    await store.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
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
    const parts = await store.parts(ACCOUNT, upload.uploadId);
    const object = await store.completeUpload(ACCOUNT, upload, parts.slice(0, 2));
    expect([await text(store.read(ACCOUNT, object!)), await text(store.read(ACCOUNT, object!, 4, 7))]).toEqual([
      'hello world',
      'o wo',
    ]);
  });

  test('of two that complete an upload one does', async () => {
    const store = open();
    const upload = (await store.upload(ACCOUNT, await store.beginUpload(ACCOUNT, OBJECT)))!;
    await store.putPart(ACCOUNT, upload.uploadId, 1, pieces('a'), () => {});
    const parts = await store.parts(ACCOUNT, upload.uploadId);
    const both = await Promise.all([1, 2].map(() => store.completeUpload(ACCOUNT, upload, parts)));
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  test('a part sent again while its upload is completed costs the object no bytes', async () => {
    const store = open();
    const upload = (await store.upload(ACCOUNT, await store.beginUpload(ACCOUNT, OBJECT)))!;
    await store.putPart(ACCOUNT, upload.uploadId, 1, pieces('old'), () => {});
    const before = await store.parts(ACCOUNT, upload.uploadId);
    await store.putPart(ACCOUNT, upload.uploadId, 1, pieces('new'), () => {});
    const late = await store.completeUpload(ACCOUNT, upload, before);
    const object = await store.completeUpload(ACCOUNT, upload, await store.parts(ACCOUNT, upload.uploadId));
    expect([late, await text(store.read(ACCOUNT, object!))]).toEqual([undefined, 'new']);
  });

  test.each([1, 255, 256, 257, 512, 1300])('the ETag is the MD5 of %i KB, however they arrive', async (kilobytes) => {
    const whole = Buffer.alloc(kilobytes * 1024, 'any bytes');
    await using store = closing(open());
    const objects = [await store.put(ACCOUNT, OBJECT, inPieces(whole)), await store.put(ACCOUNT, OBJECT, whole)];
    const md5 = createHash('md5').update(whole).digest('hex').toUpperCase();
    expect([objects.map(({ etag }) => etag), (await bytes(store.read(ACCOUNT, objects[1]!))).equals(whole)]).toEqual([
      [md5, md5],
      true,
    ]);
  });

  test('large objects that arrive together get each its own ETag', async () => {
    await using store = closing(open());
    const contents = ['a', 'b', 'c', 'd'].map((letter) => Buffer.alloc(2 * MB, letter));
    const objects = await Promise.all(
      contents.map((content, index) => store.put(ACCOUNT, { ...OBJECT, key: `p/${index}` }, inPieces(content))),
    );
    const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex').toUpperCase();
    expect(objects.map(({ etag }) => etag)).toEqual(contents.map(md5));
  });

  test('a store that closes fails what is under way, and leaves nothing of it', async () => {
    const store = open();
    async function* closed() {
      yield* inPieces(Buffer.alloc(MB));
      await store.close();
      yield* inPieces(Buffer.alloc(MB));
    }
    await expect(store.put(ACCOUNT, OBJECT, closed())).rejects.toThrow('ended');
    expect([await store.find(ACCOUNT, OBJECT.bucket, OBJECT.key), await files()]).toEqual([undefined, []]);
  });

  test('what was given remains the giver’s', async () => {
    await using store = closing(open());
    const mine = new Uint8Array(MB).fill(1);
    const object = await store.put(ACCOUNT, OBJECT, mine);
    mine.fill(2);
    expect((await bytes(store.read(ACCOUNT, object))).equals(Buffer.alloc(MB, 1))).toBe(true);
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
    await store.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
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
    const [first, , third] = await store.parts(ACCOUNT, upload.uploadId);
    await store.completeUpload(ACCOUNT, upload, [first!, third!]);
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

  test('deleted after a restart, before anything is put, leave no more room than they took', async () => {
    await create(8).put(ACCOUNT, OBJECT, pieces('12345678'));
    const restarted = create(8);
    await restarted.remove(ACCOUNT, OBJECT.bucket, [OBJECT.key]);
    await expect(restarted.put(ACCOUNT, OBJECT, pieces('123456789'))).rejects.toThrow(StoreFullError);
  });

  test('count after a restart as well', async () => {
    await create(8).put(ACCOUNT, OBJECT, pieces('12345678'));
    await expect(create(8).put(ACCOUNT, { ...OBJECT, key: 'b' }, pieces('1'))).rejects.toThrow(StoreFullError);
  });
});
