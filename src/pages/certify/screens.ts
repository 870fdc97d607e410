/** What the page at CertifyUrl shows: guide with consent, camera, how it ended and the way back; and the tester's panel. */
import { html } from 'hono/html';
import { faceEndings } from '../../products/cloudauth/financial-grade.js';
import type { Target } from '../cloudauth/redirect.js';
import { choicesOf } from '../ui/endings.js';
import { faceForm, quitForm } from '../ui/face.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import { postedBox } from '../ui/posted.js';
import { testerPanel } from '../ui/tester-panel.js';
import { GIVEN_UP, type State } from './response.js';

const TEXTS = {
  title: { zh: '刷脸认证', en: 'Face verification' },
  intro: { zh: '请正对摄像头，保持光线充足。', en: 'Face the camera in good light.' },
  submit: { zh: '提交认证', en: 'Verify' },
  face: { zh: '摄像头中的人脸', en: 'The face in front of the camera' },
  quit: { zh: '退出认证', en: 'Leave' },
  guide: {
    zh: '请本人完成：为核验您的身份，将拍摄一张您的面部照片。此处是模拟环境，照片只保存在运行模拟器的机器上。',
    en: 'Do this yourself: to verify who you are, a picture of your face is taken. This is an emulator: it stays on the machine it runs on.',
  },
  agree: { zh: '我已阅读并同意', en: 'I have read this and agree' },
  start: { zh: '开始认证', en: 'Start' },
  elsewhere: {
    zh: '当前浏览器无法采集人脸，请在其他浏览器中打开：',
    en: 'This browser cannot take the picture. Open the page in another:',
  },
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

/** What `auto` and `end` take: a SubCode, the other endings, and why a page gives up. */
export const choices: readonly [word: string, text: Text][] = [
  ...choicesOf(
    faceEndings,
    {
      pass: { zh: '通过', en: 'Pass' },
      quit: { zh: '用户退出', en: 'Quit' },
      expire: { zh: '过期', en: 'Expire' },
    },
    ({ reason, text }) => ({ zh: `不通过：${reason} ${text.zh}`, en: `Fail ${reason}: ${text.en}` }),
  ),
  ...Object.entries(GIVEN_UP).map(([word, text]): [string, Text] => [
    word,
    { zh: `退出：${word} ${text.zh}`, en: `Quit ${word}: ${text.en}` },
  ]),
];

/** @param hidden what the address of the next screen carries. @param address where this one posts */
export const guideBody = (path: string, hidden: Readonly<Record<string, string>>, lang: Lang, address: string): Html =>
  html`<section class="card"><h1>${TEXTS.title[lang]}</h1><p class="soft">${TEXTS.guide[lang]}</p>
<form method="get" action="${path}">${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}
<label class="tick"><input type="checkbox" name="agree" value="yes" required><span>${TEXTS.agree[lang]}</span></label>
<button type="submit">${TEXTS.start[lang]}</button></form>
${quitForm(TEXTS.quit[lang], address)}</section>
${testerPanel(address, choices, lang)}`;

/** @param keep ProcedurePriority: where the browser can take no picture, the page gives up at once instead of saying so */
export const captureBody = (address: string, keep: boolean, lang: Lang, message?: Text): Html =>
  faceForm(TEXTS, address, choices, lang, message, keep ? GIVES_UP : elsewhere(lang));

/** Pressed by the camera's script, as is shown what follows. */
const GIVES_UP = html`<button type="submit" name="end" value="Z5057" data-keep hidden></button>`;

const elsewhere = (lang: Lang): Html =>
  html`<p class="notice" data-elsewhere hidden>${TEXTS.elsewhere[lang]} <code></code></p>`;

/** @param message what was posted to the page around it, where there is to be one */
export function endBody(
  state: State | 'unknown',
  target: Target | undefined,
  message: string | undefined,
  lang: Lang,
): Html {
  const [look, sign] = state === 'passed' ? ['good', '✓'] : ['bad', '✕'];
  return html`<section class="card center"><div class="mark ${look}" aria-hidden="true">${sign}</div>
<h1>${HEADINGS[state][lang]}</h1>
${message === undefined ? '' : postedBox(message, lang)}
${target?.kind === 'web' ? html`<a class="button" href="${target.url}">${TEXTS.back[lang]}</a>` : ''}
${target?.kind === 'refused' ? html`<p class="notice">${TEXTS.wouldGo[lang]} ${target.why[lang]}</p>` : ''}
${target?.kind === 'mini-program' ? html`<p class="notice">${TEXTS.wouldGo[lang]} <code>${target.path}</code></p>` : ''}</section>`;
}
