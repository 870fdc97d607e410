/** What the page behind CloudauthPageUrl and VerifyPageUrl shows, screen by screen. */
import { html } from 'hono/html';
import { cameraField } from '../ui/camera.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import { testerPanel } from '../ui/tester-panel.js';
import type { Redirect, Screen, Walk } from './walk.js';

/** Which material a screen collects, under its name in SubmitMaterials. */
export const PICTURES: Partial<Record<Screen, string>> = {
  FACE_LIVENESS: 'FacePic',
  ID_PHOTO_FRONT: 'IdCardFrontPic',
  ID_PHOTO_BACK: 'IdCardBackPic',
};

interface Words {
  readonly title: Text;
  readonly intro: Text;
  readonly next: Text;
}

const NEXT: Text = { zh: '下一步', en: 'Continue' };
export const WORDS: Readonly<Record<Screen, Words>> = {
  GUIDE: {
    title: { zh: '实人认证', en: 'Identity verification' },
    intro: { zh: '请本人完成以下步骤，大约需要一分钟。', en: 'Do this yourself; it takes about a minute.' },
    next: { zh: '开始认证', en: 'Start' },
  },
  PRIVACY: {
    title: { zh: '隐私授权', en: 'Consent' },
    intro: {
      zh: '为核验您的身份，需要拍摄并比对您的照片。此处是模拟环境：照片只保存在运行模拟器的机器上。',
      en: 'To verify who you are, pictures of you are taken and compared. This is an emulator: they stay on the machine it runs on.',
    },
    next: { zh: '同意并继续', en: 'Agree and continue' },
  },
  FACE_LIVENESS: {
    title: { zh: '人脸识别', en: 'Your face' },
    intro: {
      zh: '请正对屏幕，将脸置于圆圈内，保持光线充足。',
      en: 'Face the screen, your face in the circle, in good light.',
    },
    next: NEXT,
  },
  ID_PHOTO_FRONT: {
    title: { zh: '身份证人像面', en: 'ID card, portrait side' },
    intro: {
      zh: '请将身份证人像面置于框内。请勿使用真实证件。',
      en: 'Put the portrait side in the frame. Do not use a real card.',
    },
    next: NEXT,
  },
  ID_PHOTO_BACK: {
    title: { zh: '身份证国徽面', en: 'ID card, emblem side' },
    intro: {
      zh: '请将身份证国徽面置于框内。请勿使用真实证件。',
      en: 'Put the emblem side in the frame. Do not use a real card.',
    },
    next: NEXT,
  },
};
const TEXTS = {
  agree: { zh: '我已阅读并同意', en: 'I have read this and agree' },
  quit: { zh: '退出认证', en: 'Leave' },
  refused: { zh: '不会跳转：', en: 'will not be followed:' },
} satisfies Record<string, Text>;

/** @param message what was wrong with what was just sent */
export function screenBody(walk: Walk, screen: Screen, message?: Text): Html {
  const { lang, screens } = walk;
  const words = WORDS[screen];
  const picture = PICTURES[screen];
  return html`<section class="card">
<ol class="steps">${screens.map((each, index) => progress(each, index, screens.indexOf(screen), lang))}</ol>
<h1>${words.title[lang]}</h1>
<p class="soft">${words.intro[lang]}</p>
${refusals(walk)}
${message && html`<p class="notice bad" role="alert">${message[lang]}</p>`}
<form method="post" action="${walk.at(screen)}"${picture ? html` enctype="multipart/form-data"` : ''}>
${screen === 'GUIDE' ? guide(walk) : ''}
${screen === 'PRIVACY' ? html`<label class="tick"><input type="checkbox" name="agree" value="yes" required><span>${TEXTS.agree[lang]}</span></label>` : ''}
${picture ? cameraField({ name: picture, lang, shape: picture === 'FacePic' ? 'face' : 'id-card', label: words.title[lang] }) : ''}
<button type="submit">${words.next[lang]}</button>
</form>
<form method="post" action="${walk.at(screen)}">
<button type="submit" class="quiet" name="end" value="quit">${TEXTS.quit[lang]}</button></form>
</section>
${walkPanel(walk)}`;
}

const progress = (each: Screen, index: number, at: number, lang: Lang): Html =>
  html`<li${index === at ? html` aria-current="step"` : ''}${index < at ? html` class="done"` : ''}><span>${WORDS[each].title[lang]}</span></li>`;

const guide = ({ screens, lang }: Walk): Html =>
  html`<ol class="plain">${screens.filter((screen) => screen !== 'GUIDE').map((screen) => html`<li>${WORDS[screen].title[lang]}</li>`)}</ol>`;

/** Said on every screen: a tester who sees it only at the end has walked for nothing. */
export function refusals({ lang, success, fail }: Walk): Html[] {
  const line = (redirect: Redirect | undefined) =>
    redirect?.kind === 'refused' &&
    html`<p class="notice" role="alert"><code>${redirect.name}</code> ${TEXTS.refused[lang]}${lang === 'zh' ? '' : ' '}${redirect.why[lang]}</p>`;
  return [line(success), line(fail)].filter((found) => found !== false);
}

/** @returns the panel of a walk */
export const walkPanel = (walk: Walk): Html =>
  testerPanel(walk.at(walk.screens[0] ?? 'GUIDE'), walk.flow.choices, walk.lang);
