/** VerifyTokens: sessions of one task, 1800 s each. The token is the session, not the task. */
import { type Database, insert, type Statement } from './database.js';

export interface Token {
  readonly token: string;
  readonly biz: string;
  readonly ticket_id: string;
  /** The Binding parameter: materials the caller had collected before, as JSON text. */
  readonly binding: string;
  readonly user_data?: string | null;
  /** Business clock, ms. */
  readonly issued_at: number;
  readonly expires_at: number;
}

export interface Tokens {
  addRow(token: Token): Statement;
  find(token: string): Promise<Token | undefined>;
  /** The one issued last for a task. */
  latest(biz: string, ticketId: string): Promise<Token | undefined>;
  /** @returns whether there was such a token */
  expire(token: string, now: number): Promise<boolean>;
}

const COLUMNS = 'token, biz, ticket_id, binding, user_data, issued_at, expires_at';

export const tokens = (db: Database, account: string): Tokens => ({
  addRow: (token) => insert('tokens', { account, ...token }),
  find: (token) => db.get<Token>(`SELECT ${COLUMNS} FROM tokens WHERE account = ? AND token = ?`, [account, token]),
  latest: (biz, ticketId) =>
    db.get<Token>(
      `SELECT ${COLUMNS} FROM tokens WHERE account = ?
         AND token = (SELECT token FROM tasks WHERE account = ? AND biz = ? AND ticket_id = ?)`,
      [account, account, biz, ticketId],
    ),
  async expire(token, now) {
    const row = await db.get('UPDATE tokens SET expires_at = ? WHERE account = ? AND token = ? RETURNING token', [
      now,
      account,
      token,
    ]);
    return row !== undefined;
  },
});
