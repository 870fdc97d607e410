/** The step after which it is known when a person did what on a page. Released, so never edited. */
export const PAGE_STEPS: readonly string[] = [
  `CREATE TABLE page_steps (account TEXT NOT NULL, subject TEXT NOT NULL, step TEXT NOT NULL, done_at BIGINT NOT NULL,
     PRIMARY KEY (account, subject, step))`,
  'CREATE TABLE snapshot_page_steps AS SELECT account AS snapshot, page_steps.* FROM page_steps WHERE 1 = 0',
  'CREATE INDEX snapshot_page_steps_by_key ON snapshot_page_steps (account, snapshot, subject, step)',
];
