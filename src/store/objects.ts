/** What was uploaded: names and properties of objects and of unfinished multipart uploads. The bytes are elsewhere, by blob id. */
import { type Arg, type Database, insert, type Statement } from './database.js';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** As it is sent, without quotes: MD5 in upper-case hex, `<md5>-<parts>` for a multipart one. */
  readonly etag: string;
  readonly content_type: string;
  /** `x-oss-meta-*`, `cache-control` and the like, as JSON text. */
  readonly headers: string;
  /** `<blob id>:<bytes>` in order, separated by spaces. */
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
  readonly blobs: string;
  readonly modified_at: number;
}

export interface Objects {
  find(bucket: string, key: string): Promise<StoredObject | undefined>;
  /** In order of their keys' bytes, those after `after`. */
  list(bucket: string, prefix: string, after: string, limit: number): Promise<StoredObject[]>;
  /**
   * Replaces an object of the same name, unless `onlyNew` forbids it.
   * @returns the blobs of the one that was replaced; undefined when it was not
   */
  put(object: StoredObject, onlyNew?: boolean): Promise<string[] | undefined>;
  /** @returns the blobs of what was there */
  remove(bucket: string, key: string): Promise<string[]>;
  addUpload(upload: Upload): Promise<void>;
  upload(uploadId: string): Promise<Upload | undefined>;
  /** Replaces a part of the same number. @returns the blobs of the one that was replaced; undefined when the upload has ended */
  putPart(part: Part): Promise<string[] | undefined>;
  parts(uploadId: string): Promise<Part[]>;
  /**
   * Ends an upload, its parts with it, and puts the object made of them.
   * @param chosen blobs of the parts it is made of
   * @returns the blobs of its parts and of the object that was replaced; undefined when one of the chosen is no longer
   * there, or an object is that `onlyNew` keeps
   */
  completeUpload(
    uploadId: string,
    chosen: readonly string[],
    object: StoredObject,
    onlyNew?: boolean,
  ): Promise<string[] | undefined>;
  /** @returns the blobs of its parts; undefined when the upload had ended */
  abortUpload(uploadId: string): Promise<string[] | undefined>;
  /** What the account's snapshots still refer to: it must outlive the rows it was copied from. */
  snapshotBlobs(): Promise<string[]>;
}

const COLUMNS = 'bucket, key, size, etag, content_type, headers, blobs, modified_at';
const UPLOAD = 'upload_id, bucket, key, content_type, headers, started_at';
const PART = 'upload_id, number, size, etag, blobs, modified_at';

interface HasBlobs {
  readonly blobs: string;
}
const blobsOf = (...rows: readonly (HasBlobs | undefined)[]): string[] => rows.flatMap((row) => (row ? row.blobs : []));

/** Of every account, snapshots included: what is not among them nobody can reach any more. */
export async function referencedBlobs(db: Database): Promise<string[]> {
  const tables = ['objects', 'parts', 'snapshot_objects', 'snapshot_parts'];
  return blobsOf(...(await db.all<HasBlobs>(tables.map((table) => `SELECT blobs FROM ${table}`).join(' UNION ALL '))));
}

/** An INSERT that replaces the row of the same `key`, and does nothing once `condition` no longer holds. */
function replace(table: string, row: Record<string, Arg>, key: readonly string[], condition: Statement): Statement {
  const names = Object.keys(row);
  const others = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return [
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map(() => '?').join(', ')} WHERE ${condition[0]}
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${others.join(', ')}`,
    [...Object.values(row), ...condition[1]],
  ];
}

/** Each text is prepared once and kept: there are as many as powers of two, not as many as there are numbers of parts. */
const paddedList = (values: readonly string[]): string[] =>
  Array.from({ length: 2 ** Math.ceil(Math.log2(values.length)) }, (_, index) => values[index] ?? values[0]!);

const ALWAYS: Statement = ['1 = 1', []];

/** What is asked for together here is asked for at once: nothing comes between. */
export function objects(db: Database, account: string): Objects {
  const byKey = 'account = ? AND bucket = ? AND key = ?';
  const byUpload = 'account = ? AND upload_id = ?';
  const find = (bucket: string, key: string) =>
    db.get<StoredObject>(`SELECT ${COLUMNS} FROM objects WHERE ${byKey}`, [account, bucket, key]);
  const upload = (uploadId: string) =>
    db.get<Upload>(`SELECT ${UPLOAD} FROM uploads WHERE ${byUpload}`, [account, uploadId]);
  const parts = (uploadId: string) =>
    db.all<Part>(`SELECT ${PART} FROM parts WHERE ${byUpload} ORDER BY number`, [account, uploadId]);
  const open = (uploadId: string): Statement => [
    `EXISTS (SELECT 1 FROM uploads WHERE ${byUpload})`,
    [account, uploadId],
  ];
  const isNew = ({ bucket, key }: StoredObject): Statement => [
    `NOT EXISTS (SELECT 1 FROM objects WHERE ${byKey})`,
    [account, bucket, key],
  ];
  /** Blob ids come once. */
  const isMade = ({ bucket, key, blobs }: StoredObject): Statement => [
    `EXISTS (SELECT 1 FROM objects WHERE ${byKey} AND blobs = ?)`,
    [account, bucket, key, blobs],
  ];
  const put = (object: StoredObject, condition = ALWAYS) =>
    replace('objects', { account, ...object }, ['account', 'bucket', 'key'], condition);
  const end = (uploadId: string, condition = ALWAYS): Statement[] => [
    [`DELETE FROM uploads WHERE ${byUpload} AND ${condition[0]}`, [account, uploadId, ...condition[1]]],
    [`DELETE FROM parts WHERE ${byUpload} AND NOT ${open(uploadId)[0]}`, [account, uploadId, ...open(uploadId)[1]]],
  ];
  return {
    find,
    list: (bucket, prefix, after, limit) =>
      db.all<StoredObject>(
        `SELECT ${COLUMNS} FROM objects WHERE account = ? AND bucket = ? AND key > ? AND key >= ?
           AND SUBSTR(key, 1, LENGTH(?)) = ? ORDER BY key LIMIT ?`,
        [account, bucket, after, prefix, prefix, prefix, limit],
      ),
    async put(object, onlyNew = false) {
      const condition = onlyNew ? isNew(object) : ALWAYS;
      const [replaced] = await Promise.all([find(object.bucket, object.key), db.batch([put(object, condition)])]);
      return onlyNew && replaced ? undefined : blobsOf(replaced);
    },
    remove: async (bucket, key) =>
      blobsOf(await db.get<HasBlobs>(`DELETE FROM objects WHERE ${byKey} RETURNING blobs`, [account, bucket, key])),
    async addUpload(added) {
      await db.run(...insert('uploads', { account, ...added }));
    },
    upload,
    async putPart(part) {
      const row = replace('parts', { account, ...part }, ['account', 'upload_id', 'number'], open(part.upload_id));
      const before = db.get<HasBlobs>(`SELECT blobs FROM parts WHERE ${byUpload} AND number = ?`, [
        ...[account, part.upload_id, part.number],
      ]);
      const [found, replaced] = await Promise.all([upload(part.upload_id), before, db.batch([row])]);
      return found && blobsOf(replaced);
    },
    parts,
    async completeUpload(uploadId, chosen, object, onlyNew = false) {
      const values = paddedList(chosen);
      const [allowed, allowedArgs] = onlyNew ? isNew(object) : ALWAYS;
      const there: Statement = [
        `(SELECT COUNT(*) FROM parts WHERE ${byUpload} AND blobs IN (${values.map(() => '?').join(', ')})) = ? AND ${allowed}`,
        [account, uploadId, ...values, chosen.length, ...allowedArgs],
      ];
      const [made, replaced] = await Promise.all([
        parts(uploadId),
        find(object.bucket, object.key),
        db.batch([put(object, there), ...end(uploadId, isMade(object))]),
      ]);
      if (onlyNew && replaced) return undefined;
      const ended = new Set(blobsOf(...made));
      return chosen.every((blobs) => ended.has(blobs)) ? [...ended, ...blobsOf(replaced)] : undefined;
    },
    async abortUpload(uploadId) {
      const [found, made] = await Promise.all([upload(uploadId), parts(uploadId), db.batch(end(uploadId))]);
      return found && blobsOf(...made);
    },
    async snapshotBlobs() {
      const tables = ['snapshot_objects', 'snapshot_parts'].map(
        (name) => `SELECT blobs FROM ${name} WHERE account = ?`,
      );
      return blobsOf(...(await db.all<HasBlobs>(tables.join(' UNION ALL '), [account, account])));
    },
  };
}
