/**
 * Keeps the bytes of objects as blobs that rows of the database refer to. All blobs together stay within a limit, and a
 * blob to which no row refers any more is removed.
 */
import type { Ids } from '../platform/ids.js';
import { once } from '../platform/lazy.js';
import type { Database } from '../store/database.js';
import { referencedBlobs } from '../store/objects.js';
import type { Store } from '../store/store.js';
import type { Blob, Blobs, Bytes, Written } from './blobs.js';
import { createRoom } from './room.js';

/** After so many bytes written, blobs are looked for to which no row refers since a reset or a restored snapshot. */
const SWEEP_BYTES = 64 * 1024 * 1024;

/** `<blob id>:<bytes>` and more of them, as the tables keep it. */
export const readBlobs = (blobs: string): Blob[] =>
  blobs.split(' ').map((entry) => {
    const [id = '', size] = entry.split(':');
    return { id, size: Number(size) };
  });
const idsOf = (lists: readonly string[]): Set<string> => new Set(lists.flatMap(readBlobs).map(({ id }) => id));

export interface ByteStoreDeps {
  readonly blobs: Blobs;
  readonly database: Database;
  /** Whether somebody has the state of that key. Default: yes. */
  isState?(key: string): boolean;
  readonly ids: Ids;
  /** All blobs together. */
  readonly maxBytes: number;
  storeOf(account: string): Store;
}

type Commit<T> = (written: Written, blobs: string) => Promise<readonly [made: T, replaced: readonly string[]]>;

export interface ByteStore {
  /**
   * Writes a blob, then has `commit` make a row that refers to it, and say what that row replaced; if either fails
   * nothing is left. @param length where it is known before. @throws StoreFullError
   */
  write<T>(account: string, bytes: Bytes, length: number | undefined, commit: Commit<T>): Promise<T>;
  /** Removes blobs to which no row refers any more, unless a snapshot does. One that is being read is removed after its last reader. */
  release(account: string, lists: readonly string[]): Promise<void>;
  /** Bytes of a list one after the other, as they are when the reading begins. @param end included */
  read(list: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** Whether all its bytes are there: somebody may have emptied the folder. */
  isWhole(list: string): Promise<boolean>;
}

export function createByteStore({ blobs, database, isState, ids, storeOf, maxBytes }: ByteStoreDeps): ByteStore {
  /** Blobs no row refers to yet. */
  const pending = new Set<string>();
  let sinceSweep = 0;

  /** How many read a blob. */
  const readers = new Map<string, number>();
  const removeAfterReading = new Map<string, Blob>();

  const remove = async (gone: readonly Blob[]) => {
    for (const blob of gone) if (readers.has(blob.id)) removeAfterReading.set(blob.id, blob);
    const freed = await blobs.remove(gone.filter(({ id }) => !readers.has(id)));
    room.free(freed);
  };
  const sweep = async () => {
    sinceSweep = 0;
    // the blobs first, then the rows: each blob found either has its row before the rows are read, or is still without one here
    const found = await blobs.list();
    const unwritten = new Set(pending);
    const kept = idsOf(await referencedBlobs(database, isState));
    await remove(found.filter(({ id, young }) => !young && !kept.has(id) && !unwritten.has(id)));
  };
  const room = createRoom(maxBytes, sweep);
  const count = once(async () => {
    for (const { size } of await blobs.list()) room.add(size);
  });
  const open = once(async () => {
    await count();
    await sweep();
  });

  const release: ByteStore['release'] = async (account, lists) => {
    if (lists.length === 0) return;
    // what is given back must have been counted
    await open();
    const kept = idsOf(await storeOf(account).objects.snapshotBlobs());
    await remove(lists.flatMap(readBlobs).filter(({ id }) => !kept.has(id)));
  };

  const write: ByteStore['write'] = async (account, bytes, length, commit) => {
    await open();
    if (sinceSweep > SWEEP_BYTES) await sweep();
    const place = await room.enter(length);
    const id = ids.blobId();
    pending.add(id);
    let kept = false;
    try {
      const written = await blobs.write(id, bytes, place.take);
      sinceSweep += written.size;
      const commitIn = async () => {
        place.fill();
        return commit(written, `${id}:${written.size}`);
      };
      const [made, replaced] = await commitIn().catch(async (error) => {
        await blobs.remove([{ id, size: written.size }]);
        throw error;
      });
      // from here on removing the blob gives its room back
      kept = true;
      await release(account, replaced);
      return made;
    } finally {
      if (!kept) place.leave();
      pending.delete(id);
    }
  };

  async function* read(list: string, start: number, end: number): AsyncGenerator<Uint8Array> {
    const all = readBlobs(list);
    for (const { id } of all) readers.set(id, (readers.get(id) ?? 0) + 1);
    try {
      let at = 0;
      for (const { id, size } of all) {
        const first = Math.max(start - at, 0);
        const last = Math.min(end - at, size - 1);
        if (first <= last) yield* blobs.read(id, first, last);
        at += size;
      }
    } finally {
      for (const { id } of all) {
        const others = readers.get(id)! - 1;
        if (others > 0) readers.set(id, others);
        else readers.delete(id);
      }
      const free = all.filter(({ id }) => !readers.has(id) && removeAfterReading.delete(id));
      await remove(free);
    }
  }

  const isWhole = async (list: string): Promise<boolean> => {
    for (const blob of readBlobs(list)) if (!(await blobs.has(blob))) return false;
    return true;
  };

  return { write, release, read, isWhole };
}
