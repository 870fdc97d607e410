/** The step that keeps what is still to be called back, as JSON; NULL: nobody, or it is done. Released, so never edited. */
export const CALLBACKS: readonly string[] = [
  ...['verifications', 'snapshot_verifications'].map((table) => `ALTER TABLE ${table} ADD COLUMN callback TEXT`),
  'CREATE INDEX verifications_by_callback ON verifications (concluded_at) WHERE callback IS NOT NULL',
];
