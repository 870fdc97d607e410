/** Pages a person has open: while one is, nobody finishes its verification for them. */
import type { Database } from './database.js';

export interface Visits {
  /** @param subject a VerifyToken, or a session id. @param visit names this opening; an earlier one is forgotten */
  open(subject: string, visit: string): Promise<void>;
  /** Only the newest opening counts: a page that was left for the next one says so after that one was opened. */
  leave(subject: string, visit: string): Promise<void>;
  isOpen(subject: string): Promise<boolean>;
  /** Those that are open. */
  subjects(): Promise<string[]>;
}

export const visits = (db: Database, account: string): Visits => ({
  open: (subject, visit) =>
    db.run(
      'INSERT INTO visits (account, subject, visit) VALUES (?, ?, ?) ON CONFLICT (account, subject) DO UPDATE SET visit = excluded.visit',
      [account, subject, visit],
    ),
  leave: (subject, visit) =>
    db.run('DELETE FROM visits WHERE account = ? AND subject = ? AND visit = ?', [account, subject, visit]),
  isOpen: async (subject) =>
    (await db.get('SELECT visit FROM visits WHERE account = ? AND subject = ?', [account, subject])) !== undefined,
  subjects: async () => {
    const rows = await db.all<{ subject: string }>('SELECT subject FROM visits WHERE account = ?', [account]);
    return rows.map(({ subject }) => subject);
  },
});
