/** What the page of a SAF session shows: the camera and the tester's panel, then how it ended. */
import { html } from 'hono/html';
import { faceForm } from '../ui/face.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import { choices } from './endings.js';

const TEXTS = {
  title: { zh: '刷脸认证', en: 'Face verification' },
  intro: { zh: '请正对摄像头，保持光线充足。', en: 'Face the camera in good light.' },
  submit: { zh: '开始比对', en: 'Verify' },
  face: { zh: '摄像头中的人脸', en: 'The face in front of the camera' },
  quit: { zh: '退出认证', en: 'Leave' },
  posted: { zh: '已发送给嵌入此页的页面', en: 'Posted to the page that embeds this one' },
  wouldBe: {
    zh: '未启用 JavaScript，没有发送；本应发送：',
    en: 'JavaScript is off: nothing was posted. It would have been:',
  },
  alone: { zh: '此页没有被嵌入，消息没有收件人', en: 'No page embeds this one: the message has no recipient' },
} satisfies Record<string, Text>;

export const SAF_STYLE = `.message{margin-top:18px;font-size:.8125rem;color:var(--soft)}
.message code{display:block;margin-top:6px;padding:10px 12px;border-radius:10px;background:#f1f4f8;color:var(--ink);text-align:left}`;

export const SAF_TITLE = TEXTS.title;

export const captureBody = (address: string, lang: Lang, message?: Text): Html =>
  faceForm(TEXTS, address, choices, lang, message);

/** @param retMessageSub Chinese, as the vendor's. @param message the JSON string as it is posted */
export function endBody(heading: string, message: string, lang: Lang): Html {
  const { retCode, retMessageSub } = JSON.parse(message) as { retCode: number; retMessageSub: string };
  const good = retCode === 1000;
  return html`<section class="card center"><div class="mark ${good ? 'good' : 'bad'}" aria-hidden="true">${good ? '✓' : '✕'}</div>
<h1>${heading}</h1><p lang="zh-CN">${retMessageSub}</p>
<div class="message" data-message="${message}" data-posted="${TEXTS.posted[lang]}" data-alone="${TEXTS.alone[lang]}">
<span role="status">${TEXTS.wouldBe[lang]}</span><code>${message}</code></div></section>`;
}
