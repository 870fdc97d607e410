/**
 * The page behind CertifyUrl: the person agrees, faces the camera, and is sent to ReturnUrl with `response`; in a frame the
 * page around it is posted that. How it looks is ours. To look at it changes nothing: programs fetch it on their server.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { CERTIFY_FRAME_PATH, CERTIFY_PATH, SHORT_PATH } from '../../gateway/urls.js';
import {
  type FaceData,
  faceData,
  faceEndings,
  financialGrade,
  IN_FRAME,
} from '../../products/cloudauth/financial-grade.js';
import { outcomeOf } from '../../products/outcome-of.js';
import type { Store } from '../../store/store.js';
import { FACE_BUCKET, faceKey } from '../../verification/buckets.js';
import { endingOf } from '../../verification/endings.js';
import type { Outcome } from '../../verification/outcome.js';
import { isAlive, type Verification } from '../../verification/verification.js';
import CAMERA_SCRIPT from '../browser/camera.ts?script';
import POST_SCRIPT from '../browser/post.ts?script';
import VISIT_SCRIPT from '../browser/visit.ts?script';
import { readTarget, type Target } from '../cloudauth/redirect.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
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
import { type GivenUp, isGivenUp, responseOf, type State, stateOf, withResponse } from './response.js';
import { CERTIFY_TITLE, captureBody, choices, endBody, guideBody, HEADINGS } from './screens.js';

type C = Context<PagesEnv>;
interface Found {
  readonly account: string;
  readonly store: Store;
  readonly one: Verification;
  readonly data: FaceData;
  /** Undefined while it can be gone on with. */
  readonly state: State | undefined;
  /** What is posted to the page around this one; undefined while there is nothing, or nobody, to tell. */
  readonly message: string | undefined;
}
/** How a tester's word ends it, and why the page gave up. */
interface Word {
  readonly ending: Outcome;
  readonly why?: GivenUp;
}

/** Asked by an open page: whether it is open still, else where the person goes. */
const STATE_PATH = '/certify/state';
const LOOK = { parameters: ['certifyId', 'lang', 'auto', 'step', 'agree', 'why'] } as const;
/** The value of `step` behind the guide. */
const CAPTURE = 'capture';

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

  app.get(SHORT_PATH, (c) => c.redirect(`${CERTIFY_PATH}${new URL(c.req.url).search}`));

  for (const path of [CERTIFY_PATH, CERTIFY_FRAME_PATH]) {
    app.use(path, glance);
    app.get(path, async (c) => {
      const found = await find(c);
      const said = c.req.query('auto');
      if (!found || found.state || said === undefined) {
        if (found && isForPeople(c)) await tellStep(deps, found.account, found.one, stepOf(c, found));
        return show(c, found);
      }
      const word = wordOf(said);
      return word ? over(c, found, word) : unknownWord(c, 'auto', choices, LOOK);
    });

    app.post(path, async (c) => {
      const found = await find(c);
      if (!found || found.state) return show(c, found);
      const form = await formOf(c);
      if (form === 'too large') return show(c, found, { zh: '上传内容过大。', en: 'Too much was uploaded.' }, 413);
      const said = form.get('end');
      const word = wordOf(String(said));
      if (said !== null && !word) return unknownWord(c, 'end', choices, LOOK);
      const refused = word ? undefined : await keepFrame(found, form);
      if (refused) return show(c, found, refused, 400);
      if (!word) await tellStep(deps, found.account, found.one, 'picture');
      return over(c, found, word ?? { ending: outcomeOf(faceEndings, financialGrade.values(found.one), deps.people) });
    });
  }

  async function find(c: C): Promise<Found | undefined> {
    const certifyId = c.req.query('certifyId') ?? '';
    const account = await deps.directory.ofVerification(certifyId);
    if (account === undefined) return undefined;
    const store = deps.storeOf(account);
    const one = await store.verifications.byId(certifyId);
    if (one?.kind !== financialGrade.name) return undefined;
    const state = stateOf(one, isAlive(one.expires_at, deps.clockOf(account).now()));
    const data = faceData(one);
    const message = state && isFramed(c, data) ? responseOf(certifyId, state, whyOf(c)) : undefined;
    return { account, store, one, data, state, message };
  }

  /** Ends it and sends the person back, where a browser may go there. */
  async function over(c: C, { account, store, one }: Found, { ending, why }: Word) {
    await concludeOnPage(deps, account, one.id, ending);
    await store.visits.leave(one.id);
    const ended = await find(c);
    const target = ended && targetOf(c, ended, why);
    return c.redirect(target?.kind === 'web' ? target.url : addressOf(c, why), 303);
  }

  /** Where ReturnUrl leads, with `response` where it has ended; undefined where there is none, or the page is in a frame. */
  function targetOf(c: C, { one, data, state }: Found, why = whyOf(c)): Target | undefined {
    const { returnUrl } = data;
    if (returnUrl === undefined || isFramed(c, data)) return undefined;
    const url = state ? withResponse(returnUrl, responseOf(one.id, state, why)) : returnUrl;
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
    const framedByAnybody = isFramed(c, found?.data);
    if (!found || found.state) {
      const state = found?.state ?? 'unknown';
      const body = endBody(state, target, found?.message, lang);
      const scripts = found?.message === undefined ? [] : [POST_SCRIPT];
      return page(c, { title: HEADINGS[state][lang], body, scripts, framedByAnybody, style: POSTED_STYLE, ...LOOK });
    }
    const { one, data, store } = found;
    const visit = deps.ids.token();
    if (isForPeople(c)) await store.visits.open(one.id, visit);
    const isCapture = message !== undefined || c.req.query('step') === CAPTURE;
    const body = isCapture
      ? captureBody(addressOf(c), data.keep === true, lang, message)
      : guideBody(c.req.path, { ...ownQuery(c), step: CAPTURE }, lang, addressOf(c));
    return page(c, {
      title: CERTIFY_TITLE[lang],
      body: html`${body}${await elsewhere(c, deps.options, { path: addressOf(c) })}${visitTag(one.id, visit, `state?certifyId=${one.id}${framedByAnybody ? '&framed' : ''}`)}`,
      scripts: isCapture ? [CAMERA_SCRIPT, VISIT_SCRIPT] : [VISIT_SCRIPT],
      formTargets: target?.kind === 'web' ? [target.source] : [],
      framedByAnybody,
      status,
      ...LOOK,
    });
  }

  return app;
}

/** What is posted leads nowhere, and whoever frames the page may. */
const isFramed = (c: C, data: FaceData | undefined): boolean =>
  data?.returnUrl === IN_FRAME || c.req.path === CERTIFY_FRAME_PATH || c.req.query('framed') !== undefined;

/** A program that fetches the address on its server is nobody who visits. */
const isForPeople = (c: C): boolean => c.req.header('accept')?.includes('text/html') ?? false;

/** Behind the guide one has agreed to it. */
const stepOf = (c: C, { state }: Found) => (state ? 'result' : c.req.query('step') === CAPTURE ? 'agreed' : 'opened');

function wordOf(said: string): Word | undefined {
  if (isGivenUp(said)) return { ending: { kind: 'quit' }, why: said };
  const ending = endingOf(faceEndings, said);
  return ending && { ending };
}

/** Said again by the address of a page that gave up: nothing else knows. */
function whyOf(c: C): GivenUp | undefined {
  const why = c.req.query('why');
  return isGivenUp(why) ? why : undefined;
}

function ownQuery(c: C): Record<string, string> {
  const { certifyId = '', lang } = c.req.query();
  return { certifyId, ...(lang !== undefined && { lang }) };
}

/** The page's own, without what would end it again. */
const addressOf = (c: C, why?: GivenUp): string =>
  `${c.req.path}?${new URLSearchParams({ ...ownQuery(c), ...(why && { why }) })}`;
