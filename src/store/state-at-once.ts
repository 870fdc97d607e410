/**
 * States and snapshots in a database that several emulators share: none knows what another has under way, so an account has
 * one state for good, and what is done to it as a whole is one batch. Rows are copied table to table.
 */
import { columnsOf } from './columns.js';
import type { Arg, Database, Statement } from './database.js';
import type { Snapshots } from './snapshots.js';
import { TABLES } from './state-tables.js';
import type { States } from './states.js';

export const statesAtOnce = (db: Database): States => ({
  keyOf: (account) => account,
  accountOf: (key) => key,
  inTurn: (_account, work) => work(),
  write: (_account, work) => work(),
  reset: async (account) =>
    void (await db.batch(TABLES.map((table): Statement => [`DELETE FROM ${table} WHERE account = ?`, [account]]))),
});

export const snapshotsAtOnce = (db: Database, account: string): Snapshots => {
  const columns = async (): Promise<[table: string, list: string][]> =>
    Promise.all(TABLES.map(async (table) => [table, (await columnsOf(db, table)).join(', ')]));
  const ofSnapshot = (name: string): [where: string, args: Arg[]] => ['account = ? AND snapshot = ?', [account, name]];
  const exists = async (name: string): Promise<boolean> =>
    (await db.get('SELECT name FROM snapshots WHERE account = ? AND name = ?', [account, name])) !== undefined;
  const counts = (prefix: string, where: string, args: readonly Arg[]) =>
    TABLES.map((table): Statement => [`SELECT COUNT(*) AS n FROM ${prefix}${table} WHERE ${where}`, args]);
  /** In the batch that copies them, the account's own rows are as many, and have an index to count them by. */
  const countOwn = () => counts('', 'account = ?', [account]);
  /** @returns the sum of what its last statements, those of {@link counts}, have counted */
  const counted = async (...statements: readonly Statement[]): Promise<number> => {
    const rows = await db.batch<{ n: number }>(statements);
    return rows.slice(-TABLES.length).reduce((sum, [row]) => sum + row!.n, 0);
  };
  const removed = (table: string, name: string): Statement => {
    const [where, args] = ofSnapshot(name);
    return [`DELETE FROM snapshot_${table} WHERE ${where}`, args];
  };
  return {
    async save(name) {
      return counted(
        ['INSERT INTO snapshots (account, name) VALUES (?, ?) ON CONFLICT (account, name) DO NOTHING', [account, name]],
        ...(await columns()).flatMap(([table, list]): Statement[] => [
          removed(table, name),
          [
            `INSERT INTO snapshot_${table} (snapshot, ${list}) SELECT ?, ${list} FROM ${table} WHERE account = ?`,
            [name, account],
          ],
        ]),
        ...countOwn(),
      );
    },
    async restore(name) {
      if (!(await exists(name))) return undefined;
      const [where, args] = ofSnapshot(name);
      return counted(
        ...(await columns()).flatMap(([table, list]): Statement[] => [
          [`DELETE FROM ${table} WHERE account = ?`, [account]],
          [`INSERT INTO ${table} (${list}) SELECT ${list} FROM snapshot_${table} WHERE ${where}`, args],
        ]),
        ...countOwn(),
      );
    },
    async remove(name) {
      const [found = []] = await db.batch([
        ['DELETE FROM snapshots WHERE account = ? AND name = ? RETURNING name', [account, name]],
        ...TABLES.map((table) => removed(table, name)),
      ]);
      return found.length > 0;
    },
    async names() {
      const rows = await db.all<{ name: string }>('SELECT name FROM snapshots WHERE account = ? ORDER BY name', [
        account,
      ]);
      return rows.map(({ name }) => name);
    },
    size: async (name) => ((await exists(name)) ? counted(...counts('snapshot_', ...ofSnapshot(name))) : undefined),
  };
};
