/**
 * A picture taken in the page. The script shows the camera, draws a frame of at most 640 px as JPEG and puts it as
 * base64 into a hidden field of the form; without script, secure context or camera there is a plain file field.
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

/** For a form with `enctype="multipart/form-data"`; its page carries {@link CAMERA_SCRIPT}. */
export function cameraField({ name, lang, shape, label }: Camera): Html {
  const facing = shape === 'face' ? 'user' : 'environment';
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  return html`<div class="camera ${shape}" data-camera="${facing}" data-insecure="${t('insecure')}"
 data-denied="${t('denied')}" data-missing="${t('missing')}" data-starting="${t('starting')}" data-ready="${t('ready')}"
 data-taken="${t('taken')}" data-chosen="${t('chosen')}" data-framed="${t('framed')}"
 data-unreadable="${t('unreadable')}">
<div class="lens"><video playsinline muted hidden aria-label="${label}"></video><img alt="${label}" hidden></div>
<p class="hint" role="status"></p><noscript><p class="hint">${t('noScript')}</p></noscript>
<input type="hidden" name="${name}">
<button type="button" data-shoot hidden>${t('shoot')}</button>
<button type="button" class="second" data-again hidden>${t('again')}</button>
<label class="file">${t('file')}<input type="file" name="${name}File" accept="image/*" capture="${facing}"></label>
</div>`;
}

/** For browsers; it finds its fields by their `data-` attributes. */
export const CAMERA_SCRIPT = `for (const box of document.querySelectorAll('[data-camera]')) {
  const find = (selector) => box.querySelector(selector);
  const [video, image, hint, value] = ['video', 'img', '.hint', '[type=hidden]'].map(find);
  const [shoot, again, label, file] = ['[data-shoot]', '[data-again]', '.file', '[type=file]'].map(find);
  const form = box.closest('form'), submit = form.querySelector('[type=submit]');
  const say = (state) => { box.dataset.state = state; hint.textContent = box.dataset[state] || ''; };
  const show = (element, on) => { element.hidden = !on; };
  const keep = (source, width, height) => {
    const scale = Math.min(1, 640 / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d').drawImage(source, 0, 0, canvas.width, canvas.height);
    const address = canvas.toDataURL('image/jpeg', 0.85);
    value.value = address.slice(address.indexOf(',') + 1);
    image.src = address;
    show(image, true);
    submit.disabled = false;
  };
  const forget = () => {
    show(image, false);
    value.value = '';
    submit.disabled = true;
  };
  const live = (on) => { show(video, on); show(shoot, on); show(again, !on); };
  let without = '';
  shoot.onclick = () => {
    keep(video, video.videoWidth, video.videoHeight);
    say('taken');
    live(false);
    submit.focus();
  };
  again.onclick = () => {
    forget();
    live(true);
    say('ready');
    shoot.focus();
  };
  file.onchange = async () => {
    const [chosen] = file.files;
    forget();
    say(chosen ? '' : without);
    if (!chosen) return;
    const bitmap = await createImageBitmap(chosen).catch(() => undefined);
    if (file.files[0] !== chosen) return;
    if (!bitmap) return say('unreadable');
    keep(bitmap, bitmap.width, bitmap.height);
    say('chosen');
  };
  // once is enough
  form.addEventListener('submit', () => { if (value.value) file.disabled = true; });
  const fileOnly = (why) => {
    without = why;
    if (file.files.length === 0) say(why);
  };
  submit.disabled = true;
  // chosen before this ran, or put back by the browser
  if (file.files.length > 0) file.onchange();
  if (!navigator.mediaDevices || !isSecureContext) fileOnly('insecure');
  else if (document.featurePolicy?.allowsFeature('camera') === false) fileOnly('framed');
  else {
    say('starting');
    navigator.mediaDevices.getUserMedia({ video: { facingMode: box.dataset.camera }, audio: false }).then(
      async (stream) => {
        // a photo was chosen before the question was answered
        if (file.files.length > 0) return stream.getTracks().forEach((track) => track.stop());
        video.srcObject = stream;
        await video.play();
        live(true);
        show(again, false);
        show(label, false);
        say('ready');
      },
      (error) => fileOnly(error.name === 'NotAllowedError' ? 'denied' : 'missing'),
    );
  }
}`;
