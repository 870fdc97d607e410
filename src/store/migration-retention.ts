/**
 * The step after which what is over is found by an index, oldest first, and lists are pages of one. `later`: another one goes on
 * with its state. `over_at`: since when it is over, business clock, ms; NULL while it is under way. Released, so never edited.
 */

const later = (table: string, copies: string): readonly string[] => [
  `ALTER TABLE ${table} ADD COLUMN later INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE ${table} ADD COLUMN over_at BIGINT`,
  `UPDATE ${table} SET later = 1 WHERE shared = 1 AND EXISTS (SELECT 1 FROM ${table} AS next WHERE next.account = ${table}.account
     AND next.name = ${table}.name AND next.kind = ${table}.kind AND next.scope = ${table}.scope AND next.seq > ${table}.seq${copies})`,
  `UPDATE ${table} SET over_at = COALESCE(concluded_at, expires_at) WHERE later = 1 OR status NOT IN ('open', 'review')`,
];

export const RETENTION: readonly string[] = [
  ...later('verifications', ''),
  'CREATE INDEX snapshot_verifications_by_group ON snapshot_verifications (account, snapshot, name)',
  ...later('snapshot_verifications', ' AND next.snapshot = snapshot_verifications.snapshot'),
  'DROP INDEX snapshot_verifications_by_group',
  'CREATE INDEX verifications_over ON verifications (account, over_at) WHERE over_at IS NOT NULL',
  `CREATE INDEX verifications_open ON verifications (account, seq) WHERE later = 0 AND status = 'open'`,
  `CREATE INDEX verifications_ended ON verifications (account, seq) WHERE later = 0 AND status <> 'open'`,
  // it grows at one end as well, and says which are over
  'DROP INDEX credentials_of_account',
  'CREATE INDEX credentials_by_end ON credentials (account, expires_at)',
  'CREATE INDEX builds_by_age ON builds (account, created_at)',
  'CREATE INDEX uploads_by_age ON uploads (account, started_at)',
];
