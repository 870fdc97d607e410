/** The form of pages on which a person only faces the camera. */
import { html } from 'hono/html';
import { cameraField } from './camera.js';
import type { Lang, Text } from './language.js';
import type { Html } from './layout.js';
import { testerPanel } from './tester-panel.js';

export type FaceTexts = Readonly<Record<'title' | 'intro' | 'submit' | 'face' | 'quit', Text>>;

/**
 * @param address of the page itself
 * @param message why the last picture was not taken
 * @param more what stands beside the button that leaves
 */
export function faceForm(
  texts: FaceTexts,
  address: string,
  choices: Parameters<typeof testerPanel>[1],
  lang: Lang,
  message?: Text,
  more?: Html,
): Html {
  const t = (key: keyof FaceTexts) => texts[key][lang];
  return html`<section class="card"><h1>${t('title')}</h1><p class="soft">${t('intro')}</p>
${message ? html`<p class="notice bad" role="alert">${message[lang]}</p>` : ''}
<form method="post" action="${address}" enctype="multipart/form-data">
${cameraField({ name: 'frame', lang, shape: 'face', label: t('face') })}
<button type="submit">${t('submit')}</button></form>
${quitForm(t('quit'), address, more)}</section>
${testerPanel(address, choices, lang)}`;
}

export const quitForm = (label: string, address: string, more?: Html): Html =>
  html`<form method="post" action="${address}"><button type="submit" class="quiet" name="end" value="quit">${label}</button>${more}</form>`;
