/**
 * The step after which an owner is found by its key, however many accounts there are: the id comes first in the index. What
 * an account has is found by an index on the account, which grows at one end and costs next to nothing. Released, so never
 * edited.
 */

const CREDENTIALS =
  'account TEXT NOT NULL, access_key_id TEXT NOT NULL, secret TEXT NOT NULL, security_token TEXT NOT NULL, bucket TEXT NOT NULL, path TEXT NOT NULL, expires_at BIGINT NOT NULL';

const SNAPSHOTS = [
  ...['scenes', 'builds', 'credentials', 'verifications', 'clocks'],
  ...['objects', 'uploads', 'parts', 'visits'],
];

export const OWNERS: readonly string[] = [
  'DROP INDEX verifications_by_id',
  'CREATE UNIQUE INDEX verifications_by_id ON verifications (id, account)',
  'CREATE INDEX builds_by_task ON builds (task_id, account)',
  `CREATE TABLE owned_credentials (${CREDENTIALS}, PRIMARY KEY (access_key_id, account))`,
  'INSERT INTO owned_credentials SELECT * FROM credentials',
  'DROP TABLE credentials',
  'ALTER TABLE owned_credentials RENAME TO credentials',
  'CREATE INDEX credentials_of_account ON credentials (account)',
  // the emulator's own key, one per account
  `CREATE INDEX credentials_of_reader ON credentials (account) WHERE bucket = '*'`,
  // each upload that replaces another asks whether a snapshot needs the bytes
  ...SNAPSHOTS.map((table) => `CREATE INDEX snapshot_${table}_by_name ON snapshot_${table} (account, snapshot)`),
];
