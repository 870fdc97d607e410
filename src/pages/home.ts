/** What a browser is shown where SDKs call: what this is, and where a person can go. */
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { pageRefusal } from '../control/guard.js';
import { translator } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import type { PagesDeps, PagesEnv } from './deps.js';
import { langOf, type Text } from './ui/language.js';
import { page } from './ui/layout.js';

const TEXTS = {
  title: { zh: '实人认证模拟器', en: 'Identity verification emulator' },
  intro: {
    zh: 'SDK 在此地址调用 Cloudauth、SAF 和 OSS。',
    en: 'SDKs call Cloudauth, SAF and OSS at this address.',
  },
  browse: { zh: '浏览器可以打开：', en: 'For a browser there are:' },
  closed: { zh: '浏览器在此没有可打开的页面：', en: 'For a browser there is nothing here: ' },
  console: { zh: '控制台：调用、认证、制造失败', en: 'Console: calls, verifications, failures to order' },
  phone: { zh: '模拟手机：代替用户操作', en: 'Simulated phone: act as the user' },
  demo: { zh: '示例商户：Web 实人认证', en: 'Demo merchant: web verification' },
  requests: { zh: '调用记录（JSON）', en: 'Calls so far (JSON)' },
  operations: { zh: '支持的接口（JSON）', en: 'Operations there are (JSON)' },
} satisfies Record<string, Text>;

const LINKS = [
  ['console', '_mock/console'],
  ['phone', '_mock/phone'],
  ['demo', 'demo/saf.html'],
] as const;
/** A browser cannot be told to send the Bearer they ask for. */
const LINKS_WITHOUT_TOKEN = [
  ['requests', '_mock/requests'],
  ['operations', '_mock/operations'],
] as const;

export function homePage({ options }: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  app.get('/', async (c) => {
    const lang = langOf(c.req.raw);
    const incoming = c.env?.incoming;
    const refused = incoming && pageRefusal(incoming.headers, incoming.rawHost ?? '', options);
    const closed = refused?.status === 403 ? (await translator(lang))(refused.why) : undefined;
    const links = [...LINKS, ...(options.adminToken === undefined ? LINKS_WITHOUT_TOKEN : [])];
    const body = html`<section class="card"><h1>${TEXTS.title[lang]}</h1>
<p class="soft">cloudauth-mock ${VERSION}</p><p>${TEXTS.intro[lang]}</p>
${
  closed === undefined
    ? html`<p>${TEXTS.browse[lang]}</p>
<ul class="plain">${links.map(([name, path]) => html`<li><a href="${path}?lang=${lang}">${TEXTS[name][lang]}</a></li>`)}</ul>`
    : html`<p class="soft">${TEXTS.closed[lang]}${closed}</p>`
}</section>`;
    return page(c, { title: TEXTS.title[lang], body });
  });
  return app;
}
