/**
 * The step that puts the verifications of every kind into one table. A task was a row of its own beside one row per token;
 * now each id that was issued is a row, and the latest of a name holds the state. Released, so never edited.
 */

const COLUMNS = `kind, id, name, scope, shared, subject, person, data, issued_at, expires_at,
  status, reason, counts, endings, asked, created_at, concluded_at, result`;

const TABLE = `CREATE TABLE verifications (account TEXT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  name TEXT NOT NULL, scope TEXT NOT NULL, shared INTEGER NOT NULL, subject TEXT, person TEXT, data TEXT NOT NULL,
  issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, status TEXT NOT NULL, reason TEXT, counts INTEGER NOT NULL,
  endings INTEGER NOT NULL, asked INTEGER NOT NULL, created_at BIGINT NOT NULL, concluded_at BIGINT, result TEXT,
  PRIMARY KEY (account, seq))`;

/** What was there moves in the order in which it was issued. @param copies of snapshots, which are apart from each other */
function moved(copies: boolean): string {
  const [prefix, own] = copies ? ['snapshot_', 'snapshot, account'] : ['', 'account'];
  const of = (table: string) => own.replace(/\w+/g, (column) => `${table}.${column}`);
  return `INSERT INTO ${prefix}verifications (${own}, seq, ${COLUMNS})
    SELECT ${own}, ROW_NUMBER() OVER (PARTITION BY ${own} ORDER BY issued_at, latest, id), ${COLUMNS} FROM (
      SELECT ${of('tokens')}, 'cloudauth' AS kind, tokens.token AS id, tokens.ticket_id AS name, tokens.biz AS scope,
        1 AS shared, NULL AS subject, NULL AS person,
        '{"solution":"' || tasks.solution || '","binding":' || tokens.binding || '}' AS data,
        tokens.issued_at AS issued_at, tokens.expires_at AS expires_at,
        CASE tasks.status WHEN 1 THEN 'passed' WHEN 2 THEN 'failed' WHEN 0 THEN 'review' ELSE 'open' END AS status,
        tasks.conclusions AS reason, 0 AS counts, tasks.submissions AS endings, tasks.asked AS asked,
        tasks.created_at AS created_at, tasks.concluded_at AS concluded_at,
        CASE WHEN tasks.status < 1 THEN NULL ELSE tasks.materials END AS result,
        CASE WHEN tasks.token = tokens.token THEN 1 ELSE 0 END AS latest
      FROM ${prefix}tokens AS tokens JOIN ${prefix}tasks AS tasks ON tasks.account = tokens.account
        AND tasks.biz = tokens.biz AND tasks.ticket_id = tokens.ticket_id${copies ? ' AND tasks.snapshot = tokens.snapshot' : ''}
      UNION ALL
      SELECT ${own}, 'saf', id, biz_id, channel, 0, cert_number, name, '{}', created_at, expires_at,
        CASE status WHEN 'created' THEN 'open' ELSE status END, reason, CASE status WHEN 'failed' THEN 1 ELSE 0 END,
        CASE status WHEN 'created' THEN 0 ELSE 1 END, asked, created_at, concluded_at, NULL, 1
      FROM ${prefix}sessions) AS issued`;
}

export const VERIFICATIONS: readonly string[] = [
  TABLE,
  'CREATE UNIQUE INDEX verifications_by_id ON verifications (account, id)',
  'CREATE INDEX verifications_by_name ON verifications (account, name, seq)',
  'CREATE INDEX verifications_by_failure ON verifications (account, subject, concluded_at) WHERE subject IS NOT NULL',
  'CREATE TABLE snapshot_verifications AS SELECT account AS snapshot, verifications.* FROM verifications WHERE 1 = 0',
  moved(false),
  moved(true),
];
