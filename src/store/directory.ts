/** Who has something, and whose a verification, build or STS key is: a page, a download and an upload name no account. An index of each table begins with its id. */
import type { Database } from './database.js';
import { copyMark } from './snapshot-verbs.js';

export interface Directory {
  /** @param id VerifyToken, queryId or zimId. @returns the account; undefined when nobody has it */
  ofVerification(id: string): Promise<string | undefined>;
  ofBuild(taskId: string): Promise<string | undefined>;
  ofCredential(accessKeyId: string): Promise<string | undefined>;
  /** Those that have verifications, in the order of their names, {@link MOST} at most. */
  accounts(): Promise<string[]>;
}

const MOST = 1000;
/** From each to the next by the index: never a look at each row. */
const ACCOUNTS = `WITH RECURSIVE one (account) AS (
    SELECT MIN(account) FROM verifications
    UNION ALL SELECT (SELECT MIN(account) FROM verifications WHERE account > one.account) FROM one WHERE one.account IS NOT NULL)
  SELECT account FROM one WHERE account IS NOT NULL LIMIT ?`;

/** @param accountOf whose the state of a key is, if it is anybody's */
export function directory(db: Database, accountOf: (key: string) => string | undefined = (key) => key): Directory {
  const finder = (table: string, column: string) => {
    // ids are drawn, so there is one; and those of states that were left and are not removed yet, and of copies beside it
    const sql = `SELECT account FROM ${table} WHERE ${column} = ?`;
    return async (value: string) => {
      const rows = await db.all<{ account: string }>(sql, [value]);
      const owners = rows.flatMap(({ account }) => accountOf(account) ?? []);
      if (owners.length < 2) return owners[0];
      // the turn of a copy comes when what it was made of has the id no more
      for (const owner of owners)
        if (!(await db.get('SELECT name FROM meta WHERE name = ?', [copyMark(owner)]))) return owner;
      return owners[0];
    };
  };
  return {
    ofVerification: finder('verifications', 'id'),
    ofBuild: finder('builds', 'task_id'),
    ofCredential: finder('credentials', 'access_key_id'),
    accounts: async () => {
      const rows = await db.all<{ account: string }>(ACCOUNTS, [MOST]);
      return rows.flatMap(({ account }) => accountOf(account) ?? []);
    },
  };
}
