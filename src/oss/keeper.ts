/** From bytes to blobs that rows refer to: within the limit, and none for ever that nobody refers to. */
import type { Ids } from '../ids.js';
import type { Database } from '../store/database.js';
import { referencedBlobs } from '../store/objects.js';
import type { Store } from '../store/store.js';
import type { Blob, Blobs, Bytes, Written } from './blobs.js';

/** More bytes than all objects together may hold. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}

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
  /** Takes back what rows no longer refer to, unless a snapshot does. */
  release(account: string, lists: readonly string[]): Promise<void>;
}

export function createKeeper({ blobs, database, ids, storeOf, maxBytes }: KeeperDeps): Keeper {
  /** Blobs no row refers to yet. */
  const pending = new Set<string>();
  let used = 0;
  let sinceSweep = 0;

  const remove = async (gone: readonly Blob[]) => {
    used -= await blobs.remove(gone);
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

  return { keep, release };
}
