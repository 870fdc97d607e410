/**
 * The page behind CloudauthPageUrl and VerifyPageUrl. How it looks is ours; what it asks for, says and leads to is documented: the steps of
 * the scene, the texts for a token that is none, the two redirects. An ending chosen here is an explicit conclusion.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import type { PageEvent } from '../../control/events.js';
import { PAGE_PATH } from '../../gateway/urls.js';
import { endingOf } from '../../verification/endings.js';
import CAMERA_SCRIPT from '../browser/camera.ts?script';
import VISIT_SCRIPT from '../browser/visit.ts?script';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { elsewhere } from '../ui/elsewhere.js';
import { formOf } from '../ui/form.js';
import { langOf, type Text } from '../ui/language.js';
import { noticeBody, page } from '../ui/layout.js';
import { glance } from '../ui/prefetch.js';
import { tellStep } from '../ui/step.js';
import { unknownWord } from '../ui/tester-panel.js';
import { heard, visitTag } from '../ui/visit.js';
import { resultBody, resultTitle } from './result.js';
import { PICTURES, screenBody, WORDS, walkPanel } from './screens.js';
import { submission } from './submission.js';
import {
  afterEnd,
  afterScreen,
  endingsOf,
  findWalk,
  isLive,
  NEXT_PATH,
  PARAMETERS,
  RESULT_PATH,
  type Screen,
  TOKEN_EXPIRED,
  TOKEN_INVALID,
  type Walk,
} from './walk.js';

type C = Context<PagesEnv>;

export function cloudauthPage(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  const { take, missing, end } = submission(deps);
  const did = ({ account, token }: Walk, step: PageEvent['step']) => tellStep(deps, account, token, step);

  app.use(PAGE_PATH, glance);
  app.get(PAGE_PATH, async (c) => {
    const walk = await findWalk(c, deps);
    if ('zh' in walk) return notice(c, walk);
    if (walk.task.status === 'passed') return c.redirect(walk.at('RESULT'));
    if (!isLive(walk, deps)) return notice(c, TOKEN_EXPIRED);
    const auto = c.req.query('auto');
    if (auto === undefined) {
      if (screenOf(walk, c.req.query('step')) === screenOf(walk, undefined)) await did(walk, 'opened');
      return show(c, walk, c.req.query('step'));
    }
    const ending = endingOf(walk.flow.kind.endings, auto);
    return ending ? c.redirect(await end(walk, ending)) : unknownWord(c, 'auto', walk.flow.choices);
  });

  app.post(PAGE_PATH, async (c) => {
    const walk = await findWalk(c, deps);
    if ('zh' in walk) return notice(c, walk);
    // a second tap, or another window: its pictures stay as they were judged
    if (walk.task.status === 'passed') return c.redirect(afterEnd(walk, 'passed'), 303);
    if (!isLive(walk, deps)) return notice(c, TOKEN_EXPIRED);
    const screen = screenOf(walk, c.req.query('step'));
    const form = await formOf(c);
    if (form === 'too large') return show(c, walk, screen, { zh: '上传内容过大。', en: 'Too much was uploaded.' }, 413);
    const word = form.get('end');
    if (word !== null) {
      const ending = endingOf(walk.flow.kind.endings, String(word));
      return ending ? c.redirect(await end(walk, ending), 303) : unknownWord(c, 'end', walk.flow.choices);
    }
    if (walk.stop) return show(c, walk, screen);
    const refused = await take(walk, screen, form);
    if (refused) return show(c, walk, screen, refused, 400);
    await did(walk, PICTURES[screen] ? 'picture' : 'agreed');
    const next = afterScreen(walk, screen) ?? (await missing(walk));
    return c.redirect(next ? walk.at(next) : await end(walk), 303);
  });

  app.get(NEXT_PATH, async (c) => {
    const walk = await findWalk(c, deps);
    if ('zh' in walk) return c.body(null, 410);
    await heard(c, walk.store, walk.token.id);
    if (endingsOf(walk.task) !== c.req.query('since')) return c.text(afterEnd(walk, walk.task.status));
    return c.body(null, isLive(walk, deps) ? 204 : 410);
  });

  app.get(RESULT_PATH, async (c) => {
    const walk = await findWalk(c, deps);
    if ('zh' in walk) return notice(c, walk);
    const live = isLive(walk, deps);
    if (!live && walk.task.status === 'open') return notice(c, TOKEN_EXPIRED);
    await did(walk, 'result');
    return page(c, { title: resultTitle(walk), body: resultBody(walk, live), parameters: PARAMETERS });
  });

  async function show(c: C, walk: Walk, step: string | undefined, message?: Text, status?: 400 | 413) {
    const { token, store, lang, stop } = walk;
    const screen = screenOf(walk, step);
    const visit = deps.ids.token();
    await store.visits.open(token.id, visit);
    const body = stop
      ? html`${noticeBody(stop.title[lang], stop.hint[lang])}${walkPanel(walk)}`
      : screenBody(walk, screen, message);
    return page(c, {
      title: (stop ?? WORDS[screen]).title[lang],
      body: html`${body}${await elsewhere(c, deps.options)}${visitTag(token.id, visit, walk.at('NEXT'))}`,
      scripts: PICTURES[screen] && !stop ? [CAMERA_SCRIPT, VISIT_SCRIPT] : [VISIT_SCRIPT],
      formTargets: [walk.success, walk.fail].flatMap((target) => (target?.kind === 'web' ? [target.source] : [])),
      parameters: PARAMETERS,
      status,
    });
  }

  return app;
}

const screenOf = ({ screens }: Walk, step: string | undefined): Screen =>
  screens.find((screen) => screen === step) ?? screens[0] ?? 'GUIDE';

/** The vendor's page is one file whatever the token: these states are 200 there. */
function notice(c: C, text: Text) {
  const lang = langOf(c.req.raw);
  const title = text[lang];
  return page(c, {
    title,
    body: noticeBody(title, text === TOKEN_INVALID ? FORGOTTEN[lang] : undefined),
    parameters: PARAMETERS,
  });
}

/** For the developer. */
const FORGOTTEN: Text = {
  zh: '模拟器没有这个 token。状态保存在内存中时，重启即丢失；使用 --db 可以保留。',
  en: 'The emulator has no such token. State in memory is gone after a restart; --db keeps it.',
};
