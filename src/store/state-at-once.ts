/**
 * States and snapshots in a database that several emulators share: none knows what another has under way, so an account has
 * one state for good, and what is done to it as a whole is one batch. Rows are copied table to table.
 */
import { columnsOf } from './columns.js';
import type { Arg, Database, Statement } from './database.js';
import type { Snapshots } from './snapshots.js';
import { TABLES } from './state-tables.js';
import { isLeft, type States } from './states.js';

/** @param keys of accounts whose state has another key than their name: a file that one emulator alone has had may have such */
export function statesAtOnce(db: Database, keys: ReadonlyMap<string, string> = new Map()): States {
  const owners = new Map([...keys].map(([account, key]) => [key, account]));
  const states: States = {
    keyOf: (account) => keys.get(account) ?? account,
    accountOf: (key) => owners.get(key) ?? (keys.has(key) || isLeft(key) ? undefined : key),
    inTurn: (_account, work) => work(),
    write: (_account, work) => work(),
    reset: async (account) =>
      void (await db.batch(
        TABLES.map((table): Statement => [`DELETE FROM ${table} WHERE account = ?`, [ownerIn(table, account, states)]]),
      )),
  };
  return states;
}

/** What rows of the account carry there. */
const ownerIn = (table: string, account: string, { keyOf }: States): string =>
  table === 'clocks' ? account : keyOf(account);

export const snapshotsAtOnce = (db: Database, account: string, states: States): Snapshots => {
  const owner = (table: string): string => ownerIn(table, account, states);
  const columns = async (): Promise<[table: string, list: string][]> =>
    Promise.all(
      TABLES.map(async (table) => [
        table,
        (await columnsOf(db, table)).filter((name) => name !== 'account').join(', '),
      ]),
    );
  const ofSnapshot = (name: string): [where: string, args: Arg[]] => ['account = ? AND snapshot = ?', [account, name]];
  const exists = async (name: string): Promise<boolean> =>
    (await db.get('SELECT name FROM snapshots WHERE account = ? AND name = ?', [account, name])) !== undefined;
  const counts = (prefix: string, where: string, args: (table: string) => readonly Arg[]) =>
    TABLES.map((table): Statement => [`SELECT COUNT(*) AS n FROM ${prefix}${table} WHERE ${where}`, args(table)]);
  /** In the batch that copies them, the account's own rows are as many, and have an index to count them by. */
  const countOwn = () => counts('', 'account = ?', (table) => [owner(table)]);
  /** @returns the sum of what its last statements, those of {@link counts}, have counted */
  const counted = async (...statements: readonly Statement[]): Promise<number> => {
    const rows = await db.batch<{ n: number }>(statements);
    return rows.slice(-TABLES.length).reduce((sum, [row]) => sum + row!.n, 0);
  };
  const removed = (table: string, name: string): Statement => {
    const [where, args] = ofSnapshot(name);
    return [`DELETE FROM snapshot_${table} WHERE ${where}`, args];
  };
  const countIn = (name: string) => {
    const [where, args] = ofSnapshot(name);
    return counted(...counts('snapshot_', where, () => args));
  };
  return {
    async save(name) {
      return counted(
        ['INSERT INTO snapshots (account, name) VALUES (?, ?) ON CONFLICT (account, name) DO NOTHING', [account, name]],
        ...(await columns()).flatMap(([table, list]): Statement[] => [
          removed(table, name),
          [
            `INSERT INTO snapshot_${table} (snapshot, account, ${list}) SELECT ?, ?, ${list} FROM ${table} WHERE account = ?`,
            [name, account, owner(table)],
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
          [`DELETE FROM ${table} WHERE account = ?`, [owner(table)]],
          [
            `INSERT INTO ${table} (account, ${list}) SELECT ?, ${list} FROM snapshot_${table} WHERE ${where}`,
            [owner(table), ...args],
          ],
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
    size: async (name) => ((await exists(name)) ? countIn(name) : undefined),
  };
};
