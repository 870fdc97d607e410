/** The step that keeps nonces in one tree where there were two: each call writes one. Released, so never edited. */
export const NONCES: readonly string[] = [
  `CREATE TABLE kept_nonces (access_key_id TEXT NOT NULL, nonce TEXT NOT NULL, seen_at BIGINT NOT NULL,
     PRIMARY KEY (access_key_id, nonce)) WITHOUT ROWID`,
  'INSERT INTO kept_nonces SELECT * FROM nonces',
  'DROP TABLE nonces',
  'ALTER TABLE kept_nonces RENAME TO nonces',
];
