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
  /** The columns of the tables that have a row to copy, as `a, b`. They are asked for at once: nothing comes between. */
  async function columnsOf(
    prefix: string,
    where: string,
    args: readonly Arg[],
  ): Promise<[table: string, list: string][]> {
    const rows = await Promise.all(
      tables.map((table) => db.get<object>(`SELECT * FROM ${prefix}${table} WHERE ${where} LIMIT 1`, args)),
    );
    return tables.flatMap((table, index): [string, string][] => {
      const names = Object.keys(rows[index] ?? {}).filter((name) => name !== 'snapshot');
      return names.length > 0 ? [[table, names.join(', ')]] : [];
    });
  }
  const exists = async (name: string): Promise<boolean> =>
    (await db.get('SELECT name FROM snapshots WHERE account = ? AND name = ?', [account, name])) !== undefined;
  async function count(prefix: string, where: string, args: readonly Arg[]): Promise<number> {
    const counts = await Promise.all(
      tables.map((table) => db.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${prefix}${table} WHERE ${where}`, args)),
    );
    return counts.reduce((sum, row) => sum + (row?.n ?? 0), 0);
  }
  /** Right after they were copied the account's own rows are as many, and have an index to count them by. */
  const countOwn = () => count('', 'account = ?', [account]);
  return {
    async save(name) {
      const filled = await columnsOf('', 'account = ?', [account]);
      await db.batch([
        ['INSERT INTO snapshots (account, name) VALUES (?, ?) ON CONFLICT (account, name) DO NOTHING', [account, name]],
        ...tables.map(
          (table): Statement => [`DELETE FROM snapshot_${table} WHERE account = ? AND snapshot = ?`, [account, name]],
        ),
        ...filled.map(
          ([table, columns]): Statement => [
            `INSERT INTO snapshot_${table} (snapshot, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE account = ?`,
            [name, account],
          ],
        ),
      ]);
      return countOwn();
    },
    async restore(name) {
      if (!(await exists(name))) return undefined;
      const filled = await columnsOf('snapshot_', 'account = ? AND snapshot = ?', [account, name]);
      await db.batch([
        ...tables.map((table): Statement => [`DELETE FROM ${table} WHERE account = ?`, [account]]),
        ...filled.map(
          ([table, columns]): Statement => [
            `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM snapshot_${table} WHERE account = ? AND snapshot = ?`,
            [account, name],
          ],
        ),
      ]);
      return countOwn();
    },
    async names() {
      const rows = await db.all<{ name: string }>('SELECT name FROM snapshots WHERE account = ? ORDER BY name', [
        account,
      ]);
      return rows.map(({ name }) => name);
    },
    size: async (name) =>
      (await exists(name)) ? count('snapshot_', 'account = ? AND snapshot = ?', [account, name]) : undefined,
  };
};
