/** Verification tasks of the 2017-2018 versions, keyed by Biz and TicketId. */
import type { Conclusion } from '../verification/verification.js';
import type { Database, Statement } from './database.js';

export interface Task {
  readonly biz: string;
  readonly ticket_id: string;
  readonly solution: string;
  /** The VerifyToken issued last. */
  readonly token: string;
  /** −1 nothing submitted, 0 under review, 1 passed, 2 failed. */
  readonly status: number;
  readonly submissions: number;
  /** How often its result had been asked for before. */
  readonly asked: number;
  /** Materials of the last conclusion, as JSON text. */
  readonly materials: string;
  readonly similarity: number | null;
  readonly authority: number | null;
  readonly conclusions: string | null;
  readonly created_at: number;
  readonly concluded_at: number | null;
}

export interface Tasks {
  /** Makes the task unless it exists, and notes its latest token: who had left begins anew. */
  openRow(biz: string, ticketId: string, solution: string, token: string, now: number): Statement;
  find(biz: string, ticketId: string): Promise<Task | undefined>;
  /** The task last made under a TicketId, whatever its Biz. */
  byTicket(ticketId: string): Promise<Task | undefined>;
  /** The latest first, with when their latest token expires. @param status default: of every status */
  list(limit: number, status?: number): Promise<(Task & { readonly expires_at: number })[]>;
  /** Counts the question and returns the task as it was before; undefined when unknown. */
  ask(biz: string, ticketId: string): Promise<Task | undefined>;
  /** A submission by the server; undefined when the task is closed or under review: of two at once one wins. */
  submit(biz: string, ticketId: string, conclusion: Conclusion): Promise<Task | undefined>;
  /** The simulated person finishes; undefined when anybody else did anything to the task before. */
  simulate(biz: string, ticketId: string, conclusion: Conclusion): Promise<Task | undefined>;
  /** The person left: as after a submission, the simulated one no longer steps in. Undefined when the task had a result. */
  quit(biz: string, ticketId: string): Promise<Task | undefined>;
  /** An explicit conclusion; undefined when the task has already passed. */
  conclude(biz: string, ticketId: string, conclusion: Conclusion): Promise<Task | undefined>;
}

const COLUMNS =
  'biz, ticket_id, solution, token, status, submissions, asked, materials, similarity, authority, conclusions, created_at, concluded_at';
const KEY = 'account = ? AND biz = ? AND ticket_id = ?';

export function tasks(db: Database, account: string): Tasks {
  const close = (
    biz: string,
    ticketId: string,
    { status, materials, similarity, authority, conclusions, at }: Conclusion,
    also: string,
    condition: string,
  ) =>
    db.get<Task>(
      `UPDATE tasks SET status = ?, materials = ?, similarity = ?, authority = ?, conclusions = ?, concluded_at = ?${also}
       WHERE ${KEY} AND ${condition} RETURNING ${COLUMNS}`,
      [status, JSON.stringify(materials), similarity, authority, conclusions, at, account, biz, ticketId],
    );
  return {
    openRow: (biz, ticketId, solution, token, now) => [
      `INSERT INTO tasks (account, biz, ticket_id, solution, token, status, submissions, asked, materials, created_at)
       VALUES (?, ?, ?, ?, ?, -1, 0, 0, '{}', ?)
       ON CONFLICT (account, biz, ticket_id) DO UPDATE SET token = excluded.token,
         submissions = CASE WHEN tasks.status = -1 THEN 0 ELSE tasks.submissions END`,
      [account, biz, ticketId, solution, token, now],
    ],
    find: (biz, ticketId) => db.get<Task>(`SELECT ${COLUMNS} FROM tasks WHERE ${KEY}`, [account, biz, ticketId]),
    byTicket: (ticketId) =>
      db.get<Task>(
        `SELECT ${COLUMNS} FROM tasks WHERE account = ? AND ticket_id = ? ORDER BY created_at DESC LIMIT 1`,
        [account, ticketId],
      ),
    list: (limit, status) =>
      db.all<Task & { expires_at: number }>(
        `SELECT ${COLUMNS}, (SELECT expires_at FROM tokens WHERE tokens.account = tasks.account AND tokens.token = tasks.token) AS expires_at
           FROM tasks WHERE account = ? AND status = COALESCE(?, status) ORDER BY created_at DESC LIMIT ?`,
        [account, status ?? null, limit],
      ),
    ask: (biz, ticketId) =>
      db.get<Task>(
        `UPDATE tasks SET asked = asked + 1 WHERE ${KEY} RETURNING ${COLUMNS.replace('asked', 'asked - 1 AS asked')}`,
        [account, biz, ticketId],
      ),
    submit: (biz, ticketId, conclusion) =>
      close(biz, ticketId, conclusion, ', submissions = submissions + 1', 'status NOT IN (0, 1)'),
    simulate: (biz, ticketId, conclusion) => close(biz, ticketId, conclusion, '', 'status = -1 AND submissions = 0'),
    quit: (biz, ticketId) =>
      db.get<Task>(`UPDATE tasks SET submissions = submissions + 1 WHERE ${KEY} AND status = -1 RETURNING ${COLUMNS}`, [
        account,
        biz,
        ticketId,
      ]),
    conclude: (biz, ticketId, conclusion) => close(biz, ticketId, conclusion, '', 'status <> 1'),
  };
}
