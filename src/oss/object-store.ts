/** Objects of every account: names and properties in the database, bytes in blobs. Keys are data, never paths. */

/** An object as it is stored. */
export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** CRC-64/XZ, unsigned decimal. */
  readonly crc64: string;
  readonly contentType: string;
  /** `x-oss-meta-*` and the headers a GET gives back. */
  readonly headers: Readonly<Record<string, string>>;
  /** Business clock, ms. */
  readonly modifiedAt: number;
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  /** Default: by the key's extension, else `application/octet-stream`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** More bytes than all objects together may hold. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}

/** The verbs other parts of the emulator use; the OSS operations know more of them. */
export interface ObjectStore {
  /** Replaces an object of the same name once all its bytes have arrived. @throws StoreFullError */
  put(account: string, object: NewObject, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<ObjectInfo>;
  find(account: string, bucket: string, key: string): Promise<ObjectInfo | undefined>;
  /** @param start first byte. @param end last byte, included */
  read(account: string, object: ObjectInfo, start?: number, end?: number): AsyncIterable<Uint8Array>;
}

import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import type { Database } from '../store/database.js';
import type { Store } from '../store/store.js';

export interface ObjectStoreDeps {
  readonly database: Database;
  readonly ids: Ids;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  /** Where the bytes are kept; undefined: in memory. */
  readonly folder: string | undefined;
  /** All objects together. */
  readonly maxBytes: number;
}

export function createObjectStore(_deps: ObjectStoreDeps): ObjectStore {
  throw new Error('not written yet');
}
