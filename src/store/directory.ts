/** Whose a verification, build or STS key is: a page, a download and an upload name no account. An index of each table begins with its id. */
import type { Database } from './database.js';
import { copyMark } from './snapshot-verbs.js';

export interface Directory {
  /** @param id VerifyToken, queryId or zimId. @returns the account; undefined when nobody has it */
  ofVerification(id: string): Promise<string | undefined>;
  ofBuild(taskId: string): Promise<string | undefined>;
  ofCredential(accessKeyId: string): Promise<string | undefined>;
}

export function directory(db: Database): Directory {
  const finder = (table: string, column: string) => {
    // ids are drawn, so there is one; or those of copies beside it, whose turn comes when it is gone
    const isCopy = `(SELECT COUNT(*) FROM meta WHERE meta.name = '${copyMark('')}' || ${table}.account)`;
    const sql = `SELECT account FROM ${table} WHERE ${column} = ? ORDER BY ${isCopy} LIMIT 1`;
    return async (value: string) => (await db.get<{ account: string }>(sql, [value]))?.account;
  };
  return {
    ofVerification: finder('verifications', 'id'),
    ofBuild: finder('builds', 'task_id'),
    ofCredential: finder('credentials', 'access_key_id'),
  };
}
