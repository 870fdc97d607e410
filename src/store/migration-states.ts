/**
 * The step after which a reset gives an account another state, and what is left of the old one goes in small steps: the rows of a
 * state carry its key where they carried the account. What is walked in steps has an index in that order. Released, so never edited.
 */

const KEYS = {
  scenes: 'biz',
  builds: 'task_id',
  credentials: 'expires_at, access_key_id',
  verifications: 'seq',
  objects: 'bucket, key',
  uploads: 'upload_id',
  parts: 'upload_id, number',
  visits: 'subject, visit',
};

export const STATES: readonly string[] = [
  // the key of an account's state; none here: the account's name
  'CREATE TABLE states (account TEXT PRIMARY KEY, state TEXT NOT NULL)',
  `CREATE TABLE leftovers (owner TEXT NOT NULL, snapshot TEXT NOT NULL, PRIMARY KEY (owner, snapshot))`,
  'ALTER TABLE snapshots ADD COLUMN size BIGINT',
  'DROP INDEX credentials_by_end',
  'CREATE INDEX credentials_by_end ON credentials (account, expires_at, access_key_id)',
  ...Object.entries(KEYS).flatMap(([table, key]) => [
    `DROP INDEX snapshot_${table}_by_name`,
    `CREATE INDEX snapshot_${table}_by_key ON snapshot_${table} (account, snapshot, ${key})`,
  ]),
];
