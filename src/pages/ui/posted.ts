/** What a page in a frame posts to the page around it (`src/pages/browser/post.ts`), for people to read as well. */
import { html } from 'hono/html';
import type { Lang, Text } from './language.js';
import type { Html } from './layout.js';

const TEXTS = {
  posted: { zh: '已发送给嵌入此页的页面', en: 'Posted to the page that embeds this one' },
  wouldBe: {
    zh: '未启用 JavaScript，没有发送；本应发送：',
    en: 'JavaScript is off: nothing was posted. It would have been:',
  },
  alone: { zh: '此页没有被嵌入，消息没有收件人', en: 'No page embeds this one: the message has no recipient' },
} satisfies Record<string, Text>;

export const POSTED_STYLE = `.message{margin-top:18px;font-size:.8125rem;color:var(--soft)}
.message code{display:block;margin-top:6px;padding:10px 12px;border-radius:10px;background:var(--inset);color:var(--ink);text-align:left}`;

/** @param message as it is posted */
export const postedBox = (message: string, lang: Lang): Html =>
  html`<div class="message" data-message="${message}" data-posted="${TEXTS.posted[lang]}" data-alone="${TEXTS.alone[lang]}">
<span role="status">${TEXTS.wouldBe[lang]}</span><code>${message}</code></div>`;
