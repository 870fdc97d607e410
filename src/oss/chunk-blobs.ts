/** Bytes in chunks beside their rows, see src/store/postgres/bytes.ts. Both ways no more than a chunk or two are held in memory. */
import type { StoredBytes } from '../store/postgres/bytes.js';
import { type Blobs, hashAndAppend } from './blobs.js';
import type { Hasher } from './md5.js';

/** The most a chunk holds. */
const CHUNK_BYTES = 512 * 1024;

export const chunkBlobs = (stored: StoredBytes, hasher: Hasher): Blobs => ({
  async write(blob, bytes, reserve) {
    await stored.begin(blob);
    let start = 0;
    try {
      const written = await hashAndAppend(bytes, reserve, hasher, async (batch) => {
        const whole = Buffer.concat(batch);
        for (let at = 0; at < whole.length; at += CHUNK_BYTES) {
          const chunk = whole.subarray(at, at + CHUNK_BYTES);
          await stored.append(blob, start, chunk);
          start += chunk.length;
        }
      });
      await stored.end(blob, written.size);
      return written;
    } catch (error) {
      // what it was is what is told; what the database keeps while it is away goes an hour later
      await stored.remove([blob]).catch(() => {});
      throw error;
    }
  },
  async *read(blob, first, end) {
    for (let at = first; at <= end; ) {
      const chunk = await stored.chunkAt(blob, at);
      const part = chunk?.bytes.subarray(at - chunk.start, end + 1 - chunk.start);
      if (!part?.length) throw new Error(`blob ${blob} is gone`);
      yield part;
      at += part.length;
    }
  },
  has: async ({ id, size }) => (await stored.sizeOf(id)) === size,
  remove: (blobs) => stored.remove(blobs.map(({ id }) => id)),
  list: () => stored.list(),
});
