/**
 * Whose a verification, build or STS key is: a page, a download and an upload name no account. No index serves this:
 * one more per insert would cost every call, while walking the few accounts costs only these.
 */
import type { Database } from './database.js';

export interface Directory {
  /** @param id VerifyToken, queryId or zimId. @returns the account; undefined when nobody has it */
  ofVerification(id: string): Promise<string | undefined>;
  ofBuild(taskId: string): Promise<string | undefined>;
  ofCredential(accessKeyId: string): Promise<string | undefined>;
}

export function directory(db: Database): Directory {
  const finder = (table: string, column: string) => {
    // the next account is one step in the primary key's index
    const sql = `WITH RECURSIVE accounts (name) AS (
        SELECT MIN(account) FROM ${table}
        UNION ALL SELECT (SELECT MIN(account) FROM ${table} WHERE account > accounts.name) FROM accounts WHERE name IS NOT NULL)
      SELECT name FROM accounts WHERE EXISTS (SELECT 1 FROM ${table} WHERE account = accounts.name AND ${column} = ?) LIMIT 1`;
    return async (value: string) => (await db.get<{ name: string }>(sql, [value]))?.name;
  };
  return {
    ofVerification: finder('verifications', 'id'),
    ofBuild: finder('builds', 'task_id'),
    ofCredential: finder('credentials', 'access_key_id'),
  };
}
