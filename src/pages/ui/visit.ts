/**
 * A page that is open says so by being fetched, and that it was left by a beacon. While it is open nobody finishes the
 * verification for the person. A browser that dies leaves the page open until its token or session ends. An open page asks
 * every two seconds whether somebody else has ended the verification, and moves on then.
 */
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import type { PagesDeps, PagesEnv } from '../deps.js';
import type { Html } from './layout.js';

const LEAVE_PATH = '/user_verify/leave';

/**
 * For a page that carries {@link visitTag}. One taken back out of the browser's cache is fetched anew: it is open again.
 * What is asked answers 204 while it is open, 200 with the address where the person goes from here, or 410: the page has
 * something else to say.
 */
export const VISIT_SCRIPT = `const { leave, ask } = document.querySelector('[data-leave]').dataset;
addEventListener('pagehide', () => navigator.sendBeacon(leave));
// not reload: of a page that answered a form the browser would ask whether to send it again
// and without a fragment, or the browser would stay where it is
const again = () => location.replace(location.href.split('#')[0]);
addEventListener('pageshow', (event) => { if (event.persisted) again(); });
// a merchant may take its time: who is on the way there is not sent off once more
let going = false;
addEventListener('submit', () => { going = true; });
setInterval(async () => {
  if (going) return;
  const reply = await fetch(ask).catch(() => undefined);
  if (going || (reply?.status !== 200 && reply?.status !== 410)) return;
  going = true;
  if (reply.status === 200) location.replace(await reply.text());
  else again();
}, 2000);`;

/**
 * For a page one folder deep.
 * @param subject a VerifyToken, or a session id. @param visit as opened in the store. @param ask relative to the page
 */
export const visitTag = (subject: string, visit: string, ask: string): Html =>
  html`<span hidden data-leave="..${LEAVE_PATH}?${new URLSearchParams({ subject, visit })}" data-ask="${ask}"></span>`;

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
