/** Objects of every account: names and properties in the database, bytes in blobs. Keys are data, never paths. */
import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import type { Database } from '../store/database.js';
import type { StoredObject } from '../store/objects.js';
import type { StoredBytes } from '../store/postgres/bytes.js';
import type { Store } from '../store/store.js';
import { diskBlobs, memoryBlobs, type Written } from './blobs.js';
import { type ByteStoreDeps, createByteStore } from './byte-store.js';
import { chunkBlobs } from './chunk-blobs.js';
import { typeOf } from './content-types.js';
import { createHasher } from './md5.js';

export { StoreFullError } from './store-full.js';

/** An object as it is stored. */
export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly contentType: string;
  /** `x-oss-meta-*` and the headers a GET gives back. */
  readonly headers: Readonly<Record<string, string>>;
  /** Business clock, ms. */
  readonly modifiedAt: number;
  /** Where its bytes are; for {@link ObjectStore.read}. */
  readonly blobs: string;
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  /** Default: by the key's extension, else `application/octet-stream`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many bytes will come, where it was announced: there is room for them once the first is asked for. */
  readonly length?: number;
  /** An object of the same name is kept: {@link ObjectThereError}. */
  readonly onlyNew?: boolean;
}

/** There is an object that may not be replaced. */
export class ObjectThereError extends Error {
  override readonly name = 'ObjectThereError';
}

/** What other parts of the emulator use; {@link OssObjects} has more, for the OSS operations. */
export interface ObjectStore {
  /** Replaces an object of the same name once all its bytes have arrived. @throws StoreFullError, ObjectThereError */
  put(account: string, object: NewObject, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<ObjectInfo>;
  find(account: string, bucket: string, key: string): Promise<ObjectInfo | undefined>;
  /** @param start first byte. @param end last byte, included */
  read(account: string, object: ObjectInfo, start?: number, end?: number): AsyncIterable<Uint8Array>;
  remove(account: string, bucket: string, keys: readonly string[]): Promise<void>;
  /** The rows of these lists of blobs are gone: their bytes go as well, unless a snapshot needs them. */
  release(account: string, lists: readonly string[]): Promise<void>;
  /** Whether its bytes are still there, all of them. Asked before they are read, it can still be answered. */
  isWhole(object: ObjectInfo): Promise<boolean>;
  /** Uploads under way fail. */
  close(): Promise<void>;
}

export interface PartInfo {
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Business clock, ms. */
  readonly modifiedAt: number;
  /** Where its bytes are. */
  readonly blobs: string;
}

export interface UploadInfo extends Required<Omit<NewObject, 'onlyNew' | 'length'>> {
  readonly uploadId: string;
}

/** Checks the bytes before the object can be seen; if it throws, nothing is stored. */
export type Check = (written: Written) => void | Promise<void>;

/** What only the OSS operations use. */
export interface OssObjects extends ObjectStore {
  put(
    account: string,
    object: NewObject,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    check?: Check,
  ): Promise<ObjectInfo>;
  /** In order of their keys' bytes. @param after a key; those behind it */
  list(account: string, bucket: string, prefix: string, after: string, limit: number): Promise<ObjectInfo[]>;
  /** @returns its UploadId */
  beginUpload(account: string, object: NewObject): Promise<string>;
  upload(account: string, uploadId: string): Promise<UploadInfo | undefined>;
  /** @returns undefined when the upload ended meanwhile. @throws StoreFullError */
  putPart(
    account: string,
    uploadId: string,
    number: number,
    bytes: AsyncIterable<Uint8Array>,
    check: Check,
    length?: number,
  ): Promise<PartInfo | undefined>;
  /** By number. */
  parts(account: string, uploadId: string): Promise<PartInfo[]>;
  /**
   * @param parts it is made of, in order
   * @returns undefined when the upload ended, one of them was replaced meanwhile, or an object is there that `onlyNew` keeps
   */
  completeUpload(
    account: string,
    upload: UploadInfo,
    parts: readonly PartInfo[],
    onlyNew?: boolean,
  ): Promise<ObjectInfo | undefined>;
  /** @returns whether there was one */
  abortUpload(account: string, uploadId: string): Promise<boolean>;
}

export interface ObjectStoreDeps {
  readonly database: Database;
  readonly isState?: ByteStoreDeps['isState'];
  readonly ids: Ids;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  /** Where the bytes are kept. Neither: in memory. */
  readonly folder?: string | undefined;
  readonly bytes?: StoredBytes | undefined;
  /** The wall clock, where other processes write to the folder too. */
  readonly others?: Clock | undefined;
  /** All objects together. */
  readonly maxBytes: number;
}

const upperHex = (bytes: Buffer): string => bytes.toString('hex').toUpperCase();

const infoOf = ({ content_type, modified_at, headers, ...row }: StoredObject): ObjectInfo => ({
  ...row,
  contentType: content_type,
  headers: JSON.parse(headers),
  modifiedAt: modified_at,
});

export function createObjectStore(deps: ObjectStoreDeps): OssObjects {
  const { storeOf, clockOf, ids, folder, bytes: stored, others } = deps;
  const hasher = createHasher();
  const inFolder = folder === undefined ? memoryBlobs : (each: typeof hasher) => diskBlobs(folder, each, others);
  const blobs = stored ? chunkBlobs(stored, hasher) : inFolder(hasher);
  const { write, release, read, isWhole } = createByteStore({ ...deps, blobs });
  return {
    put: (account, { bucket, key, contentType = typeOf(key), headers = {}, length, onlyNew }, given, check) => {
      const [bytes, announced] =
        given instanceof Uint8Array ? [[new Uint8Array(given)], given.length] : [given, length];
      return write(account, bytes, announced, async (written, list) => {
        await check?.(written);
        const row: StoredObject = {
          bucket,
          key,
          size: written.size,
          etag: upperHex(written.md5),
          content_type: contentType,
          headers: JSON.stringify(headers),
          blobs: list,
          modified_at: clockOf(account).now(),
        };
        const replaced = await storeOf(account).objects.put(row, onlyNew);
        if (!replaced) throw new ObjectThereError(`${key} is there`);
        return [infoOf(row), replaced] as const;
      });
    },
    async find(account, bucket, key) {
      const row = await storeOf(account).objects.find(bucket, key);
      return row && infoOf(row);
    },
    read: (_account, object, start = 0, end = object.size - 1) => read(object.blobs, start, end),
    isWhole: ({ blobs: list }) => isWhole(list),
    async remove(account, bucket, keys) {
      await release(account, await storeOf(account).objects.remove(bucket, keys));
    },
    release,
    async list(account, bucket, prefix, after, limit) {
      return (await storeOf(account).objects.list(bucket, prefix, after, limit)).map(infoOf);
    },
    async beginUpload(account, { bucket, key, contentType = typeOf(key), headers = {} }) {
      const upload_id = ids.uploadId();
      await storeOf(account).objects.addUpload({
        upload_id,
        bucket,
        key,
        content_type: contentType,
        headers: JSON.stringify(headers),
        started_at: clockOf(account).now(),
      });
      return upload_id;
    },
    async upload(account, uploadId) {
      const row = await storeOf(account).objects.upload(uploadId);
      if (!row) return undefined;
      const { bucket, key, content_type: contentType } = row;
      return { uploadId, bucket, key, contentType, headers: JSON.parse(row.headers) };
    },
    putPart: (account, uploadId, number, bytes, check, length) =>
      write(account, bytes, length, async (written, list) => {
        await check(written);
        const part = { number, size: written.size, etag: upperHex(written.md5) };
        const modifiedAt = clockOf(account).now();
        const row = { upload_id: uploadId, ...part, blobs: list, modified_at: modifiedAt };
        const replaced = await storeOf(account).objects.putPart(row);
        return [replaced && { ...part, modifiedAt, blobs: list }, replaced ?? [list]] as const;
      }),
    async parts(account, uploadId) {
      const rows = await storeOf(account).objects.parts(uploadId);
      return rows.map(({ number, size, etag, blobs, modified_at }) => ({
        ...{ number, size, etag, blobs },
        modifiedAt: modified_at,
      }));
    },
    async completeUpload(account, { uploadId, bucket, key, contentType, headers }, chosen, onlyNew) {
      const row: StoredObject = {
        bucket,
        key,
        size: chosen.reduce((sum, { size }) => sum + size, 0),
        etag: `${upperHex(
          createHash('md5')
            .update(chosen.map(({ etag }) => etag).join(''), 'hex')
            .digest(),
        )}-${chosen.length}`,
        content_type: contentType,
        headers: JSON.stringify(headers),
        blobs: chosen.map((part) => part.blobs).join(' '),
        modified_at: clockOf(account).now(),
      };
      const lists = chosen.map((part) => part.blobs);
      const freed = await storeOf(account).objects.completeUpload(uploadId, lists, row, onlyNew);
      if (!freed) return undefined;
      await release(account, freed);
      return infoOf(row);
    },
    async abortUpload(account, uploadId) {
      const freed = await storeOf(account).objects.abortUpload(uploadId);
      await release(account, freed ?? []);
      return freed !== undefined;
    },
    close: () => hasher.close(),
  };
}
