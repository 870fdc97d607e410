/** What the page of a SAF session shows: the camera and the tester's panel, then how it ended. */
import { html } from 'hono/html';
import { faceForm } from '../ui/face.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import { postedBox } from '../ui/posted.js';
import { choices } from './endings.js';

const TEXTS = {
  title: { zh: '刷脸认证', en: 'Face verification' },
  intro: { zh: '请正对摄像头，保持光线充足。', en: 'Face the camera in good light.' },
  submit: { zh: '开始比对', en: 'Verify' },
  face: { zh: '摄像头中的人脸', en: 'The face in front of the camera' },
  quit: { zh: '退出认证', en: 'Leave' },
} satisfies Record<string, Text>;

export const SAF_TITLE = TEXTS.title;

export const captureBody = (address: string, lang: Lang, message?: Text): Html =>
  faceForm(TEXTS, address, choices, lang, message);

/** @param retMessageSub Chinese, as the vendor's. @param message the JSON string as it is posted */
export function endBody(heading: string, message: string, lang: Lang): Html {
  const { retCode, retMessageSub } = JSON.parse(message) as { retCode: number; retMessageSub: string };
  const good = retCode === 1000;
  return html`<section class="card center"><div class="mark ${good ? 'good' : 'bad'}" aria-hidden="true">${good ? '✓' : '✕'}</div>
<h1>${heading}</h1><p lang="zh-CN">${retMessageSub}</p>
${postedBox(message, lang)}</section>`;
}
