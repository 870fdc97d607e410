/**
 * A page that is open says so by being fetched and by asking every two seconds whether somebody else has ended the
 * verification, and that it was left by a beacon (`src/pages/browser/visit.ts`). While it is open nobody finishes the
 * verification for the person; one whose browser died falls silent, and counts as left (`src/store/visits.ts`).
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import type { Store } from '../../store/store.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
import type { Html } from './layout.js';

const LEAVE_PATH = '/user_verify/leave';

/**
 * For a page one folder deep.
 * @param subject a VerifyToken, or a session id. @param visit as opened in the store. @param ask relative to the page
 */
export const visitTag = (subject: string, visit: string, ask: string): Html =>
  html`<span hidden data-leave="..${LEAVE_PATH}?${new URLSearchParams({ subject, visit })}" data-ask="${ask}&${new URLSearchParams({ visit })}"></span>`;

/** An open page has asked. @param subject as in its tag */
export const heard = (c: Context<PagesEnv>, { visits }: Store, subject: string): Promise<void> =>
  visits.heard(subject, c.req.query('visit') ?? '', c.req.query('hidden') !== undefined);

export function visitRoutes(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  app.post(LEAVE_PATH, async (c) => {
    const { subject = '', visit = '' } = c.req.query();
    const account = await deps.directory.ofVerification(subject);
    if (account !== undefined) await deps.storeOf(account).visits.leave(subject, visit);
    return c.body(null, 204);
  });
  return app;
}
