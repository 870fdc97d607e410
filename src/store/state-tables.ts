/** The tables of an account's state, each with what its rows are walked by, which an index has behind the account. */
export interface StateTable {
  readonly table: string;
  /** Columns. */
  readonly key: string;
}

export const STATE_TABLES: readonly StateTable[] = [
  { table: 'scenes', key: 'biz' },
  { table: 'builds', key: 'task_id' },
  { table: 'credentials', key: 'expires_at, access_key_id' },
  { table: 'verifications', key: 'seq' },
  { table: 'objects', key: 'bucket, key' },
  { table: 'uploads', key: 'upload_id' },
  { table: 'parts', key: 'upload_id, number' },
  { table: 'visits', key: 'subject, visit' },
  { table: 'page_steps', key: 'subject, step' },
];

/** Their names, and that of the one table beside them that belongs to an account and goes with it. */
export const TABLES: readonly string[] = [...STATE_TABLES.map(({ table }) => table), 'clocks'];
