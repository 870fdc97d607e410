/**
 * The phone a tester holds: what people have started and not ended, in every product, with a way to end it. Its answer is
 * what the client SDK would tell the app. Works without script; names and numbers are not shown.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import type { GuardOptions } from '../../control/guard.js';
import { type Control, ControlError } from '../../control/verbs.js';
import { DEFAULT_ACCOUNT } from '../../gateway/accounts.js';
import { maskIdNumbers } from '../../platform/redact.js';
import { kinds } from '../../products/kinds.js';
import { type End, isEnd } from '../../verification/outcome.js';
import PHONE_SCRIPT from '../browser/phone.ts?script';
import type { PagesEnv } from '../deps.js';
import { elsewhere, type Reach } from '../ui/elsewhere.js';
import { formOf } from '../ui/form.js';
import { langOf, type Text } from '../ui/language.js';
import { page } from '../ui/layout.js';
import { type Acted, PHONE_STYLE, PHONE_TITLE, type PhoneView, phoneBody } from './screen.js';

export interface PhoneDeps {
  readonly control: Control;
  readonly reach: Reach & Pick<GuardOptions, 'adminToken' | 'allowedHosts'>;
  accounts(): readonly string[];
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
    // what ended meanwhile is among the latest
    const listed = [...(await control.listed(account, 'open')), ...(await control.listed(account))];
    const pressed = listed.find(({ exact }) => handleOf(exact) === id);
    const exact = pressed?.exact ?? id;
    const shown = maskIdNumbers(pressed?.view.id ?? id);
    let product: string;
    try {
      product = await control.conclude(account, exact, end, { reason: reasonOf(end, reason), counts: false });
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      const en = maskIdNumbers(error.message.replaceAll(exact, () => shown));
      return show(c, { problem: { zh: `${shown}：${REFUSED[error.status]}`, en } }, error.status);
    }
    const { lang } = c.req.query();
    const done = { id: shown, product, end };
    return c.redirect(
      `${new URL(c.req.url).pathname}?${new URLSearchParams({ account, ...(lang !== undefined && { lang }), ...done })}`,
      303,
    );
  });

  async function show(c: Context<PagesEnv>, acted: Acted | undefined, status?: 400 | 403 | 404 | 409 | 413) {
    const lang = langOf(c.req.raw);
    const account = accountOf(c);
    const view: PhoneView = {
      ...{ lang, account, acted, baseUrl: baseUrl() },
      accounts: [...new Set([DEFAULT_ACCOUNT, ...accounts(), account])],
      path: new URL(c.req.url).pathname,
      open: (await control.listed(account, 'open')).map(({ view, exact }) => ({ ...view, handle: handleOf(exact) })),
    };
    const look = { scripts: [PHONE_SCRIPT], style: PHONE_STYLE };
    const path = `${view.path}?${new URLSearchParams({ account, lang })}`;
    const canOpen = (host: string) => reach.adminToken !== undefined || reach.allowedHosts.includes(host);
    const body = html`${phoneBody(view)}${await elsewhere(c, reach, { path, canOpen })}`;
    return page(c, { title: PHONE_TITLE[lang], body, ...look, status });
  }
  return app;
}

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

/** What a button says it ends: one verification, and nothing of it that must not be shown. */
const handleOf = (exact: string): string => createHash('sha256').update(exact).digest('hex').slice(0, 32);

const reasonOf = (end: End, reason: unknown): string | undefined =>
  end === 'fail' && typeof reason === 'string' && reason !== '' ? reason : undefined;
