/**
 * Writes of one emulator, one group after the other: batches that come while a group is under way are the next one, which is
 * one transaction and one way there and back. A lock of the schema lets one emulator at a time write, so that what is read
 * before a write still holds when it is written, as in SQLite: the conditional statements of a batch decide.
 */
// tests put false ones into the global object
import { setImmediate } from 'node:timers';
import type { Statement } from '../database.js';
import { withNul, withoutNul } from '../nul.js';
import { type Prepared, prepare } from './dialect.js';
import { isOfStatement } from './failure.js';
import type { Session, Sessions } from './sessions.js';

type Row = Record<string, unknown>;

interface Waiting {
  readonly statements: readonly Statement[];
  resolve(rows: Row[][]): void;
  reject(error: unknown): void;
}

export interface Writer {
  batch(statements: readonly Statement[]): Promise<Row[][]>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

/** Batches of one transaction: it holds the lock no longer than this many take. */
const MOST = 64;

const BEGIN: Prepared = { text: 'BEGIN' };
const COMMIT: Prepared = { text: 'COMMIT' };
/** Each statement behind it sees what those have written who held it before. */
const LOCK = prepare(`SELECT pg_advisory_xact_lock(hashtextextended('cloudauth-mock/' || current_schema(), 0))`);

export const rowsOf = async (session: Session, [sql, args]: Statement): Promise<Row[]> =>
  (await session.query(prepare(sql), args.map(withoutNul))).map(withNul);

export function createWriter({ take }: Pick<Sessions, 'take'>): Writer {
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  /** The end is sent along: of a transaction that failed it is the end as well. */
  const transaction = async (group: readonly Waiting[]): Promise<Row[][][]> => {
    const session = await take();
    const asked = [
      session.query(BEGIN, []),
      session.query(LOCK, []),
      ...group.flatMap(({ statements }) => statements.map((statement) => rowsOf(session, statement))),
      session.query(COMMIT, []),
    ];
    const answers = await Promise.allSettled(asked);
    const failed = answers.find((one) => one.status === 'rejected')?.reason;
    session.release(failed !== undefined && !isOfStatement(failed));
    if (failed !== undefined) throw failed;
    const rows = answers.slice(2, -1).map((one) => (one as PromiseFulfilledResult<Row[]>).value);
    return group.map(({ statements }) => rows.splice(0, statements.length));
  };

  const write = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const rows = await transaction(group);
      for (const [index, one] of group.entries()) one.resolve(rows[index]!);
    } catch (error) {
      // nothing of it is kept: whose fault it was shows when each is done by itself
      if (group.length > 1 && isOfStatement(error)) for (const one of group) await write([one]);
      else for (const one of group) one.reject(error);
    }
  };

  const run = async (): Promise<void> => {
    await new Promise((go) => setImmediate(go));
    while (waiting.length > 0) await write(waiting.splice(0, MOST));
    running = undefined;
  };
  return {
    batch: (statements) =>
      new Promise((resolve, reject) => {
        waiting.push({ statements, resolve, reject });
        running ??= run();
      }),
    idle: async () => running,
  };
}
