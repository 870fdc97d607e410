/**
 * A picture taken in the page: by the camera (`src/pages/browser/camera.ts`), and without script, secure context or camera
 * from a plain file field.
 */
import { html } from 'hono/html';
import type { Lang, Text } from './language.js';
import type { Html } from './layout.js';

const TEXTS = {
  shoot: { zh: '拍照', en: 'Take the picture' },
  again: { zh: '重拍', en: 'Take it again' },
  file: { zh: '选择或拍摄一张照片', en: 'Choose or take a photo' },
  noScript: { zh: '未启用 JavaScript，请选择照片文件。', en: 'JavaScript is off: choose a photo instead.' },
  insecure: {
    zh: '此地址不是安全上下文（HTTPS 或 localhost），浏览器不提供摄像头，请选择照片文件。',
    en: 'This address is not a secure context (HTTPS or localhost), so the browser offers no camera. Choose a photo instead.',
  },
  denied: {
    zh: '摄像头未获授权，请选择照片文件。',
    en: 'The camera was not allowed. Choose a photo instead.',
  },
  missing: { zh: '没有可用的摄像头，请选择照片文件。', en: 'No camera is available. Choose a photo instead.' },
  dark: { zh: '摄像头没有画面，请选择照片文件。', en: 'The camera shows no picture. Choose a photo instead.' },
  broken: {
    zh: '此浏览器无法在页面中处理照片，请选择照片文件，将原样提交。',
    en: 'This browser cannot prepare pictures here. Choose a photo: it is sent as it is.',
  },
  framed: {
    zh: '嵌入此页的 iframe 没有 allow="camera"，请选择照片文件。',
    en: 'The iframe around this page has no allow="camera". Choose a photo instead.',
  },
  unreadable: { zh: '这不是浏览器能显示的图片。', en: 'This is no picture the browser can show.' },
  starting: { zh: '正在打开摄像头…', en: 'Starting the camera…' },
  ready: { zh: '摄像头已就绪', en: 'The camera is ready' },
  taken: { zh: '照片已拍摄', en: 'The picture is taken' },
  chosen: { zh: '照片已选择', en: 'The photo is chosen' },
} satisfies Record<string, Text>;

export interface Camera {
  /** The form gets it as base64 JPEG under this name, or as a file under `<name>File`. */
  readonly name: string;
  readonly lang: Lang;
  readonly shape: 'face' | 'id-card';
  /** What the picture shows, for those who cannot see it. */
  readonly label: string;
}

/** For a form with `enctype="multipart/form-data"`; its page carries the script of the camera. */
export function cameraField({ name, lang, shape, label }: Camera): Html {
  const facing = shape === 'face' ? 'user' : 'environment';
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  return html`<div class="camera ${shape}" data-camera="${facing}" data-insecure="${t('insecure')}"
 data-denied="${t('denied')}" data-missing="${t('missing')}" data-starting="${t('starting')}" data-ready="${t('ready')}"
 data-taken="${t('taken')}" data-chosen="${t('chosen')}" data-framed="${t('framed')}"
 data-unreadable="${t('unreadable')}" data-dark="${t('dark')}" data-broken="${t('broken')}">
<div class="lens"><video autoplay playsinline muted hidden aria-label="${label}"></video><img alt="${label}" hidden></div>
<p class="hint" role="status"></p><noscript><p class="hint">${t('noScript')}</p></noscript>
<input type="hidden" name="${name}">
<button type="button" data-shoot hidden>${t('shoot')}</button>
<button type="button" class="second" data-again hidden>${t('again')}</button>
<label class="file">${t('file')}<input type="file" name="${name}File" accept="image/*" capture="${facing}"></label>
</div>`;
}
