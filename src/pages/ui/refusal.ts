/** Why somebody may not use a page: to a browser it is said as a page with the ways in, to a program as before. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Cause, Refusal } from '../../control/guard.js';
import { translator } from '../../platform/translate.js';
import type { PagesEnv } from '../deps.js';
import { type Lang, langOf, type Text } from './language.js';
import { type Html, page } from './layout.js';

const TEXTS = {
  title: { zh: '不能从这里打开', en: 'This cannot be opened from here' },
  ways: { zh: '怎样打开', en: 'How to be let in' },
  unaffected: { zh: 'SDK 的调用不受影响。', en: 'Calls of SDKs are not affected.' },
  again: { zh: '再试一次', en: 'Try again' },
  here: { zh: '在本机用此地址打开：', en: 'On this machine, open' },
  restart: { zh: '或以此选项重新启动模拟器，再刷新本页：', en: 'Or start the emulator with this option, and reload:' },
  password: {
    zh: '浏览器询问时，用户名任意，密码填 --admin-token 的值，或你的账号的口令。',
    en: 'When the browser asks: any user name, and as the password the value of --admin-token, or the token of your account.',
  },
  token: {
    zh: '以口令启动模拟器，再刷新本页；浏览器会询问口令（用户名任意）：',
    en: 'Start the emulator with a token, and reload: the browser then asks for it as a password, with any user name.',
  },
  itself: {
    zh: '其他网站的页面不能使用控制面；请直接打开此地址：',
    en: 'A page of another site cannot use the control side. Open the address itself:',
  },
  own: { zh: '你的账号的控制台', en: 'The console of your account' },
} satisfies Record<string, Text>;

const STYLE = 'ol.plain code{display:block;padding:8px 12px;border-radius:10px;background:var(--inset)}';

export const isForPeople = (c: Context): boolean => /\btext\/html\b/.test(c.req.header('accept') ?? '');

/**
 * @param json for programs, which are answered in English unless they ask for Chinese
 * @param home where the emulator is found on its own machine
 */
export async function refusalPage(c: Context, refusal: Refusal, json: (why: string) => object, home?: string) {
  const { status, cause, why, headers } = refusal;
  const people = isForPeople(c);
  const lang = people ? langOf(c.req.raw) : c.req.query('lang') === 'zh' ? 'zh' : 'en';
  const said = (await translator(lang))(why);
  if (!people) return c.json(json(said), status, headers);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  const { pathname, search } = new URL(c.req.url);
  const host = (c.env as PagesEnv['Bindings'] | undefined)?.incoming?.rawHost ?? '';
  const ways = WAYS[cause]({ lang, host, again: search || '?', there: home && `${home}${pathname}${search}` });
  const title = TEXTS.title[lang];
  const body = html`<section class="card"><div class="mark" aria-hidden="true">!</div><h1 class="center">${title}</h1>
<p class="soft">${said}</p><h2>${TEXTS.ways[lang]}</h2><ol class="plain">${ways.map((way) => html`<li>${way}</li>`)}</ol>
<p class="soft">${TEXTS.unaffected[lang]}</p></section>`;
  return page(c, { title, body, status, style: STYLE });
}

interface Place {
  readonly lang: Lang;
  /** As the caller called it, with its port. */
  readonly host: string;
  /** What was asked for: relative, host and folder are a proxy's business. */
  readonly again: string;
  /** The same where the machine itself finds it. */
  readonly there?: string;
}

const WAYS: Readonly<Record<Cause, (place: Place) => readonly Html[]>> = {
  token: ({ lang, again }) => [html`${TEXTS.password[lang]}`, html`<a href="${again}">${TEXTS.again[lang]}</a>`],
  closed: ({ lang, again }) => [
    html`${TEXTS.token[lang]}<code>cloudauth-mock --host 0.0.0.0 --admin-token TOKEN</code>`,
    html`<a href="${again}">${TEXTS.again[lang]}</a>`,
  ],
  host: ({ lang, host, there }) => [
    ...(there === undefined ? [] : [html`${TEXTS.here[lang]} <a href="${there}">${there}</a>`]),
    html`${TEXTS.restart[lang]}<code>cloudauth-mock --allowed-host ${host.replace(/:\d+$/, '')}</code>`,
  ],
  origin: ({ lang, again }) => [
    html`${TEXTS.itself[lang]} <a href="${again}" target="_blank" rel="noopener">${TEXTS.again[lang]}</a>`,
  ],
  account: ({ lang }) => [html`<a href="/_mock/console?lang=${lang}">${TEXTS.own[lang]}</a>`],
};
