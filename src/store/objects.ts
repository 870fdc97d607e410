/** What was uploaded: names and properties of objects and of unfinished multipart uploads. The bytes are elsewhere, by blob id. */
import { type Arg, type Database, insert, type Statement } from './database.js';
import { behind } from './prefix.js';

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
  remove(bucket: string, keys: readonly string[]): Promise<string[]>;
  addUpload(upload: Upload): Promise<void>;
  upload(uploadId: string): Promise<Upload | undefined>;
  /** Replaces a part of the same number. @returns the blobs of the one that was replaced; undefined when the upload has ended */
  putPart(part: Part): Promise<string[] | undefined>;
  parts(uploadId: string): Promise<Part[]>;
  /**
   * Ends an upload, its parts with it, and puts the object made of them.
   * @param chosen blobs of the parts it is made of
   * @returns the blobs that nothing refers to any more, of its other parts and of the object that was replaced; undefined
   * when one of the chosen is no longer there, or an object is that `onlyNew` keeps
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
const blobsOf = (rows: readonly HasBlobs[]): string[] => rows.map(({ blobs }) => blobs);

/**
 * Of every account, snapshots included: what is not among them nobody can reach any more.
 * @param isState whether somebody has the state of that key
 */
export async function referencedBlobs(db: Database, isState: (key: string) => boolean = () => true): Promise<string[]> {
  const tables = [
    ...['objects', 'parts'].map((table) => `SELECT 1 AS own, account, blobs FROM ${table}`),
    ...['snapshot_objects', 'snapshot_parts'].map((table) => `SELECT 0 AS own, account, blobs FROM ${table}`),
  ];
  const rows = await db.all<HasBlobs & { own: number; account: string }>(tables.join(' UNION ALL '));
  return blobsOf(rows.filter(({ own, account }) => own === 0 || isState(account)));
}

/**
 * An INSERT of a row where `condition` holds.
 * @param conflict what becomes of a row of the same `key`. @returns a row when something was written
 */
function insertWhere(
  table: string,
  row: Record<string, Arg>,
  key: readonly string[],
  conflict: 'replace' | 'keep',
  condition: Statement = ALWAYS,
): Statement {
  const names = Object.keys(row);
  const others = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return [
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map(() => '?').join(', ')} WHERE ${condition[0]}
       ON CONFLICT (${key.join(', ')}) DO ${conflict === 'keep' ? 'NOTHING' : `UPDATE SET ${others.join(', ')}`} RETURNING blobs`,
    [...Object.values(row), ...condition[1]],
  ];
}

/** Each text is prepared once and kept: there are as many as powers of two, not as many as there are numbers of parts. */
const paddedList = (values: readonly string[]): string[] =>
  Array.from({ length: 2 ** Math.ceil(Math.log2(values.length)) }, (_, index) => values[index] ?? values[0]!);

const ALWAYS: Statement = ['1 = 1', []];

/** Each change is one batch. Its conditional statements decide who wins; what it reads first says which blobs it frees. */
/** @param account the key of its state. @param owner of its snapshots */
export function objects(db: Database, account: string, touched: () => void, owner: string): Objects {
  const byKey = 'account = ? AND bucket = ? AND key = ?';
  const byUpload = 'account = ? AND upload_id = ?';
  const open = (uploadId: string): Statement => [
    `EXISTS (SELECT 1 FROM uploads WHERE ${byUpload})`,
    [account, uploadId],
  ];
  const put = (object: StoredObject, onlyNew: boolean, condition?: Statement) =>
    insertWhere(
      'objects',
      { account, ...object },
      ['account', 'bucket', 'key'],
      onlyNew ? 'keep' : 'replace',
      condition,
    );
  const before = ({ bucket, key }: StoredObject): Statement => [
    `SELECT blobs FROM objects WHERE ${byKey}`,
    [account, bucket, key],
  ];
  const endParts = (uploadId: string): Statement => [
    `DELETE FROM parts WHERE ${byUpload} AND NOT ${open(uploadId)[0]} RETURNING blobs`,
    [account, uploadId, ...open(uploadId)[1]],
  ];
  return {
    find: (bucket, key) =>
      db.get<StoredObject>(`SELECT ${COLUMNS} FROM objects WHERE ${byKey}`, [account, bucket, key]),
    list(bucket, prefix, after, limit) {
      const [from, first] =
        Buffer.compare(Buffer.from(after), Buffer.from(prefix)) >= 0 ? ['key > ?', after] : ['key >= ?', prefix];
      const end = behind(prefix);
      const to: Statement = end === undefined ? ALWAYS : ['key < ?', [end]];
      return db.all<StoredObject>(
        `SELECT ${COLUMNS} FROM objects WHERE account = ? AND bucket = ? AND ${from} AND ${to[0]}
           AND SUBSTR(key, 1, LENGTH(?)) = ? ORDER BY key LIMIT ?`,
        [account, bucket, first, ...to[1], prefix, prefix, limit],
      );
    },
    async put(object, onlyNew = false) {
      const [replaced = [], stored = []] = await db.batch<HasBlobs>([before(object), put(object, onlyNew)]);
      return stored.length > 0 ? blobsOf(replaced) : undefined;
    },
    async remove(bucket, keys) {
      const rows = await db.batch<HasBlobs>(
        keys.map((key) => [`DELETE FROM objects WHERE ${byKey} RETURNING blobs`, [account, bucket, key]]),
      );
      return blobsOf(rows.flat());
    },
    async addUpload(added) {
      await db.run(...insert('uploads', { account, ...added }));
      touched();
    },
    upload: (uploadId) => db.get<Upload>(`SELECT ${UPLOAD} FROM uploads WHERE ${byUpload}`, [account, uploadId]),
    async putPart(part) {
      const { upload_id, number } = part;
      const [replaced = [], stored = []] = await db.batch<HasBlobs>([
        [`SELECT blobs FROM parts WHERE ${byUpload} AND number = ?`, [account, upload_id, number]],
        insertWhere('parts', { account, ...part }, ['account', 'upload_id', 'number'], 'replace', open(upload_id)),
      ]);
      return stored.length > 0 ? blobsOf(replaced) : undefined;
    },
    parts: (uploadId) =>
      db.all<Part>(`SELECT ${PART} FROM parts WHERE ${byUpload} ORDER BY number`, [account, uploadId]),
    async completeUpload(uploadId, chosen, object, onlyNew = false) {
      const values = paddedList(chosen);
      const there: Statement = [
        `(SELECT COUNT(*) FROM parts WHERE ${byUpload} AND blobs IN (${values.map(() => '?').join(', ')})) = ?`,
        [account, uploadId, ...values, chosen.length],
      ];
      const allowed = onlyNew ? ` AND NOT EXISTS (SELECT 1 FROM objects WHERE ${byKey})` : '';
      const [replaced = [], , made = [], parts = []] = await db.batch<HasBlobs>([
        before(object),
        // of two at once one ends the upload; the other finds its parts gone, and makes no object of them
        [
          `DELETE FROM uploads WHERE ${byUpload} AND ${there[0]}${allowed} RETURNING upload_id`,
          [account, uploadId, ...there[1], ...(onlyNew ? before(object)[1] : [])],
        ],
        put(object, onlyNew, [`NOT ${open(uploadId)[0]} AND ${there[0]}`, [...open(uploadId)[1], ...there[1]]]),
        endParts(uploadId),
      ]);
      if (made.length === 0) return undefined;
      const inUse = new Set(chosen);
      return blobsOf([...parts, ...replaced]).filter((blobs) => !inUse.has(blobs));
    },
    async abortUpload(uploadId) {
      const [ended = [], parts = []] = await db.batch<HasBlobs>([
        [`DELETE FROM uploads WHERE ${byUpload} RETURNING upload_id`, [account, uploadId]],
        endParts(uploadId),
      ]);
      return ended.length > 0 ? blobsOf(parts) : undefined;
    },
    async snapshotBlobs() {
      const tables = ['snapshot_objects', 'snapshot_parts'].map(
        (name) => `SELECT blobs FROM ${name} WHERE account = ?`,
      );
      return blobsOf(await db.all(tables.join(' UNION ALL '), [owner, owner]));
    },
  };
}
