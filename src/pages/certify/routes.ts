/**
 * The page behind CertifyUrl: the person faces the camera, and is sent to ReturnUrl with `response`. How it looks is ours. To
 * look at it changes nothing: programs fetch it on their server.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { CERTIFY_PATH } from '../../gateway/urls.js';
import { type FaceData, faceData, faceEndings, financialGrade } from '../../products/cloudauth/financial-grade.js';
import { outcomeOf } from '../../products/outcome-of.js';
import type { Store } from '../../store/store.js';
import { FACE_BUCKET, faceKey } from '../../verification/buckets.js';
import { endingOf } from '../../verification/endings.js';
import type { Outcome } from '../../verification/outcome.js';
import { isAlive, type Verification } from '../../verification/verification.js';
import CAMERA_SCRIPT from '../browser/camera.ts?script';
import VISIT_SCRIPT from '../browser/visit.ts?script';
import { readTarget, type Target } from '../cloudauth/redirect.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { concludeOnPage } from '../ui/conclude.js';
import { formOf } from '../ui/form.js';
import { langOf, type Text } from '../ui/language.js';
import { page } from '../ui/layout.js';
import { keepPicture } from '../ui/picture.js';
import { glance } from '../ui/prefetch.js';
import { unknownWord } from '../ui/tester-panel.js';
import { heard, visitTag } from '../ui/visit.js';
import { responseOf, type State, stateOf, withResponse } from './response.js';
import { CERTIFY_TITLE, captureBody, choices, endBody, HEADINGS } from './screens.js';

type C = Context<PagesEnv>;
interface Found {
  readonly account: string;
  readonly store: Store;
  readonly one: Verification;
  readonly data: FaceData;
  /** Undefined while it can be gone on with. */
  readonly state: State | undefined;
}

/** Asked by an open page: whether it is open still, else where the person goes. */
const STATE_PATH = '/h5/state';
const LOOK = { parameters: ['certifyId', 'lang', 'auto'] } as const;

export function certifyPage(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();

  app.get(STATE_PATH, async (c) => {
    const found = await find(c);
    if (!found) return c.body(null, 410);
    await heard(c, found.store, found.one.id);
    if (!found.state) return c.body(null, 204);
    const target = targetOf(c, found);
    return target?.kind === 'web' ? c.text(target.url) : c.body(null, 410);
  });

  app.use(CERTIFY_PATH, glance);
  app.get(CERTIFY_PATH, async (c) => {
    const found = await find(c);
    const word = c.req.query('auto');
    if (!found || found.state || word === undefined) return show(c, found);
    const ending = endingOf(faceEndings, word);
    return ending ? over(c, found, ending) : unknownWord(c, 'auto', choices, LOOK);
  });

  app.post(CERTIFY_PATH, async (c) => {
    const found = await find(c);
    if (!found || found.state) return show(c, found);
    const form = await formOf(c);
    if (form === 'too large') return show(c, found, { zh: '上传内容过大。', en: 'Too much was uploaded.' }, 413);
    const word = form.get('end');
    const ending = endingOf(faceEndings, String(word));
    if (word !== null && !ending) return unknownWord(c, 'end', choices, LOOK);
    const refused = ending ? undefined : await keepFrame(found, form);
    if (refused) return show(c, found, refused, 400);
    return over(c, found, ending ?? outcomeOf(faceEndings, financialGrade.values(found.one)));
  });

  async function find(c: C): Promise<Found | undefined> {
    const certifyId = c.req.query('certifyId') ?? '';
    const account = await deps.directory.ofVerification(certifyId);
    if (account === undefined) return undefined;
    const store = deps.storeOf(account);
    const one = await store.verifications.byId(certifyId);
    if (one?.kind !== financialGrade.name) return undefined;
    const alive = isAlive(one.expires_at, deps.clockOf(account).now());
    return { account, store, one, data: faceData(one), state: stateOf(one, alive) };
  }

  /** Ends it and sends the person back, where a browser may go there. */
  async function over(c: C, { account, store, one }: Found, ending: Outcome) {
    await concludeOnPage(deps, account, one.id, ending);
    await store.visits.leave(one.id);
    const ended = await find(c);
    const target = ended && targetOf(c, ended);
    return c.redirect(target?.kind === 'web' ? target.url : addressOf(c), 303);
  }

  /** Where ReturnUrl leads, with `response` where it has ended; undefined where there is none. */
  function targetOf(c: C, { one, data: { returnUrl }, state }: Found): Target | undefined {
    if (returnUrl === undefined) return undefined;
    const url = state ? withResponse(returnUrl, responseOf(one.id, state)) : returnUrl;
    return readTarget(
      url,
      c.env?.incoming?.rawHost ?? c.req.header('host') ?? new URL(c.req.url).host,
      deps.options.redirectHosts,
    );
  }

  const keepFrame = ({ account, one }: Found, form: FormData) =>
    keepPicture(form, 'frame', ({ bytes, contentType }) =>
      deps.objects.put(account, { bucket: FACE_BUCKET, key: faceKey(one.id), contentType }, bytes),
    );

  async function show(c: C, found: Found | undefined, message?: Text, status?: 400 | 413) {
    const lang = langOf(c.req.raw);
    const target = found && targetOf(c, found);
    if (!found || found.state) {
      const state = found?.state ?? 'unknown';
      return page(c, { title: HEADINGS[state][lang], body: endBody(state, target, lang), ...LOOK });
    }
    const { id } = found.one;
    const visit = deps.ids.token();
    // a program that fetches the address on its server is nobody who visits
    if (c.req.header('accept')?.includes('text/html')) await found.store.visits.open(id, visit);
    return page(c, {
      title: CERTIFY_TITLE[lang],
      body: html`${captureBody(addressOf(c), lang, message)}${visitTag(id, visit, `state?certifyId=${id}`)}`,
      scripts: [CAMERA_SCRIPT, VISIT_SCRIPT],
      formTargets: target?.kind === 'web' ? [target.source] : [],
      status,
      ...LOOK,
    });
  }

  return app;
}

/** The page's own, without what would end it again. */
function addressOf(c: C): string {
  const { certifyId = '', lang } = c.req.query();
  return `${CERTIFY_PATH}?${new URLSearchParams({ certifyId, ...(lang !== undefined && { lang }) })}`;
}
