/** Long work on many rows, in steps between which calls are answered. */
// tests put false ones into the global object
import { setImmediate } from 'node:timers/promises';
import type { Arg, Database, Statement } from './database.js';
import type { StateTable } from './state-tables.js';

/** So many rows a step: a few milliseconds. */
const ROWS = 200;
/** After so many steps what they wrote is copied from the WAL into the file: left to itself that is done for 64 MB at once. */
const COPIED = 10;

/** The rows of one table that belong to one owner. */
export interface Owned extends StateTable {
  /** `account = ?`, and more. */
  readonly where: string;
  readonly args: readonly Arg[];
}

/**
 * Works through all rows there are, in the order of their key.
 * @param work makes a statement of a condition that holds for the rows of a step
 * @param closing ends it between two steps
 * @returns how many rows the statements have answered with
 */
export async function inSteps(
  db: Database,
  { table, key, where, args }: Owned,
  work: (rows: string, args: readonly Arg[]) => Statement,
  closing?: AbortSignal,
): Promise<number> {
  const columns = key.split(', ');
  const places = columns.map(() => '?').join(', ');
  let done = 0;
  let from: readonly Arg[] | undefined;
  for (let step = 1; ; step++) {
    closing?.throwIfAborted();
    const [behind, past] = from ? [` AND (${key}) > (${places})`, from] : ['', []];
    const last: Record<string, Arg> | undefined = await db.get(
      `SELECT ${key} FROM ${table} WHERE ${where}${behind} ORDER BY ${key} LIMIT 1 OFFSET ${ROWS - 1}`,
      [...args, ...past],
    );
    const to = last && columns.map((column) => last[column]!);
    const upTo = to ? ` AND (${key}) <= (${places})` : '';
    const [rows = []] = await db.batch([work(`${where}${behind}${upTo}`, [...args, ...past, ...(to ?? [])])]);
    done += rows.length;
    if (!to) return done;
    from = to;
    // what was asked meanwhile goes first
    await setImmediate();
    if (step % COPIED === 0) await db.copyBack?.();
  }
}

export const removeInSteps = (db: Database, owned: Owned, closing?: AbortSignal): Promise<number> =>
  inSteps(db, owned, (rows, args) => [`DELETE FROM ${owned.table} WHERE ${rows}`, args], closing);
