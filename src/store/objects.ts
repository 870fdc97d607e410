/** What was uploaded: names and properties of objects and of unfinished multipart uploads. The bytes are elsewhere, by blob id. */
import { type Database, insert, type Statement } from './database.js';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** As it is sent, without quotes: MD5 in upper-case hex, `<md5>-<parts>` for a multipart one. */
  readonly etag: string;
  /** CRC-64/XZ, unsigned decimal. */
  readonly crc64: string;
  readonly content_type: string;
  /** `x-oss-meta-*`, `cache-control` and the like, as JSON text. */
  readonly headers: string;
  /** Ids of its blobs in order, separated by spaces. */
  readonly blobs: string;
  /** Business clock, ms. */
  readonly modified_at: number;
}

export interface Upload {
  readonly upload_id: string;
  readonly bucket: string;
  readonly key: string;
  readonly content_type: string;
  readonly headers: string;
  readonly started_at: number;
}

export interface Part {
  readonly upload_id: string;
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly crc64: string;
  readonly blobs: string;
  readonly modified_at: number;
}

export interface Objects {
  find(bucket: string, key: string): Promise<StoredObject | undefined>;
  /** In order of their keys' bytes, those after `after`. */
  list(bucket: string, prefix: string, after: string, limit: number): Promise<StoredObject[]>;
  /** Replaces an object of the same name. */
  putRow(object: StoredObject): Statement;
  deleteRow(bucket: string, key: string): Statement;
  addUpload(upload: Upload): Promise<void>;
  upload(uploadId: string): Promise<Upload | undefined>;
  /** Ends a multipart upload, its parts with it. */
  endUploadRows(uploadId: string): Statement[];
  putPartRow(part: Part): Statement;
  parts(uploadId: string): Promise<Part[]>;
}

const COLUMNS = 'bucket, key, size, etag, crc64, content_type, headers, blobs, modified_at';
const PART = 'upload_id, number, size, etag, crc64, blobs, modified_at';

const replace = ([sql, args]: Statement, key: string, columns: readonly string[]): Statement => [
  `${sql} ON CONFLICT (${key}) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  args,
];

export const objects = (db: Database, account: string): Objects => ({
  find: (bucket, key) =>
    db.get<StoredObject>(`SELECT ${COLUMNS} FROM objects WHERE account = ? AND bucket = ? AND key = ?`, [
      account,
      bucket,
      key,
    ]),
  list: (bucket, prefix, after, limit) =>
    db.all<StoredObject>(
      `SELECT ${COLUMNS} FROM objects WHERE account = ? AND bucket = ? AND key > ? AND SUBSTR(key, 1, LENGTH(?)) = ? ORDER BY key LIMIT ?`,
      [account, bucket, after, prefix, prefix, limit],
    ),
  putRow: (object) =>
    replace(insert('objects', { account, ...object }), 'account, bucket, key', [
      ...['size', 'etag', 'crc64', 'content_type', 'headers', 'blobs', 'modified_at'],
    ]),
  deleteRow: (bucket, key) => [
    'DELETE FROM objects WHERE account = ? AND bucket = ? AND key = ?',
    [account, bucket, key],
  ],
  async addUpload(upload) {
    await db.run(...insert('uploads', { account, ...upload }));
  },
  upload: (uploadId) =>
    db.get<Upload>(
      'SELECT upload_id, bucket, key, content_type, headers, started_at FROM uploads WHERE account = ? AND upload_id = ?',
      [account, uploadId],
    ),
  endUploadRows: (uploadId) =>
    ['uploads', 'parts'].map(
      (table): Statement => [`DELETE FROM ${table} WHERE account = ? AND upload_id = ?`, [account, uploadId]],
    ),
  putPartRow: (part) =>
    replace(insert('parts', { account, ...part }), 'account, upload_id, number', [
      ...['size', 'etag', 'crc64', 'blobs', 'modified_at'],
    ]),
  parts: (uploadId) =>
    db.all<Part>(`SELECT ${PART} FROM parts WHERE account = ? AND upload_id = ? ORDER BY number`, [account, uploadId]),
});
