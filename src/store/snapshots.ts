/** Named copies of everything an account has done, to come back to. Rows are copied inside the database, table to table. */
import type { Arg, Database, Statement } from './database.js';

export interface Snapshots {
  /** Replaces a snapshot of the same name. @returns how many rows it holds */
  save(name: string): Promise<number>;
  /** Replaces the account's state. @returns how many rows it held; undefined when there is no such snapshot */
  restore(name: string): Promise<number | undefined>;
  names(): Promise<string[]>;
  /** How many rows it holds; undefined when there is no such snapshot. */
  size(name: string): Promise<number | undefined>;
}

/** @param tables those that hold an account's state; `snapshot_<table>` holds their copies */
export const snapshots = (db: Database, account: string, tables: readonly string[]): Snapshots => {
  /** The columns of each table, as `a, b`: it is asked for one row, whether or not there are any. */
  const columns = async (): Promise<[table: string, list: string][]> => {
    const rows = await db.batch<object>(
      tables.map((table) => [`SELECT ${table}.* FROM (SELECT 1 AS one) AS one LEFT JOIN ${table} ON 1 = 0`, []]),
    );
    return tables.map((table, index) => [table, Object.keys(rows[index]![0]!).join(', ')]);
  };
  const exists = async (name: string): Promise<boolean> =>
    (await db.get('SELECT name FROM snapshots WHERE account = ? AND name = ?', [account, name])) !== undefined;
  const counts = (prefix: string, where: string, args: readonly Arg[]) =>
    tables.map((table): Statement => [`SELECT COUNT(*) AS n FROM ${prefix}${table} WHERE ${where}`, args]);
  /** In the batch that copies them, the account's own rows are as many, and have an index to count them by. */
  const countOwn = () => counts('', 'account = ?', [account]);
  /** @returns the sum of what its last statements, those of {@link counts}, have counted */
  const counted = async (...statements: readonly Statement[]): Promise<number> => {
    const rows = await db.batch<{ n: number }>(statements);
    return rows.slice(-tables.length).reduce((sum, [row]) => sum + row!.n, 0);
  };
  return {
    async save(name) {
      return counted(
        ['INSERT INTO snapshots (account, name) VALUES (?, ?) ON CONFLICT (account, name) DO NOTHING', [account, name]],
        ...(await columns()).flatMap(([table, list]): Statement[] => [
          [`DELETE FROM snapshot_${table} WHERE account = ? AND snapshot = ?`, [account, name]],
          [
            `INSERT INTO snapshot_${table} (snapshot, ${list}) SELECT ?, ${list} FROM ${table} WHERE account = ?`,
            [name, account],
          ],
        ]),
        ...countOwn(),
      );
    },
    async restore(name) {
      // a snapshot once there stays, it is only replaced
      if (!(await exists(name))) return undefined;
      return counted(
        ...(await columns()).flatMap(([table, list]): Statement[] => [
          [`DELETE FROM ${table} WHERE account = ?`, [account]],
          [
            `INSERT INTO ${table} (${list}) SELECT ${list} FROM snapshot_${table} WHERE account = ? AND snapshot = ?`,
            [account, name],
          ],
        ]),
        ...countOwn(),
      );
    },
    async names() {
      const rows = await db.all<{ name: string }>('SELECT name FROM snapshots WHERE account = ? ORDER BY name', [
        account,
      ]);
      return rows.map(({ name }) => name);
    },
    size: async (name) =>
      (await exists(name))
        ? counted(...counts('snapshot_', 'account = ? AND snapshot = ?', [account, name]))
        : undefined,
  };
};
