/** How a tester ends a verification from its page: the same on all of them, plainly marked as no part of the product. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Lang, langOf, type Text } from './language.js';
import { type Html, noticeBody, type Page, page } from './layout.js';

const TEXTS = {
  title: { zh: '模拟控制', en: 'Simulator controls' },
  hint: {
    zh: '仅供测试：立即以所选结果结束本次认证。自动化测试可在地址后加',
    en: 'For testers: end this verification now. Automated tests append',
  },
  unknown: { zh: '的值无效，可用的值：', en: 'has no such value. Use one of:' },
} satisfies Record<string, Text>;

/** @param choices by the word that `end` and `auto` take. @param action where its form goes */
export const testerPanel = (
  action: string,
  choices: Iterable<readonly [word: string, text: Text]>,
  lang: Lang,
): Html => {
  const all = [...choices];
  return html`<details class="tester"><summary>${TEXTS.title[lang]}</summary>
<form method="post" action="${action}">
<div class="choices">${all.map(
    ([word, text]) => html`<button type="submit" name="end" value="${word}">${text[lang]}</button>`,
  )}</div></form>
<p class="soft">${TEXTS.hint[lang]} <code>&amp;auto=${all.map(([word]) => word).join('|')}</code></p></details>`;
};

/** @param name of what had the word: `auto` or `end` */
export function unknownWord(
  c: Context,
  name: string,
  choices: Iterable<readonly [word: string, text: Text]>,
  look: Partial<Page> = {},
) {
  const lang = langOf(c.req.raw);
  const title = `${name} ${TEXTS.unknown[lang]}`;
  return page(c, {
    ...look,
    title,
    body: noticeBody(title, [...[...choices].map(([word]) => word), 'fail'].join(', ')),
    status: 400,
  });
}
