/** Where a walk ends when it leads nowhere else: the state of the task as it is, or why there is none. */
import { html } from 'hono/html';
import type { Status } from '../../verification/verification.js';
import type { Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';
import { refusals } from './screens.js';
import type { Walk } from './walk.js';

const TEXTS = {
  passed: { zh: '认证通过', en: 'Verified' },
  failed: { zh: '认证未通过', en: 'Not verified' },
  open: { zh: '认证未完成', en: 'Not finished' },
  openHint: { zh: '尚未提交认证资料。', en: 'Nothing was submitted yet.' },
  again: { zh: '重新认证', en: 'Try again' },
  goOn: { zh: '继续认证', en: 'Go on' },
  forward: { zh: '继续', en: 'Continue' },
  mini: { zh: '在微信小程序中将打开页面：', en: 'Inside a WeChat mini program this page would open:' },
} satisfies Record<string, Text>;

export const resultTitle = ({ task, lang }: Walk): string => TEXTS[stateOf(task.status)][lang];

const stateOf = (status: Status) => (status === 'passed' || status === 'failed' ? status : 'open');

/** @param live a failed or unfinished task can be gone on with */
export function resultBody(walk: Walk, live: boolean): Html {
  const { task, lang, screens } = walk;
  const state = stateOf(task.status);
  const target = state === 'passed' ? walk.success : state === 'failed' ? walk.fail : undefined;
  const mark = { passed: ['good', '✓'], failed: ['bad', '✕'], open: ['', '…'] }[state];
  return html`<section class="card center"><div class="mark ${mark[0]}" aria-hidden="true">${mark[1]}</div>
<h1>${TEXTS[state][lang]}</h1>
${state === 'failed' && task.reason ? walk.flow.why(task.reason, lang) : ''}
${state === 'open' ? html`<p class="soft">${TEXTS.openHint[lang]}</p>` : ''}
${refusals(walk)}
${target?.kind === 'mini-program' ? html`<p class="notice">${TEXTS.mini[lang]} <code>${target.path}</code></p>` : ''}
${target?.kind === 'web' ? html`<a class="button" href="${target.url}">${TEXTS.forward[lang]}</a>` : ''}
${live && state !== 'passed' && screens[0] ? html`<a class="button second" href="${walk.at(screens[0])}">${TEXTS[state === 'failed' ? 'again' : 'goOn'][lang]}</a>` : ''}
</section>`;
}
