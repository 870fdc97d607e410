/**
 * Pages a person has open: while one is, nobody finishes its verification for them. A page asks every two seconds how things
 * stand; one that has fallen silent counts as left, and is open again when it asks again. Its browser lives by the wall
 * clock, however the business clock was moved.
 */
import type { Clock } from '../platform/clock.js';
import type { Database } from './database.js';

/** How long a page may be silent, ms. */
const SILENCE_MS = 10_000;
/** Browsers let a page nobody sees ask once a minute. */
const HIDDEN_SILENCE_MS = 90_000;

export interface Visits {
  /** A page that never asks runs no script: it stays open. @param subject a VerifyToken, or a session id. @param visit names this opening: two windows are two */
  open(subject: string, visit: string): Promise<void>;
  /** The page has asked. @param hidden nobody sees it: it is in another tab, or behind another app */
  heard(subject: string, visit: string, hidden: boolean): Promise<void>;
  /** A page that was left for the next one says so after that one was opened. @param visit default: all of the subject */
  leave(subject: string, visit?: string): Promise<void>;
  isOpen(subject: string): Promise<boolean>;
  /** Those that are open. */
  subjects(): Promise<string[]>;
}

const IS_OPEN = '(open_until IS NULL OR open_until > ?)';

export const visits = (db: Database, account: string, wallClock: Clock): Visits => ({
  open: (subject, visit) =>
    db.run('INSERT INTO visits (account, subject, visit) VALUES (?, ?, ?)', [account, subject, visit]),
  heard: (subject, visit, hidden) =>
    db.run('UPDATE visits SET open_until = ? WHERE account = ? AND subject = ? AND visit = ?', [
      wallClock.now() + (hidden ? HIDDEN_SILENCE_MS : SILENCE_MS),
      account,
      subject,
      visit,
    ]),
  leave: (subject, visit) =>
    db.run('DELETE FROM visits WHERE account = ? AND subject = ? AND visit = COALESCE(?, visit)', [
      account,
      subject,
      visit ?? null,
    ]),
  isOpen: async (subject) =>
    (await db.get(`SELECT visit FROM visits WHERE account = ? AND subject = ? AND ${IS_OPEN} LIMIT 1`, [
      account,
      subject,
      wallClock.now(),
    ])) !== undefined,
  subjects: async () => {
    const rows = await db.all<{ subject: string }>(
      `SELECT DISTINCT subject FROM visits WHERE account = ? AND ${IS_OPEN}`,
      [account, wallClock.now()],
    );
    return rows.map(({ subject }) => subject);
  },
});
