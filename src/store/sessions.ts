/** SAF face verifications: one row per init or initH5. */
import { type Database, insert } from './database.js';

export interface Session {
  /** queryId (mobile) or zimId (H5). */
  readonly id: string;
  readonly biz_id: string;
  readonly channel: 'mobile' | 'h5';
  readonly cert_number: string;
  readonly name: string;
  readonly metainfo: string;
  /** `quit`: the person left; nobody finishes it any more, and it keeps answering 300. */
  readonly status: 'created' | 'passed' | 'failed' | 'quit';
  /** The error row a failed session answers with, e.g. `Z1146`. */
  readonly reason: string | null;
  readonly asked: number;
  /** Business clock, ms. */
  readonly created_at: number;
  readonly expires_at: number;
  readonly concluded_at: number | null;
}

export interface Sessions {
  add(session: Omit<Session, 'status' | 'reason' | 'asked' | 'concluded_at'>): Promise<void>;
  /** By its own id or its bizId, the latest first. */
  find(id: string): Promise<Session | undefined>;
  /** The latest first. @param status default: of every status */
  list(limit: number, status?: Session['status']): Promise<Session[]>;
  /** Counts the question and returns the session as it was before; undefined when the ids belong to none. */
  ask(channel: Session['channel'], id: string, bizId: string): Promise<Session | undefined>;
  /** Ends an open session; undefined when it had ended before: of two at once one wins. */
  conclude(
    id: string,
    status: 'passed' | 'failed' | 'quit',
    reason: string | null,
    now: number,
  ): Promise<Session | undefined>;
  expire(id: string, now: number): Promise<void>;
  /** Sessions of a certNumber that failed for a reason since an instant. */
  failuresSince(certNumber: string, reason: string, since: number): Promise<number>;
}

const COLUMNS =
  'id, biz_id, channel, cert_number, name, metainfo, status, reason, asked, created_at, expires_at, concluded_at';

export const sessions = (db: Database, account: string): Sessions => ({
  async add(session) {
    const [sql, args] = insert('sessions', { account, ...session, status: 'created', asked: 0 });
    await db.run(sql, args);
  },
  find: (id) =>
    db.get<Session>(
      `SELECT ${COLUMNS} FROM sessions WHERE account = ? AND (id = ? OR biz_id = ?) ORDER BY created_at DESC LIMIT 1`,
      [account, id, id],
    ),
  list: (limit, status) =>
    db.all<Session>(
      `SELECT ${COLUMNS} FROM sessions WHERE account = ? AND status = COALESCE(?, status) ORDER BY created_at DESC LIMIT ?`,
      [account, status ?? null, limit],
    ),
  ask: (channel, id, bizId) =>
    db.get<Session>(
      `UPDATE sessions SET asked = asked + 1 WHERE account = ? AND id = ? AND biz_id = ? AND channel = ?
       RETURNING ${COLUMNS.replace('asked', 'asked - 1 AS asked')}`,
      [account, id, bizId, channel],
    ),
  conclude: (id, status, reason, now) =>
    db.get<Session>(
      `UPDATE sessions SET status = ?, reason = ?, concluded_at = ? WHERE account = ? AND id = ? AND status = 'created' RETURNING ${COLUMNS}`,
      [status, reason, now, account, id],
    ),
  expire: (id, now) => db.run('UPDATE sessions SET expires_at = ? WHERE account = ? AND id = ?', [now, account, id]),
  async failuresSince(certNumber, reason, since) {
    const row = await db.get<{ n: number }>(
      `SELECT COUNT(*) AS n FROM sessions WHERE account = ? AND cert_number = ? AND concluded_at >= ? AND status = 'failed' AND reason = ?`,
      [account, certNumber, since, reason],
    );
    return row?.n ?? 0;
  },
});
