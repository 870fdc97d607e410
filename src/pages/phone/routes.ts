/**
 * The phone a tester holds: what people have started, in every product, with a way to end it. Its answer is what the client
 * SDK would tell the app. This is the plain page, for a browser without script or of an earlier year: any other goes on to
 * the console's verifications, which are the same on a narrow screen. Names and numbers are masked.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { type GuardOptions, hasTokens } from '../../control/guard.js';
import { fits } from '../../control/look.js';
import { type Control, ControlError, type VerificationView } from '../../control/verbs.js';
import { maskIdNumbers } from '../../platform/redact.js';
import { kinds } from '../../products/kinds.js';
import { type End, isEnd } from '../../verification/outcome.js';
import PHONE_SCRIPT from '../browser/phone.ts?script';
import type { PagesEnv } from '../deps.js';
import { elsewhere, type Reach } from '../ui/elsewhere.js';
import { formOf } from '../ui/form.js';
import { langOf, type Text } from '../ui/language.js';
import { page } from '../ui/layout.js';
import { type Acted, ENDED, OPEN, PHONE_TITLE, type PhoneView, phoneBody } from './screen.js';
import { PHONE_STYLE } from './style.js';

export interface PhoneDeps {
  readonly control: Control;
  readonly reach: Reach & GuardOptions;
  /** Those the caller may see. */
  accounts(c: Context): readonly string[];
  accountOf(c: Context): string;
  baseUrl(): string;
}

/** On `/phone`, behind whoever guards it. */
export function phone({ control, reach, accounts, accountOf, baseUrl }: PhoneDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();

  app.get('/phone', async (c) => {
    const { id = '', product, end } = c.req.query();
    const kind = kinds.find(({ name }) => name === product);
    if (!kind || !isEnd(end)) return show(c, undefined);
    // an address can be written by hand
    const listed = await control.verifications(accountOf(c));
    const known = listed.some((view) => view.product === product && maskIdNumbers(view.id) === id);
    return show(c, known ? { id, end, kind } : undefined);
  });

  app.post('/phone', async (c) => {
    // the guard lets pages of other ports in; a form of theirs must not act
    if (!['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site')))
      return show(c, { problem: PROBLEMS.foreign }, 403);
    const form = await formOf(c);
    const [id, end, reason] = ['id', 'end', 'reason'].map((name) => form !== 'too large' && form.get(name));
    if (typeof id !== 'string' || !isEnd(end)) return show(c, { problem: PROBLEMS.incomplete }, 400);
    const account = accountOf(c);
    let shown = maskIdNumbers(id);
    let product: string;
    try {
      shown = maskIdNumbers((await control.verification(account, id)).id);
      product = await control.conclude(account, id, end, { reason: reasonOf(end, reason), counts: false });
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      return show(
        c,
        { problem: { zh: `${shown}：${REFUSED[error.status]}`, en: maskIdNumbers(error.message) } },
        error.status,
      );
    }
    const kept = Object.entries(c.req.query()).filter(([name]) => KEPT.includes(name));
    const query = new URLSearchParams([['account', account], ...kept, ...Object.entries({ id: shown, product, end })]);
    return c.redirect(`${new URL(c.req.url).pathname}?${query}`, 303);
  });

  async function show(c: Context<PagesEnv>, acted: Acted | undefined, status?: 400 | 403 | 404 | 409 | 413) {
    const lang = langOf(c.req.raw);
    const account = accountOf(c);
    const q = (c.req.query('q') ?? '').slice(0, LONGEST_SEARCH);
    const found = (views: VerificationView[]) => views.filter((view) => fits(view, q));
    const view: PhoneView = {
      ...{ lang, account, acted, q, baseUrl: baseUrl() },
      now: Date.parse(control.now(account).now),
      accounts: [...new Set([...accounts(c), account])],
      path: new URL(c.req.url).pathname,
      plain: c.req.query('plain') !== undefined,
      open: found(await control.verifications(account, { status: 'open', limit: q ? undefined : OPEN })),
      ended: found(await control.verifications(account, { status: 'ended', limit: q ? undefined : ENDED })),
    };
    const look = { scripts: [PHONE_SCRIPT], style: PHONE_STYLE };
    const path = `${view.path}?${new URLSearchParams({ account, lang })}`;
    const canOpen = (host: string) => hasTokens(reach) || reach.allowedHosts.includes(host);
    const body = html`${phoneBody(view)}${await elsewhere(c, reach, { path, canOpen })}`;
    return page(c, { title: PHONE_TITLE[lang], body, ...look, status });
  }
  return app;
}

/** Of its address, however it is pressed. */
const KEPT = ['lang', 'q', 'plain'];

const PROBLEMS = {
  foreign: { zh: '其他页面的表单不能在此操作', en: 'a form of another page may not act here' },
  incomplete: { zh: '缺少 id 或 end', en: 'id or end is missing' },
} satisfies Record<string, Text>;
/** By the status of what the control side says in English. */
const REFUSED: Readonly<Record<ControlError['status'], string>> = {
  400: '不能这样结束此认证',
  404: '没有此认证，可能已被重置',
  409: '此认证已经结束',
  413: '存储空间已满，可调大 --max-object-bytes',
};

const LONGEST_SEARCH = 100;

const reasonOf = (end: End, reason: unknown): string | undefined =>
  end === 'fail' && typeof reason === 'string' && reason !== '' ? reason : undefined;
