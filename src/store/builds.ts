/** SDK builds: started by CreateRPSDK, asked for by DescribeRPSDK. */
import { type Database, insert } from './database.js';

export interface NewBuild {
  readonly task_id: string;
  readonly app_url: string;
  readonly platform: string | null;
  /** Business clock, ms. */
  readonly created_at: number;
  /** How often its result had been asked for before. */
  readonly asked: number;
}

export interface Build extends NewBuild {
  /** What the downloaded package calls itself: Android's package, or CFBundleIdentifier. */
  readonly package_name: string | null;
  /** Why there is nothing to build from, in ASCII. */
  readonly refused: string | null;
  /** When its address was first handed out, business clock, ms: from then on it opens. */
  readonly built_at: number | null;
}

export interface Builds {
  add(build: NewBuild): Promise<void>;
  find(taskId: string): Promise<Build | undefined>;
  /** Counts the question and returns the build as it was before; undefined when unknown. */
  ask(taskId: string): Promise<Build | undefined>;
  /** Stores what became of the package, once: a second result, or one of a build that is gone, changes nothing. */
  settle(taskId: string, result: { readonly packageName: string } | { readonly refused: string }): Promise<void>;
  /** Its address is about to be handed out. */
  built(taskId: string, now: number): Promise<void>;
}

const COLUMNS = 'task_id, app_url, platform, created_at, package_name, refused, built_at';

export const builds = (db: Database, account: string, touched: () => void): Builds => ({
  async add(build) {
    const [sql, args] = insert('builds', { account, ...build });
    await db.run(sql, args);
    touched();
  },
  find: (taskId) =>
    db.get<Build>(`SELECT ${COLUMNS}, asked FROM builds WHERE account = ? AND task_id = ?`, [account, taskId]),
  ask: (taskId) =>
    db.get<Build>(
      `UPDATE builds SET asked = asked + 1 WHERE account = ? AND task_id = ?
       RETURNING ${COLUMNS}, asked - 1 AS asked`,
      [account, taskId],
    ),
  async settle(taskId, result) {
    const [column, value] = 'refused' in result ? ['refused', result.refused] : ['package_name', result.packageName];
    await db.run(
      `UPDATE builds SET ${column} = ? WHERE account = ? AND task_id = ? AND package_name IS NULL AND refused IS NULL`,
      [value, account, taskId],
    );
  },
  built: (taskId, now) =>
    db.run('UPDATE builds SET built_at = ? WHERE account = ? AND task_id = ? AND built_at IS NULL', [
      now,
      account,
      taskId,
    ]),
});
