/**
 * The page a person verifies on when SAF's initH5 started it, embedded by the merchant, and the script its metainfo comes
 * from. A session that has ended shows its ending, and posts it again, however often it is opened.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { outcomeOf } from '../../products/outcome-of.js';
import { type Channel, SAF_PAGE_PATH, safSession, sessionEndings } from '../../products/saf/session.js';
import type { Store } from '../../store/store.js';
import { SESSION_BUCKET } from '../../verification/buckets.js';
import { endingOf } from '../../verification/endings.js';
import type { Outcome } from '../../verification/outcome.js';
import { isAlive, type Verification } from '../../verification/verification.js';
import CAMERA_SCRIPT from '../browser/camera.ts?script';
import POST_SCRIPT from '../browser/post.ts?script';
import VISIT_SCRIPT from '../browser/visit.ts?script';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { merchantPages } from '../merchant/routes.js';
import { concludeOnPage } from '../ui/conclude.js';
import { elsewhere } from '../ui/elsewhere.js';
import { formOf } from '../ui/form.js';
import { langOf, type Text } from '../ui/language.js';
import { page } from '../ui/layout.js';
import { keepPicture } from '../ui/picture.js';
import { POSTED_STYLE } from '../ui/posted.js';
import { glance } from '../ui/prefetch.js';
import { tellStep } from '../ui/step.js';
import { unknownWord } from '../ui/tester-panel.js';
import { heard, visitTag } from '../ui/visit.js';
import { choices } from './endings.js';
import { messageOf, SYSTEM_ERROR } from './message.js';
import { metaInfoScript } from './metainfo.js';
import { captureBody, endBody, SAF_TITLE } from './screens.js';

type C = Context<PagesEnv>;
interface Found {
  readonly account: string;
  readonly store: Store;
  readonly session: Verification;
}

/** Asked by an open page: whether the session is open still. */
const SAF_STATE_PATH = '/gjj/state';

const H5: Channel = 'h5';

/** By the status of what is over; one that is open still has expired. */
const HEADINGS = {
  passed: { zh: '认证通过', en: 'Verified' },
  failed: { zh: '认证未通过', en: 'Not verified' },
  quit: { zh: '已退出', en: 'You left' },
  review: { zh: '审核中', en: 'Under review' },
  open: { zh: '会话已过期', en: 'The session has expired' },
  unknown: { zh: '会话不存在', en: 'There is no such session' },
} satisfies Record<string, Text>;

export function safPages(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();

  app.get('/gjj/getmetainfo.js', (c) =>
    c.body(metaInfoScript(deps.ids.token(), c.req.query('unsupported') === undefined), 200, {
      'content-type': 'application/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    }),
  );

  app.get(SAF_STATE_PATH, async (c) => {
    const found = await find(c);
    if (found) await heard(c, found.store, found.session.id);
    return c.body(null, found && isOpen(found) ? 204 : 410);
  });

  app.use(SAF_PAGE_PATH, glance);
  app.get(SAF_PAGE_PATH, async (c) => {
    const found = await find(c);
    const word = c.req.query('auto');
    if (!found || !isOpen(found) || word === undefined) {
      if (found) await tellStep(deps, found.account, found.session, isOpen(found) ? 'opened' : 'result');
      return show(c, found);
    }
    const ending = endingOf(sessionEndings, word);
    if (!ending) return unknownWord(c, 'auto', choices, LOOK);
    await conclude(found, ending);
    return show(c, await find(c));
  });

  app.post(SAF_PAGE_PATH, async (c) => {
    const found = await find(c);
    if (!found || !isOpen(found)) return show(c, found);
    const form = await formOf(c);
    if (form === 'too large') return show(c, found, { zh: '上传内容过大。', en: 'Too much was uploaded.' }, 413);
    const word = form.get('end');
    const ending = endingOf(sessionEndings, String(word));
    if (word !== null && !ending) return unknownWord(c, 'end', choices, LOOK);
    const refused = ending ? undefined : await keepFrame(found, form);
    if (refused) return show(c, found, refused, 400);
    if (!ending) await tellStep(deps, found.account, found.session, 'picture');
    await conclude(found, ending ?? outcomeOf(sessionEndings, safSession.values(found.session), deps.people));
    return c.redirect(addressOf(c), 303);
  });

  async function find(c: C): Promise<Found | undefined> {
    const zimId = c.req.query('zimId') ?? '';
    const account = await deps.directory.ofVerification(zimId);
    if (account === undefined) return undefined;
    const store = deps.storeOf(account);
    const session = await store.verifications.byId(zimId);
    // a mobile session is for the SDK
    return session?.kind === safSession.name && session.scope === H5 ? { account, store, session } : undefined;
  }

  const isOpen = ({ account, session }: Found): boolean =>
    session.status === 'open' && isAlive(session.expires_at, deps.clockOf(account).now());

  async function conclude({ account, store, session }: Found, ending: Outcome): Promise<void> {
    await concludeOnPage(deps, account, session.id, ending);
    await store.visits.leave(session.id);
  }

  const keepFrame = ({ account, session }: Found, form: FormData) =>
    keepPicture(form, 'frame', ({ bytes, contentType }) =>
      deps.objects.put(account, { bucket: SESSION_BUCKET, key: `${session.id}.jpg`, contentType }, bytes),
    );

  async function show(c: C, found: Found | undefined, message?: Text, status?: 400 | 413) {
    const lang = langOf(c.req.raw);
    if (!found || !isOpen(found)) {
      const ended = found && messageOf(found.session);
      const state = !found ? 'unknown' : found.session.status;
      const title = HEADINGS[state][lang];
      const body = endBody(title, ended ?? SYSTEM_ERROR, lang);
      return page(c, { title, body, scripts: [POST_SCRIPT], ...LOOK });
    }
    const visit = deps.ids.token();
    await found.store.visits.open(found.session.id, visit);
    return page(c, {
      title: SAF_TITLE[lang],
      body: html`${captureBody(addressOf(c), lang, message)}${await elsewhere(c, deps.options, { path: addressOf(c) })}${visitTag(found.session.id, visit, `state?zimId=${found.session.id}`)}`,
      scripts: [CAMERA_SCRIPT, VISIT_SCRIPT],
      status,
      ...LOOK,
    });
  }

  app.route('/', merchantPages(deps));
  return app;
}

/** The page's own, without what would end it again. */
function addressOf(c: C): string {
  const { zimId = '', lang } = c.req.query();
  return `${SAF_PAGE_PATH}?${new URLSearchParams({ zimId, ...(lang !== undefined && { lang }) })}`;
}

const LOOK = { framedByAnybody: true, style: POSTED_STYLE, parameters: ['zimId', 'lang', 'auto'] } as const;
