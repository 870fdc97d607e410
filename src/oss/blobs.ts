/** Bytes under ids of our own, on disk or in memory. A blob exists once all its bytes have arrived; nothing changes it then. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Crc64 } from './crc64.js';

export interface Written {
  /** Bytes. */
  readonly size: number;
  readonly md5: Buffer;
  readonly crc64: bigint;
}

/** A blob, and its bytes. */
export interface Blob {
  readonly id: string;
  readonly size: number;
}

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/** Asked for room for so many bytes. */
export type Take = (size: number) => void | Promise<void>;

/** Where the pieces of one blob go. */
interface Sink {
  append(chunk: Uint8Array): Promise<void> | void;
  end(): Promise<void>;
}

export interface Blobs {
  /** @throws what `bytes` or `take` throws; then nothing is left */
  write(blob: string, bytes: Bytes, take: Take): Promise<Written>;
  /** @param end included */
  read(blob: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** Those that do not exist are passed over. @returns bytes given back */
  remove(blobs: readonly Blob[]): Promise<number>;
  /** All there are, those being written included. */
  list(): Promise<Blob[]>;
}

/** One pass over each chunk: room, both checksums, and the write, which goes on beside them. */
async function write(bytes: Bytes, sink: Sink, take: Take): Promise<Written> {
  const md5 = createHash('md5');
  const crc = new Crc64();
  let size = 0;
  for await (const chunk of bytes) {
    await take(chunk.length);
    size += chunk.length;
    const appended = sink.append(chunk);
    md5.update(chunk);
    crc.update(chunk);
    await appended;
  }
  await sink.end();
  return { size, md5: md5.digest(), crc64: crc.digest() };
}

export function memoryBlobs(): Blobs {
  const kept = new Map<string, Buffer>();
  return {
    async write(blob, bytes, take) {
      const chunks: Uint8Array[] = [];
      const sink: Sink = {
        append: (chunk) => void chunks.push(chunk),
        end: async () => {},
      };
      const written = await write(bytes, sink, take);
      kept.set(blob, Buffer.concat(chunks));
      return written;
    },
    async *read(blob, start, end) {
      const found = kept.get(blob);
      if (!found) throw new Error(`blob ${blob} is gone`);
      yield found.subarray(start, end + 1);
    },
    async remove(blobs) {
      return blobs.reduce((bytes, { id, size }) => bytes + (kept.delete(id) ? size : 0), 0);
    },
    list: async () => [...kept].map(([id, { length: size }]) => ({ id, size })),
  };
}

/** Our own files in the folder; whatever else lies there is not touched. */
const BLOB = /^[0-9a-f]{32}$/;

/** @param folder made by the first write, for its owner alone: these are pictures of people and their papers */
export function diskBlobs(folder: string): Blobs {
  const fileOf = (blob: string) => join(folder, blob);
  const create = (blob: string) => open(fileOf(blob), 'wx', 0o600);
  return {
    async write(blob, bytes, take) {
      const file = await create(blob).catch(async (error) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        return create(blob);
      });
      try {
        return await write(bytes, fileSink(file), take);
      } catch (error) {
        await file.close();
        await unlink(fileOf(blob));
        throw error;
      }
    },
    read: (blob, start, end) => createReadStream(fileOf(blob), { start, end }),
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
      const sizeOf = async (id: string) => (await stat(fileOf(id)).catch(() => undefined))?.size ?? 0;
      return Promise.all(names.filter((name) => BLOB.test(name)).map(async (id) => ({ id, size: await sizeOf(id) })));
    },
  };
}

/** Each write costs a hand-over to another thread and back: at 64 KB, as chunks arrive, that was more than the hashing. */
const BATCH_BYTES = 512 * 1024;

/** Gathers chunks; while one batch is written the next one is hashed. */
function fileSink(file: FileHandle): Sink {
  let batch: Uint8Array[] = [];
  let bytes = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const flush = async () => {
    await writing;
    writing = writeAll(file, batch);
    // looked at by the next flush, which may be a while
    writing.catch(() => {});
    batch = [];
    bytes = 0;
  };
  return {
    append(chunk) {
      batch.push(chunk);
      bytes += chunk.length;
      return bytes < BATCH_BYTES ? undefined : flush();
    },
    async end() {
      await flush();
      await writing;
      await file.close();
    },
  };
}

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, batch: readonly Uint8Array[]): Promise<void> {
  const whole = batch.length === 1 ? batch[0]! : Buffer.concat(batch);
  for (let at = 0; at < whole.length; ) at += (await file.write(whole, at)).bytesWritten;
}
