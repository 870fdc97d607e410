/** What the simulated phone shows. */
import { html } from 'hono/html';
import { minutesAndSeconds } from '../../control/look.js';
import type { VerificationView } from '../../control/verbs.js';
import { DEFAULT_ACCOUNT } from '../../gateway/accounts.js';
import { maskIdNumbers } from '../../platform/redact.js';
import { posixWord } from '../../platform/shell.js';
import { kindOf } from '../../products/kinds.js';
import { clientReport, type VerificationKind } from '../../products/verification-kind.js';
import type { End } from '../../verification/outcome.js';
import { reasonsOf, reasonText } from '../ui/endings.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';

/** What was done, or why it could not be. */
export type Acted =
  | { readonly id: string; readonly end: End; readonly kind: VerificationKind }
  | { readonly problem: Text };

export interface PhoneView {
  readonly lang: Lang;
  readonly account: string;
  readonly accounts: readonly string[];
  readonly acted: Acted | undefined;
  readonly open: readonly VerificationView[];
  readonly ended: readonly VerificationView[];
  /** What is looked for. */
  readonly q: string;
  /** Business clock, ms. */
  readonly now: number;
  /** Asked for though the browser can show more. */
  readonly plain: boolean;
  /** Of this page. */
  readonly path: string;
  readonly baseUrl: string;
}

export const PHONE_TITLE: Text = { zh: '模拟手机', en: 'Simulated phone' };

const TEXTS = {
  search: { zh: '搜索', en: 'Search' },
  open: { zh: '进行中', en: 'Under way' },
  ended: { zh: '已结束', en: 'Ended' },
  more: {
    zh: '✓ 为通过；点开可选失败原因、退出或过期。你的选择先于特殊值；--device manual 时只由你结束。',
    en: '✓ passes; open one to fail, quit or expire. Your word comes before magic values; with --device manual nothing ends without it.',
  },
  passed: { zh: '已通过', en: 'passed' },
  failed: { zh: '未通过', en: 'failed' },
  review: { zh: '审核中', en: 'in review' },
  account: { zh: '账号', en: 'Account' },
  show: { zh: '切换', en: 'Show' },
  refresh: { zh: '刷新', en: 'Refresh' },
  pass: { zh: '通过', en: 'Pass' },
  fail: { zh: '不通过', en: 'Fail' },
  quit: { zh: '退出', en: 'Quit' },
  expire: { zh: '过期', en: 'Expire' },
  reason: { zh: '不通过的原因', en: 'Reason for failing' },
  done: { zh: '：已设为', en: ' was ended as' },
  stays: {
    zh: '用户退出后认证仍未结束，可以再次进行。',
    en: 'A task that was left has not ended: it can be gone on with.',
  },
  left: { zh: '已退出', en: 'Left' },
  expired: { zh: '已过期', en: 'Expired' },
  asksFor: { zh: '数据中的特殊值要求', en: 'A magic value in its data asks for' },
  pageOpen: { zh: '页面已打开', en: 'Page open' },
  callback: { zh: '客户端 SDK 回调', en: 'The client SDK reports' },
  empty: { zh: '没有进行中的认证', en: 'Nothing is under way' },
  emptyHint: {
    zh: '先发起一次认证：Cloudauth 调用 GetVerifyToken，SAF 调用 face_verify 的 init 或 initH5，金融级调用 InitFaceVerify，经典版调用 DescribeVerifyToken。用 --device manual 启动，则没有人会自动完成。',
    en: 'Start one: GetVerifyToken of Cloudauth, init or initH5 of SAF’s face_verify, InitFaceVerify, DescribeVerifyToken of the classic flow. Started with --device manual, the emulator ends none by itself.',
  },
  demo: { zh: '打开示例商户', en: 'Open the demo merchant' },
  shell: { zh: '命令行也可以：', en: 'From a shell:' },
} satisfies Record<string, Text>;

export function phoneBody(view: PhoneView): Html {
  const { lang, account, accounts, acted, open, ended, q } = view;
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  const none = open.length + ended.length === 0 && q === '';
  const choices = new Map<string, Html>();
  return html`<h1>${PHONE_TITLE[lang]}</h1>
<form class="switch" method="get" action="${view.path}"><input type="hidden" name="lang" value="${lang}">${view.plain ? html`<input type="hidden" name="plain">` : ''}
<label>${t('account')}<select name="account">${accounts.map((name) => html`<option value="${name}"${name === account ? html` selected` : ''}>${maskIdNumbers(name)}</option>`)}</select></label>
<label>${t('search')}<input type="search" name="q" value="${q}"></label>
<button type="submit" class="second">${accounts.length > 1 ? t('show') : t('refresh')}</button></form>
${acted ? outcome(acted, lang) : ''}
<div id="open">${
    none
      ? empty(view)
      : html`<section class="card list"><h2>${t('open')} (${open.length})</h2><p class="soft">${t('more')}</p>${open.map((each) => one(each, view, choices))}</section>
<section class="card list"><h2>${t('ended')} (${ended.length})</h2>${ended.slice(0, ENDED).map((each) => over(each, view))}</section>`
  }</div>`;
}

/** So many, unless one is looked for: on a page that nobody scrolls for long. */
export const OPEN = 100;
export const ENDED = 50;

const outcome = (acted: Acted, lang: Lang): Html =>
  'problem' in acted
    ? html`<p class="notice bad" role="alert">${acted.problem[lang]}</p>`
    : html`<p class="notice good" role="status"><code>${acted.id}</code>${TEXTS.done[lang]} ${TEXTS[acted.end][lang]}<br>
${TEXTS.callback[lang]} <code>${clientReport(acted.kind, acted.end)}</code>${acted.end === 'quit' && acted.kind.left === 'open' ? html`<br>${TEXTS.stays[lang]}` : ''}</p>`;

/** @param choices of this page: most have the same reasons to offer, and making them is a fifth of its work */
function one(shown: VerificationView, view: PhoneView, choices: Map<string, Html>): Html {
  const { lang, account, path, plain, now } = view;
  const { handle, product, asksFor, pageOpen, left, expired, expiresAt } = shown;
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  const reasons = choices.get(`${product} ${asksFor}`) ?? reasonChoices(shown, lang);
  choices.set(`${product} ${asksFor}`, reasons);
  const button = (end: 'quit' | 'expire') =>
    html`<button type="submit" name="end" value="${end}" class="second">${t(end)}</button>`;
  const query = new URLSearchParams({ account, lang, ...(plain && { plain: '' }) });
  return html`<form class="one" method="post" action="${path}?${query}"><details><summary>${who(shown)}
<span class="about">${expired ? html`<span class="badge left">${t('expired')}</span>` : html`<span class="badge">${timeLeft(expiresAt, now, lang)}</span>`}${left ? html`<span class="badge left">${t('left')}</span>` : ''}${pageOpen ? html`<span class="badge open">${t('pageOpen')}</span>` : ''}${about(shown)}${asksFor ? html` · ${t('asksFor')} <code>${asksFor}</code>` : ''}</span></summary>
<input type="hidden" name="id" value="${handle}">
<div class="failing"><label>${t('reason')}<select name="reason">${reasons}</select></label>
<button type="submit" name="end" value="fail">${t('fail')}</button></div>
<div class="ends">${button('quit')}${button('expire')}</div></details>
<button type="submit" name="end" value="pass" title="${t('pass')}" aria-label="${t('pass')}: ${maskIdNumbers(shown.id)}">✓</button></form>`;
}

const reasonChoices = ({ product, asksFor }: VerificationView, lang: Lang): Html =>
  html`${reasonsOf(kindOf(product).endings).map((each) => html`<option value="${each.reason}"${asksFor === `fail:${each.reason}` ? html` selected` : ''}>${reasonText(each, lang)}</option>`)}`;

const over = (shown: VerificationView, { lang }: PhoneView): Html =>
  html`<div class="over">${who(shown)}<span class="about"><span class="badge ${shown.status}">${TEXTS[shown.status][lang]}</span>${about(shown)}</span></div>`;

const who = ({ id, person }: VerificationView): Html =>
  html`<span class="who">${person ? html`<b>${person}</b> ` : ''}<code>${maskIdNumbers(id)}</code></span>`;

const about = ({ product, detail }: VerificationView): string => `${product} · ${maskIdNumbers(detail)}`;

/** As it was when the page was made: minutes and seconds. */
function timeLeft(expiresAt: string, now: number, lang: Lang): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
  const time = minutesAndSeconds(seconds);
  return lang === 'zh' ? `剩余 ${time}` : `${time} left`;
}

function empty({ lang, baseUrl, ...view }: PhoneView): Html {
  const account = maskIdNumbers(view.account);
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  return html`<section class="card"><h2>${t('empty')}</h2><p class="soft">${t('emptyHint')}</p>
<a class="button second" href="/demo/saf.html?lang=${lang}">${t('demo')}</a>
<p class="soft shell">${t('shell')}</p>
<pre>cloudauth-mock device --url ${baseUrl}${account === DEFAULT_ACCOUNT ? '' : ` --account ${posixWord(account)}`}
curl '${baseUrl}/_mock/verifications?account=${encodeURIComponent(account).replaceAll("'", '%27')}'</pre></section>`;
}
