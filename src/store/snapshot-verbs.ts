/** What else can be done with snapshots: one is given to another account, or compared. All of it inside the database. */
import { columnsOf } from './columns.js';
import type { Arg, Database, Statement } from './database.js';
import { COUNTED } from './listing.js';
import { TABLES } from './state-tables.js';
import { keepLeft, type States } from './states.js';

/** A row as it was and as it is; one of them is absent where it came or went. */
export interface RowChange {
  readonly before?: Readonly<Record<string, Arg>>;
  readonly after?: Readonly<Record<string, Arg>>;
}

export interface TableDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The first of them by their keys. */
  readonly rows: readonly RowChange[];
}

export interface SnapshotVerbs {
  /**
   * Gives it to another account, replacing one of that name there. Whatever says by itself whose it is, the keys of uploads and
   * open pages, stays with the old account, and so does the callback that is still owed.
   */
  giveTo(name: string, account: string): Promise<void>;
  /** How many rows of state the account has, by table, each counted as far as `most`. */
  counts(most?: number): Promise<Record<string, number>>;
  /** By table. @param after absent: the state there is now. @param most rows of a table */
  differences(before: string, after: string | undefined, most: number): Promise<Record<string, TableDifference>>;
}

/** What tells a row from the others of its account; other tables are not compared. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  verifications: ['id'],
  builds: ['task_id'],
  scenes: ['biz'],
  clocks: ['account'],
  objects: ['bucket', 'key'],
};

/** What an account can have that another has as well. */
const GIVEN = ['scenes', 'builds', 'verifications', 'clocks', 'objects', 'page_steps'];

/** An account that was opened as a copy: what names no account, a page or a download, is the other's while it has it. */
export const copyMark = (account: string): string => `copy/${account}`;

/** A copy carries the account, a live row the key of its state. */
const compared = (columns: readonly string[], table: string): string[] =>
  columns.filter((column) => column !== 'account' || KEYS[table]!.includes(column));

type Compared = Readonly<Record<string, Arg>> & { readonly side: number };

export function snapshotVerbs(db: Database, account: string, states: States): SnapshotVerbs {
  /** What its live rows carry. */
  const ownerIn = (table: string): string => (table === 'clocks' ? account : states.keyOf(account));
  const source = (table: string, name: string | undefined): Statement =>
    name === undefined
      ? [`${table} WHERE account = ?`, [ownerIn(table)]]
      : [`snapshot_${table} WHERE account = ? AND snapshot = ?`, [account, name]];

  async function difference(table: string, before: string, after: string | undefined, most: number) {
    const list = compared(await columnsOf(db, table), table).join(', ');
    const key = KEYS[table]!.join(', ');
    const [[old, oldArgs], [now, nowArgs]] = [source(table, before), source(table, after)];
    const gone = (what: string) => `(SELECT ${what} FROM ${old} EXCEPT SELECT ${what} FROM ${now})`;
    const come = (what: string) => `(SELECT ${what} FROM ${now} EXCEPT SELECT ${what} FROM ${old})`;
    const [goneArgs, comeArgs] = [
      [...oldArgs, ...nowArgs],
      [...nowArgs, ...oldArgs],
    ];
    const [[counts], rows] = (await db.batch([
      [
        `SELECT (SELECT COUNT(*) FROM ${come(key)} AS a) AS added, (SELECT COUNT(*) FROM ${gone(key)} AS b) AS removed,
           (SELECT COUNT(*) FROM ${come(list)} AS c) AS unlike`,
        [...comeArgs, ...goneArgs, ...comeArgs],
      ],
      [
        `SELECT 0 AS side, ${list} FROM ${gone(list)} AS a UNION ALL SELECT 1 AS side, ${list} FROM ${come(list)} AS b
           ORDER BY ${key}, side LIMIT ?`,
        [...goneArgs, ...comeArgs, most * 2],
      ],
    ])) as [[{ added: number; removed: number; unlike: number }], Compared[]];
    const { added, removed, unlike } = counts;
    return { added, removed, changed: unlike - added, rows: paired(rows, KEYS[table]!).slice(0, most) };
  }

  return {
    giveTo: (name, other) =>
      states.inTurn(other, async () => {
        const columns = await Promise.all(GIVEN.map((table) => columnsOf(db, table)));
        await db.batch([
          ['INSERT INTO snapshots (account, name) VALUES (?, ?) ON CONFLICT (account, name) DO NOTHING', [other, name]],
          ['INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', [copyMark(other), account]],
          keepLeft(other, name),
          ...TABLES.map(
            (table): Statement => [`DELETE FROM snapshot_${table} WHERE account = ? AND snapshot = ?`, [other, name]],
          ),
          ...GIVEN.map((table, index): Statement => {
            const kept = columns[index]!.filter((column) => column !== 'account' && column !== 'callback').join(', ');
            return [
              `INSERT INTO snapshot_${table} (snapshot, account, ${kept})
               SELECT snapshot, ?, ${kept} FROM ${source(table, name)[0]}`,
              [other, account, name],
            ];
          }),
        ]);
      }),
    async counts(most = COUNTED) {
      const counted = await db.batch<{ n: number }>(
        TABLES.map(
          (table): Statement => [
            `SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${table} WHERE account = ? LIMIT ?) AS one`,
            [ownerIn(table), most],
          ],
        ),
      );
      return Object.fromEntries(TABLES.map((table, index) => [table, counted[index]![0]!.n]));
    },
    async differences(before, after, most) {
      const found: Record<string, TableDifference> = {};
      for (const table of Object.keys(KEYS)) found[table] = await difference(table, before, after, most);
      return found;
    },
  };
}

/** @param rows in the order of their keys, of each key what went before what came */
function paired(rows: readonly Compared[], key: readonly string[]): RowChange[] {
  const changes: RowChange[] = [];
  const isSame = (one: Compared | undefined, other: Compared) =>
    one !== undefined && key.every((column) => one[column] === other[column]);
  for (const [index, { side, ...row }] of rows.entries()) {
    if (side === 0) changes.push({ before: row });
    else if (isSame(rows[index - 1], rows[index]!)) changes[changes.length - 1] = { ...changes.at(-1), after: row };
    else changes.push({ after: row });
  }
  return changes;
}
