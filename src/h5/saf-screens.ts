/** What the page of a SAF session shows: the camera and the tester's panel, then how it ended. */
import { html } from 'hono/html';
import { cameraField } from './camera.js';
import type { Lang, Text } from './language.js';
import type { Html } from './layout.js';
import { safEndings } from './saf-endings.js';

const TEXTS = {
  title: { zh: '刷脸认证', en: 'Face verification' },
  intro: { zh: '请正对摄像头，保持光线充足。', en: 'Face the camera in good light.' },
  submit: { zh: '开始比对', en: 'Compare' },
  face: { zh: '摄像头中的人脸', en: 'The face in front of the camera' },
  tester: { zh: '测试者：直接决定结果', en: 'Tester: decide how it ends' },
  failed: { zh: '不通过：', en: 'Fail ' },
  hint: { zh: '或在地址后附加', en: 'or append to the address' },
  posted: { zh: '已发送给嵌入此页的页面', en: 'Posted to the page that embeds this one' },
  wouldBe: {
    zh: '未启用 JavaScript，没有发送；本应发送：',
    en: 'JavaScript is off: nothing was posted. It would have been:',
  },
  alone: { zh: '此页没有被嵌入，消息没有收件人', en: 'No page embeds this one: the message has no recipient' },
} satisfies Record<string, Text>;

/** The vendor's frame is 640 × 480: lens and words beside each other there. */
export const SAF_STYLE = `.message{margin-top:18px;font-size:.8125rem;color:var(--soft)}
.message code{display:block;margin-top:6px;padding:10px 12px;border-radius:10px;background:#f1f4f8;color:var(--ink);text-align:left}
@media (min-width:560px) and (max-height:560px){main,.top{max-width:620px}main{padding-top:0}.top{padding-top:8px;padding-bottom:8px}.card{padding:16px 20px}.face .lens{width:190px;margin:4px auto 10px}.mark{width:64px;height:64px;font-size:1.875rem;margin-bottom:10px}}`;

export const SAF_TITLE = TEXTS.title;

export function captureBody(address: string, visit: string, lang: Lang, message?: Text): Html {
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  return html`<section class="card"><h1>${t('title')}</h1><p class="soft">${t('intro')}</p>
${message ? html`<p class="notice bad" role="alert">${message[lang]}</p>` : ''}
<form method="post" action="${address}" enctype="multipart/form-data"><input type="hidden" name="visit" value="${visit}">
${cameraField({ name: 'frame', lang, shape: 'face', label: t('face') })}
<button type="submit">${t('submit')}</button></form></section>
<details class="tester"><summary>${t('tester')}</summary>
<form method="post" action="${address}"><input type="hidden" name="visit" value="${visit}">
<div class="choices">${[...safEndings].map(
    ([word, { outcome, text }]) =>
      html`<button type="submit" name="end" value="${word}">${outcome.kind === 'fail' ? t('failed') : ''}${text[lang]}</button>`,
  )}</div></form>
<p class="soft">${t('hint')} <code>&amp;auto=${[...safEndings.keys()].join('|')}</code></p></details>`;
}

/** @param retMessageSub Chinese, as the vendor's. @param message the JSON string as it is posted */
export function endBody(heading: string, message: string, lang: Lang): Html {
  const { retCode, retMessageSub } = JSON.parse(message) as { retCode: number; retMessageSub: string };
  const good = retCode === 1000;
  return html`<section class="card center"><div class="mark ${good ? 'good' : 'bad'}" aria-hidden="true">${good ? '✓' : '✕'}</div>
<h1>${heading}</h1><p lang="zh-CN">${retMessageSub}</p>
<div class="message" data-message="${message}" data-posted="${TEXTS.posted[lang]}" data-alone="${TEXTS.alone[lang]}">
<span role="status">${TEXTS.wouldBe[lang]}</span><code>${message}</code></div></section>`;
}

/** The merchant's origin is not known here, as it is not to the vendor; the message says nothing of the person. */
export const POST_SCRIPT = `const box = document.querySelector('[data-message]');
const embedded = parent !== window;
if (embedded) parent.postMessage(box.dataset.message, '*');
box.querySelector('span').textContent = embedded ? box.dataset.posted : box.dataset.alone;`;
