/** SDK builds: started by CreateRPSDK, asked for by DescribeRPSDK. */
import { type Database, insert } from './database.js';

export interface Build {
  readonly task_id: string;
  readonly app_url: string;
  readonly platform: string | null;
  /** Business clock, ms. */
  readonly created_at: number;
  /** How often its result had been asked for before. */
  readonly asked: number;
}

export interface Builds {
  add(build: Build): Promise<void>;
  /** Counts the question and returns the build as it was before; undefined when unknown. */
  ask(taskId: string): Promise<Build | undefined>;
}

export const builds = (db: Database, account: string): Builds => ({
  async add(build) {
    const [sql, args] = insert('builds', { account, ...build });
    await db.run(sql, args);
  },
  ask: (taskId) =>
    db.get<Build>(
      `UPDATE builds SET asked = asked + 1 WHERE account = ? AND task_id = ?
       RETURNING task_id, app_url, platform, created_at, asked - 1 AS asked`,
      [account, taskId],
    ),
});
