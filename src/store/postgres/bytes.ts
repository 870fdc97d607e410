/**
 * Bytes of objects beside their rows: PostgreSQL is reached from several machines, so no folder would do. A blob is in
 * chunks, each found by the byte it begins with. Ids are drawn and nothing changes a chunk, so no write waits for another.
 */
import type { Prepared } from './dialect.js';

export interface StoredBlob {
  readonly id: string;
  /** 0 while it is written. */
  readonly size: number;
  /** Begun within the last hour: it may be of a call that is under way in another emulator. */
  readonly young: boolean;
}

export interface StoredBytes {
  begin(blob: string): Promise<void>;
  /** @param start how many bytes are there already */
  append(blob: string, start: number, bytes: Uint8Array): Promise<void>;
  /** All of them are there. */
  end(blob: string, size: number): Promise<void>;
  /** The chunk that holds the byte; undefined when it is not there. */
  chunkAt(blob: string, position: number): Promise<{ readonly start: number; readonly bytes: Uint8Array } | undefined>;
  /** @returns undefined when it is not there, or not whole */
  sizeOf(blob: string): Promise<number | undefined>;
  /** @returns bytes given back */
  remove(blobs: readonly string[]): Promise<number>;
  list(): Promise<StoredBlob[]>;
}

/** Made where they are missing. Pictures do not compress, so nobody tries. */
export const TABLES: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS blobs (id TEXT COLLATE "C" PRIMARY KEY, size BIGINT, begun_at TIMESTAMPTZ NOT NULL DEFAULT now())`,
  `CREATE TABLE IF NOT EXISTS blob_chunks (blob TEXT COLLATE "C" NOT NULL REFERENCES blobs ON DELETE CASCADE,
     start BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (blob, start))`,
  'ALTER TABLE blob_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL',
];

type Ask = (statement: Prepared, args: readonly unknown[]) => Promise<Record<string, unknown>[]>;

const kept = (name: string, text: string): Prepared => ({ name: `cloudauth_mock_bytes_${name}`, text });
const BEGIN = kept('begin', 'INSERT INTO blobs (id) VALUES ($1)');
const APPEND = kept('append', 'INSERT INTO blob_chunks (blob, start, bytes) VALUES ($1, $2, $3)');
const END = kept('end', 'UPDATE blobs SET size = $2 WHERE id = $1 RETURNING id');
const CHUNK = kept(
  'chunk',
  'SELECT start, bytes FROM blob_chunks WHERE blob = $1 AND start <= $2 ORDER BY start DESC LIMIT 1',
);
const SIZE = kept('size', 'SELECT size FROM blobs WHERE id = $1');
const REMOVE = kept('remove', 'DELETE FROM blobs WHERE id = ANY($1) RETURNING COALESCE(size, 0) AS size');
const LIST = kept(
  'list',
  `SELECT id, COALESCE(size, 0) AS size, begun_at > now() - INTERVAL '1 hour' AS young FROM blobs`,
);

export const storedBytes = (ask: Ask): StoredBytes => ({
  begin: async (blob) => void (await ask(BEGIN, [blob])),
  append: async (blob, start, bytes) => void (await ask(APPEND, [blob, start, bytes])),
  async end(blob, size) {
    const [row] = await ask(END, [blob, size]);
    if (!row) throw new Error(`blob ${blob} is gone`);
  },
  chunkAt: async (blob, position) => (await ask(CHUNK, [blob, position]))[0] as never,
  sizeOf: async (blob) => ((await ask(SIZE, [blob]))[0]?.size ?? undefined) as number | undefined,
  remove: async (blobs) =>
    blobs.length === 0 ? 0 : (await ask(REMOVE, [[...blobs]])).reduce((sum, { size }) => sum + (size as number), 0),
  list: async () => (await ask(LIST, [])) as never,
});
