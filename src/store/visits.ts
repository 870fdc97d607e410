/** Pages a person has open: while one is, nobody finishes its verification for them. */
import type { Database } from './database.js';

export interface Visits {
  /** @param subject a VerifyToken, or a session id. @param visit names this opening: two windows are two */
  open(subject: string, visit: string): Promise<void>;
  /** A page that was left for the next one says so after that one was opened. @param visit default: all of the subject */
  leave(subject: string, visit?: string): Promise<void>;
  isOpen(subject: string): Promise<boolean>;
  /** Those that are open. */
  subjects(): Promise<string[]>;
}

export const visits = (db: Database, account: string): Visits => ({
  open: (subject, visit) =>
    db.run('INSERT INTO visits (account, subject, visit) VALUES (?, ?, ?)', [account, subject, visit]),
  leave: (subject, visit) =>
    db.run('DELETE FROM visits WHERE account = ? AND subject = ? AND visit = COALESCE(?, visit)', [
      account,
      subject,
      visit ?? null,
    ]),
  isOpen: async (subject) =>
    (await db.get('SELECT visit FROM visits WHERE account = ? AND subject = ? LIMIT 1', [account, subject])) !==
    undefined,
  subjects: async () => {
    const rows = await db.all<{ subject: string }>('SELECT DISTINCT subject FROM visits WHERE account = ?', [account]);
    return rows.map(({ subject }) => subject);
  },
});
