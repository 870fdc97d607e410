/** Bytes under ids of our own, on disk or in memory. A blob exists once all its bytes have arrived; nothing changes it then. */
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.js';
import type { Chunks, Hasher } from './md5.js';

export interface Written {
  /** Bytes. */
  readonly size: number;
  readonly md5: Buffer;
}

/** A blob, and its bytes. */
export interface Blob {
  readonly id: string;
  readonly size: number;
  /** It may belong to a call that is under way in another emulator. */
  readonly young?: boolean;
}

/** Whoever hands bytes in must not use the chunks afterwards: they go to another thread without being copied. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/** Called before so many more bytes are written. @throws when there is no room for them */
export type Reserve = (size: number) => void | Promise<void>;

export interface Blobs {
  /** @throws what `bytes` or `reserve` throws; then nothing is left */
  write(blob: string, bytes: Bytes, reserve: Reserve): Promise<Written>;
  /** @param end included */
  read(blob: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** All of its bytes. */
  has(blob: Blob): Promise<boolean>;
  /** Those that do not exist are appended over. @returns bytes given back */
  remove(blobs: readonly Blob[]): Promise<number>;
  /** All there are, those being written included. */
  list(): Promise<Blob[]>;
}

/** Chunks are gathered until they have this size: to hand each over to the hashing thread and to the disk would be slow. */
const BATCH_BYTES = 512 * 1024;

/** A client may send byte by byte. Chunks shorter than this are copied together, since each costs more than its bytes. */
const SHORT_BYTES = 4096;
const BLOCK_BYTES = 64 * 1024;

/** Chunks that are hashed and written together, in order. */
class Batch {
  readonly chunks: Uint8Array[] = [];
  size = 0;
  #block = new Uint8Array(0);
  #filled = 0;

  push(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (chunk.length >= SHORT_BYTES) {
      this.seal();
      this.chunks.push(chunk);
      return;
    }
    if (this.#filled + chunk.length > this.#block.length) {
      this.seal();
      this.#block = new Uint8Array(BLOCK_BYTES);
    }
    this.#block.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  /** @returns all of it */
  seal(): Chunks {
    if (this.#filled > 0) this.chunks.push(this.#block.slice(0, this.#filled));
    this.#block = new Uint8Array(0);
    this.#filled = 0;
    return this.chunks;
  }
}

/** While one batch is hashed and appended the next one is gathered: no more than these two are held in memory. */
export async function hashAndAppend(
  bytes: Bytes,
  reserve: Reserve,
  hasher: Hasher,
  append: (batch: Chunks) => unknown,
): Promise<Written> {
  const md5 = hasher.begin();
  let size = 0;
  let batch = new Batch();
  let appended: Promise<unknown> | undefined;
  try {
    for await (const chunk of bytes) {
      const reserved = reserve(chunk.length);
      if (reserved) await reserved;
      size += chunk.length;
      if (batch.size >= BATCH_BYTES) {
        await appended;
        appended = md5.update(batch.seal()).then(append);
        // a failure is thrown where the next batch waits for this one; until then it must not count as unhandled
        appended.catch(() => {});
        batch = new Batch();
      }
      batch.push(chunk);
    }
    await appended;
  } catch (error) {
    md5.end([]).catch(() => {});
    await appended?.catch(() => {});
    throw error;
  }
  const last = await md5.end(batch.seal());
  await append(last.chunks);
  return { size, md5: last.md5 };
}

interface Kept {
  readonly size: number;
  /** As they arrived: joining them would copy every byte. */
  readonly chunks: readonly Uint8Array[];
}

export function memoryBlobs(hasher: Hasher): Blobs {
  const kept = new Map<string, Kept>();
  return {
    async write(blob, bytes, reserve) {
      const chunks: Uint8Array[] = [];
      const written = await hashAndAppend(bytes, reserve, hasher, (batch) => chunks.push(...batch));
      kept.set(blob, { size: written.size, chunks });
      return written;
    },
    async *read(blob, start, end) {
      const found = kept.get(blob);
      if (!found) throw new Error(`blob ${blob} is gone`);
      let at = 0;
      for (const chunk of found.chunks) {
        const part = chunk.subarray(Math.max(start - at, 0), Math.max(end + 1 - at, 0));
        if (part.length > 0) yield part;
        at += chunk.length;
      }
    },
    has: async ({ id, size }) => kept.get(id)?.size === size,
    async remove(blobs) {
      return blobs.reduce((bytes, { id, size }) => bytes + (kept.delete(id) ? size : 0), 0);
    },
    list: async () => [...kept].map(([id, { size }]) => ({ id, size })),
  };
}

/** The names of our own files; other files in the folder are left alone. */
const BLOB = /^[0-9a-f]{32}$/;

/** A write takes no longer, ms. */
const WRITTEN_MS = 3_600_000;

/** @param others the wall clock, where other processes write to the folder too @param folder made by the first write, for its owner alone: these are pictures of people and their papers */
export function diskBlobs(folder: string, hasher: Hasher, others?: Clock): Blobs {
  const fileOf = (blob: string) => join(folder, blob);
  const create = (blob: string) => open(fileOf(blob), 'wx', 0o600);
  return {
    async write(blob, bytes, reserve) {
      const file = await create(blob).catch(async (error) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        return create(blob);
      });
      try {
        const written = await hashAndAppend(bytes, reserve, hasher, (batch) => writeAll(file, batch));
        await file.close();
        return written;
      } catch (error) {
        await file.close();
        await unlink(fileOf(blob));
        throw error;
      }
    },
    read: (blob, start, end) => createReadStream(fileOf(blob), { start, end }),
    has: async ({ id, size }) => (await stat(fileOf(id)).catch(() => undefined))?.size === size,
    async remove(blobs) {
      let bytes = 0;
      for (const { id, size } of blobs) {
        const removed = await unlink(fileOf(id)).then(
          () => true,
          (error) => {
            if (error.code !== 'ENOENT') throw error;
            return false;
          },
        );
        if (removed) bytes += size;
      }
      return bytes;
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const blobOf = async (id: string): Promise<Blob> => {
        const { size = 0, mtimeMs = 0 } = (await stat(fileOf(id)).catch(() => undefined)) ?? {};
        return { id, size, young: others !== undefined && mtimeMs > others.now() - WRITTEN_MS };
      };
      return Promise.all(names.filter((name) => BLOB.test(name)).map(blobOf));
    },
  };
}

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, batch: Chunks): Promise<void> {
  if (batch.length === 0) return;
  let { bytesWritten: at } = await file.writev(batch);
  if (at === batch.reduce((bytes, { length }) => bytes + length, 0)) return;
  const whole = Buffer.concat(batch);
  while (at < whole.length) at += (await file.write(whole, at)).bytesWritten;
}
