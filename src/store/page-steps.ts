/** When a person did what on a verification's page: of each step the first time, so that a page that is reloaded adds nothing. */
import type { Database } from './database.js';

/** `agreed`: to the guide or the privacy notice; `result`: they saw how it ended. A picture is an object of its own. */
export type PageStep = 'opened' | 'agreed' | 'result';

export interface StepDone {
  readonly step: PageStep;
  /** Business clock, ms. */
  readonly done_at: number;
}

export interface PageSteps {
  /** @param subject a VerifyToken, or a session id. @param at business clock, ms */
  did(subject: string, step: PageStep, at: number): Promise<void>;
  list(subject: string): Promise<StepDone[]>;
}

export const pageSteps = (db: Database, account: string): PageSteps => ({
  did: (subject, step, at) =>
    db.run(
      `INSERT INTO page_steps (account, subject, step, done_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account, subject, step) DO NOTHING`,
      [account, subject, step, at],
    ),
  list: (subject) =>
    db.all<StepDone>('SELECT step, done_at FROM page_steps WHERE account = ? AND subject = ?', [account, subject]),
});
