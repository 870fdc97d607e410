/** The step that keeps the rules of accounts. Released, so never edited. `rule` is JSON as it was given; `drawn` counts random numbers. */
export const RULES: readonly string[] = [
  `CREATE TABLE rules (account TEXT NOT NULL, seq BIGINT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL,
     matched BIGINT NOT NULL, fired BIGINT NOT NULL, drawn BIGINT NOT NULL, PRIMARY KEY (account, seq))`,
];
