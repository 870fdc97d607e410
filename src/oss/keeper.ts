/** From bytes to blobs that rows refer to: within the limit, and none for ever that nobody refers to. */
import type { Ids } from '../platform/ids.js';
import type { Database } from '../store/database.js';
import { referencedBlobs } from '../store/objects.js';
import type { Store } from '../store/store.js';
import type { Blob, Blobs, Bytes, Written } from './blobs.js';
import { StoreFullError } from './store-full.js';

/** After so many bytes written it is looked for blobs that a reset, or a restored snapshot, has left to nobody. */
const SWEEP_BYTES = 64 * 1024 * 1024;

/** `<blob id>:<bytes>` and more of them, as the tables keep it. */
export const readBlobs = (blobs: string): Blob[] =>
  blobs.split(' ').map((entry) => {
    const [id = '', size] = entry.split(':');
    return { id, size: Number(size) };
  });
const idsOf = (lists: readonly string[]): Set<string> => new Set(lists.flatMap(readBlobs).map(({ id }) => id));

export interface KeeperDeps {
  readonly blobs: Blobs;
  readonly database: Database;
  readonly ids: Ids;
  /** All blobs together. */
  readonly maxBytes: number;
  storeOf(account: string): Store;
}

type Commit<T> = (written: Written, blobs: string) => Promise<readonly [made: T, replaced: readonly string[]]>;

export interface Keeper {
  /**
   * Writes a blob, then has `commit` make a row that refers to it, and say what that row replaced; if either fails
   * nothing is left. @throws StoreFullError
   */
  keep<T>(account: string, bytes: Bytes, commit: Commit<T>): Promise<T>;
  /** Takes back what rows no longer refer to, unless a snapshot does; what is being read goes with its last reader. */
  release(account: string, lists: readonly string[]): Promise<void>;
  /** Bytes of a list one after the other, as they are when the reading begins. @param end included */
  read(list: string, start: number, end: number): AsyncIterable<Uint8Array>;
}

export function createKeeper({ blobs, database, ids, storeOf, maxBytes }: KeeperDeps): Keeper {
  /** Blobs no row refers to yet. */
  const pending = new Set<string>();
  let used = 0;
  let sinceSweep = 0;

  /** How many read a blob. */
  const readers = new Map<string, number>();
  const doomed = new Map<string, Blob>();

  const remove = async (gone: readonly Blob[]) => {
    for (const blob of gone) if (readers.has(blob.id)) doomed.set(blob.id, blob);
    const freed = await blobs.remove(gone.filter(({ id }) => !readers.has(id)));
    used -= freed;
  };
  const sweep = async () => {
    sinceSweep = 0;
    // in this order: what is written from here on is not among those found
    const found = await blobs.list();
    const kept = idsOf(await referencedBlobs(database));
    await remove(found.filter(({ id }) => !kept.has(id) && !pending.has(id)));
  };
  let opened: Promise<void> | undefined;
  const open = () =>
    (opened ??= (async () => {
      for (const { size } of await blobs.list()) used += size;
      await sweep();
    })().catch((error) => {
      // what failed once may not the next time
      opened = undefined;
      used = 0;
      throw error;
    }));

  const release: Keeper['release'] = async (account, lists) => {
    if (lists.length === 0) return;
    const kept = idsOf(await storeOf(account).objects.snapshotBlobs());
    await remove(lists.flatMap(readBlobs).filter(({ id }) => !kept.has(id)));
  };

  const keep: Keeper['keep'] = async (account, bytes, commit) => {
    await open();
    if (sinceSweep > SWEEP_BYTES) await sweep();
    const id = ids.blobId();
    pending.add(id);
    let taken = 0;
    try {
      const take = (size: number) => {
        if (used + size > maxBytes) throw new StoreFullError(`all objects together may hold ${maxBytes} bytes`);
        taken += size;
        used += size;
        sinceSweep += size;
      };
      const written = await blobs.write(id, bytes, (size) =>
        used + size > maxBytes ? sweep().then(() => take(size)) : take(size),
      );
      // from here on it is taken back by its own size
      taken = 0;
      const [made, replaced] = await commit(written, `${id}:${written.size}`).catch(async (error) => {
        await remove([{ id, size: written.size }]);
        throw error;
      });
      await release(account, replaced);
      return made;
    } finally {
      used -= taken;
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
      const free = all.filter(({ id }) => !readers.has(id) && doomed.delete(id));
      await remove(free);
    }
  }

  return { keep, release, read };
}
