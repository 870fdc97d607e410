/** What the page at CertifyUrl shows: camera and tester's panel, then how it ended and the way back. */
import { html } from 'hono/html';
import { faceEndings } from '../../products/cloudauth/financial-grade.js';
import type { Target } from '../cloudauth/redirect.js';
import { choicesOf } from '../ui/endings.js';
import { faceForm } from '../ui/face.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import type { State } from './response.js';

const TEXTS = {
  title: { zh: '刷脸认证', en: 'Face verification' },
  intro: { zh: '请正对摄像头，保持光线充足。', en: 'Face the camera in good light.' },
  submit: { zh: '开始认证', en: 'Verify' },
  face: { zh: '摄像头中的人脸', en: 'The face in front of the camera' },
  quit: { zh: '退出认证', en: 'Leave' },
  back: { zh: '返回商户页面', en: 'Back to the merchant' },
  wouldGo: { zh: '未跳转到 ReturnUrl：', en: 'ReturnUrl is not followed:' },
} satisfies Record<string, Text>;

/** `unknown`: nobody has that CertifyId. */
export const HEADINGS = {
  passed: { zh: '认证通过', en: 'Verified' },
  failed: { zh: '认证未通过', en: 'Not verified' },
  quit: { zh: '已退出', en: 'You left' },
  expired: { zh: '链接已过期', en: 'The link has expired' },
  unknown: { zh: '链接无效', en: 'There is no such CertifyId' },
} satisfies Record<State | 'unknown', Text>;

export const CERTIFY_TITLE = TEXTS.title;

/** What `auto` and `end` take: a SubCode, and the other endings. */
export const choices = choicesOf(
  faceEndings,
  {
    pass: { zh: '通过', en: 'Pass' },
    quit: { zh: '用户退出', en: 'Quit' },
    expire: { zh: '过期', en: 'Expire' },
  },
  ({ reason, text }) => ({ zh: `不通过：${reason} ${text.zh}`, en: `Fail ${reason}: ${text.en}` }),
);

export const captureBody = (address: string, lang: Lang, message?: Text): Html =>
  faceForm(TEXTS, address, choices, lang, message);

export function endBody(state: State | 'unknown', target: Target | undefined, lang: Lang): Html {
  const [look, sign] = state === 'passed' ? ['good', '✓'] : ['bad', '✕'];
  return html`<section class="card center"><div class="mark ${look}" aria-hidden="true">${sign}</div>
<h1>${HEADINGS[state][lang]}</h1>
${target?.kind === 'web' ? html`<a class="button" href="${target.url}">${TEXTS.back[lang]}</a>` : ''}
${target?.kind === 'refused' ? html`<p class="notice">${TEXTS.wouldGo[lang]} ${target.why[lang]}</p>` : ''}
${target?.kind === 'mini-program' ? html`<p class="notice">${TEXTS.wouldGo[lang]} <code>${target.path}</code></p>` : ''}</section>`;
}
