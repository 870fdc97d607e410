/** What the merchant of the example shows: the page “Web端接入”, written out. */
import { html, raw } from 'hono/html';
import { SYNTHETIC_PERSON } from '../../verification/person.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';

export const MERCHANT_TITLE: Text = { zh: '示例商户：Web 实人认证', en: 'Demo merchant: web verification' };

const TEXTS = {
  intro: {
    zh: '此页扮演商户前端：调用 initH5，嵌入认证页面，收到消息后调用 queryH5。下列号码为测试身份。',
    en: 'This page plays a merchant’s front end: it calls initH5, embeds the verification page, and asks queryH5 after its message. The identity is a test identity.',
  },
  name: { zh: '姓名（name）', en: 'Name' },
  number: { zh: '身份证号（certNumber）', en: 'ID number (certNumber)' },
  start: { zh: '发起认证', en: 'Start the verification' },
  again: { zh: '重新发起', en: 'Start again' },
  frame: { zh: '认证页面', en: 'Verification page' },
  steps: { zh: '调用过程', en: 'What happened' },
  picture: { zh: 'queryH5 返回的照片', en: 'The picture queryH5 returned' },
  passed: { zh: '认证通过', en: 'Verified' },
  failed: { zh: '认证未通过', en: 'Not verified' },
  unfinished: { zh: '认证未完成', en: 'Not finished' },
  broken: { zh: '没有得到回答', en: 'There was no answer' },
  noScript: {
    zh: '此示例需要 JavaScript：商户页面通过 postMessage 接收结果。',
    en: 'This demo needs JavaScript: a merchant page learns the result by postMessage.',
  },
} satisfies Record<string, Text>;

export const MERCHANT_STYLE = `main{max-width:720px}.top{max-width:720px}
.field{display:block;margin-bottom:14px;font-size:.875rem;color:var(--soft)}
.field input{display:block;width:100%;min-height:46px;margin-top:4px;padding:8px 12px;border:1px solid var(--edge);border-radius:12px;background:var(--field);color:var(--ink);font:inherit;font-size:1rem}
.pair{display:grid;gap:0 14px}
iframe{display:block;width:100%;max-width:640px;height:570px;margin:0 auto;border:0;border-radius:12px;background:var(--ground)}
.log{list-style:none;margin:0;padding:0}
.log li{padding:10px 0;border-top:1px solid var(--line)}
.log li:first-child{border:0}
.log code{display:block;margin-top:4px;white-space:pre-wrap}
.result{display:flex;flex-wrap:wrap;gap:16px;align-items:center;margin-bottom:14px}
.result h2{flex:1 1 12rem;margin:0}
.result img{width:112px;height:112px;object-fit:cover;border-radius:14px;background:var(--ground)}
.result .mark{margin:0;flex:none}
@media (min-width:560px){.pair{grid-template-columns:1fr 1.6fr}}
@media (min-width:700px){iframe{height:auto;aspect-ratio:4/3}}`;

export function merchantBody(lang: Lang): Html {
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  // a name that asks for nothing: one that did would outrank every number that is typed
  const { Name: name, IdentificationNumber: number } = SYNTHETIC_PERSON;
  return html`<section class="card"><h1>${MERCHANT_TITLE[lang]}</h1><p class="soft">${t('intro')}</p>
<noscript><p class="notice">${t('noScript')}</p></noscript>
<form data-merchant data-lang="${lang}" data-again="${t('again')}"
 data-passed="${t('passed')}" data-failed="${t('failed')}" data-unfinished="${t('unfinished')}" data-broken="${t('broken')}">
<div class="pair"><label class="field">${t('name')}<input name="name" value="${name}" required autocomplete="off"></label>
<label class="field">${t('number')}<input name="certNumber" value="${number}" required autocomplete="off" spellcheck="false"></label></div>
<button type="submit" disabled>${t('start')}</button></form></section>
<section class="card" data-stage hidden aria-label="${t('frame')}"></section>
<section class="card" data-outcome hidden><div role="status"><div class="result" hidden><div class="mark" aria-hidden="true"></div><img alt="${t('picture')}" hidden><h2></h2></div></div>
<h2>${t('steps')}</h2><ol class="log"></ol></section>
${raw('<script src="/gjj/getmetainfo.js"></script>')}`;
}
