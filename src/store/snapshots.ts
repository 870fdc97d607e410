/**
 * Named copies of everything an account has done, to come back to. Rows are copied inside the database, table to table, in
 * steps between which calls are answered.
 */
import { columnsOf } from './columns.js';
import type { Database, Statement } from './database.js';
import { STATE_TABLES, type StateTable } from './state-tables.js';
import { keepLeft, leave, type TurningStates } from './states.js';
import { inSteps, removeInSteps } from './steps.js';

export interface Snapshots {
  /**
   * Replaces a snapshot of the same name. What the account would write meanwhile is written afterwards.
   * @returns how many rows it holds
   */
  save(name: string): Promise<number>;
  /** Replaces the account's state, at one moment. @returns how many rows it held; undefined when there is no such snapshot */
  restore(name: string): Promise<number | undefined>;
  /** @returns whether there was one */
  remove(name: string): Promise<boolean>;
  names(): Promise<string[]>;
  /** How many rows it holds; undefined when there is no such snapshot. */
  size(name: string): Promise<number | undefined>;
}

/** Copies lie in `snapshot_<table>`; the account's one clock is copied beside the tables of its state. */
export const snapshots = (db: Database, account: string, states: TurningStates): Snapshots => {
  const { closing } = states;
  const columns = async (table: string) => (await columnsOf(db, table)).filter((one) => one !== 'account').join(', ');
  const ofSnapshot = (name: string) => ({ where: 'account = ? AND snapshot = ?', args: [account, name] });
  /** @returns how many rows were copied */
  async function eachTable(copy: (table: StateTable, list: string) => Promise<number>): Promise<number> {
    let rows = 0;
    for (const each of STATE_TABLES) rows += await copy(each, await columns(each.table));
    return rows;
  }
  const saved = (name: string) =>
    eachTable(({ table, key }, list) =>
      inSteps(
        db,
        { table, key, where: 'account = ?', args: [states.keyOf(account)] },
        (rows, args) => [
          `INSERT INTO snapshot_${table} (snapshot, account, ${list}) SELECT ?, ?, ${list} FROM ${table} WHERE ${rows} RETURNING 1`,
          [name, account, ...args],
        ],
        closing,
      ),
    );
  const restored = (name: string, state: string) =>
    eachTable(({ table, key }, list) =>
      inSteps(
        db,
        { table: `snapshot_${table}`, key, ...ofSnapshot(name) },
        (rows, args) => [
          `INSERT INTO ${table} (account, ${list}) SELECT ?, ${list} FROM snapshot_${table} WHERE ${rows} RETURNING 1`,
          [state, ...args],
        ],
        closing,
      ),
    );
  const find = (name: string) =>
    db.get<{ size: number | null }>('SELECT size FROM snapshots WHERE account = ? AND name = ?', [account, name]);
  /** One of an earlier version was not counted. */
  const counted = async (name: string): Promise<number> => {
    const sql = (table: string) => `SELECT COUNT(*) AS n FROM snapshot_${table} WHERE account = ? AND snapshot = ?`;
    const counts = await db.batch<{ n: number }>(STATE_TABLES.map(({ table }) => [sql(table), [account, name]]));
    return counts.reduce((sum, [row]) => sum + row!.n, 0);
  };
  const clockRows = async (name: string): Promise<number> => {
    const sql = 'SELECT COUNT(*) AS n FROM snapshot_clocks WHERE account = ? AND snapshot = ?';
    return (await db.get<{ n: number }>(sql, [account, name]))!.n;
  };

  return {
    save: (name) =>
      states.inTurn(account, async () => {
        const at: Statement[1] = [account, name];
        // one that was there is given up first: a process that ends here leaves neither
        await db.batch([['DELETE FROM snapshots WHERE account = ? AND name = ?', at], leave(account, name)]);
        for (const { table, key } of STATE_TABLES)
          await removeInSteps(db, { table: `snapshot_${table}`, key, ...ofSnapshot(name) }, closing);
        return states.withoutWrites(account, async () => {
          const rows = await saved(name);
          const clock = await columns('clocks');
          const [, copied = []] = await db.batch([
            ['DELETE FROM snapshot_clocks WHERE account = ? AND snapshot = ?', at],
            [
              `INSERT INTO snapshot_clocks (snapshot, account, ${clock}) SELECT ?, account, ${clock} FROM clocks WHERE account = ? RETURNING 1`,
              [name, account],
            ],
            ['INSERT INTO snapshots (account, name, size) VALUES (?, ?, ?)', [account, name, rows]],
            keepLeft(account, name),
          ]);
          return rows + copied.length;
        });
      }),
    restore: (name) =>
      states.inTurn(account, async () => {
        if (!(await find(name))) return undefined;
        const state = await states.fresh(account);
        try {
          const rows = await restored(name, state);
          const clock = await columns('clocks');
          await states.turnTo(account, state, [
            ['DELETE FROM clocks WHERE account = ?', [account]],
            [
              `INSERT INTO clocks (account, ${clock}) SELECT account, ${clock} FROM snapshot_clocks WHERE account = ? AND snapshot = ?`,
              [account, name],
            ],
          ]);
          return rows + (await clockRows(name));
        } catch (error) {
          states.abandon(state);
          throw error;
        }
      }),
    remove: (name) =>
      states.inTurn(account, async () => {
        const [found = []] = await db.batch([
          ['DELETE FROM snapshots WHERE account = ? AND name = ? RETURNING name', [account, name]],
          ['DELETE FROM snapshot_clocks WHERE account = ? AND snapshot = ?', [account, name]],
          leave(account, name),
        ]);
        states.sweep();
        return found.length > 0;
      }),
    async names() {
      const rows = await db.all<{ name: string }>('SELECT name FROM snapshots WHERE account = ? ORDER BY name', [
        account,
      ]);
      return rows.map(({ name }) => name);
    },
    async size(name) {
      const found = await find(name);
      if (!found) return undefined;
      return (found.size ?? (await counted(name))) + (await clockRows(name));
    },
  };
};
