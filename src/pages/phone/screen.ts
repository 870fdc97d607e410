/** What the simulated phone shows. */
import { html } from 'hono/html';
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

/** `handle`: what its buttons call it. */
type Shown = VerificationView & { readonly handle: string };

export interface PhoneView {
  readonly lang: Lang;
  readonly account: string;
  readonly accounts: readonly string[];
  readonly acted: Acted | undefined;
  readonly open: readonly Shown[];
  /** Of this page. */
  readonly path: string;
  readonly baseUrl: string;
}

export const PHONE_TITLE: Text = { zh: '模拟手机', en: 'Simulated phone' };

const TEXTS = {
  intro: {
    zh: '进行中的认证。替用户决定结果，业务端随后查询即可得到。特殊值（测试号码、姓名、后缀）只决定模拟用户如何结束认证；你的选择优先，--device manual 时只由你结束。',
    en: 'Verifications under way. Decide how they end; the server learns it when it asks. A magic value (test number, name, suffix) says how the simulated person ends one; your word comes first, and with --device manual nothing ends without it.',
  },
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
  stale: { zh: '有新的变化：', en: 'Something has changed:' },
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

/** WebKit lets the text of a select stick out of it; of less than 16 px iOS zooms in on it. */
export const PHONE_STYLE = `.switch{display:flex;gap:10px;align-items:end;margin:-6px -6px 8px;padding:6px}
.switch label{flex:1;min-width:0;font-size:.875rem;color:var(--soft)}
select{display:block;width:100%;min-height:44px;margin-top:4px;padding:8px 10px;border:1px solid #8996a6;border-radius:10px;background:#fff;color:var(--ink);font:inherit;font-size:1rem;text-overflow:ellipsis}
.switch button{width:auto;border-color:#8996a6;background:#fff;min-height:44px;padding:8px 14px;font-size:.875rem}
.switch,.one{overflow:hidden}
.one h2{font-size:.9375rem}
.one .meta{font-size:.8125rem;color:var(--soft);margin-bottom:12px}
.badge{display:inline-block;margin-right:6px;padding:1px 8px;border-radius:8px;background:#e8f0fc;color:#084a9f;font-size:.75rem;font-weight:600;text-transform:uppercase}
.badge.open{background:#e0f4ea;color:#07523a;text-transform:none}
.badge.left{background:#e6eaf0;color:#3f4954;text-transform:none}
.ends{display:grid;grid-template-columns:repeat(auto-fit,minmax(5.5rem,1fr));gap:8px;margin-top:10px}
.ends button,.failing button{margin:0;min-height:44px;padding:8px;font-size:.875rem}
.failing{display:flex;flex-wrap:wrap;gap:8px;align-items:end}
.failing button{flex:1 0 5.5rem;width:auto}
.failing label{flex:999 1 14rem;min-width:0;font-size:.8125rem;color:var(--soft)}
.failing button{background:#fdecea;color:#8c1d18}
.shell{margin:16px 0 0}
.notice.good{background:#e0f4ea;color:#07523a}
pre{margin:8px 0 0;padding:12px;border-radius:12px;background:#16202c;color:#eef2f7;white-space:pre-wrap;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}`;

export function phoneBody(view: PhoneView): Html {
  const { lang, account, accounts, acted, open } = view;
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  return html`<h1>${PHONE_TITLE[lang]}</h1><p class="soft">${t('intro')}</p>
<form class="switch" method="get" action="${view.path}"><input type="hidden" name="lang" value="${lang}">
<label>${t('account')}<select name="account">${accounts.map((name) => html`<option value="${name}"${name === account ? html` selected` : ''}>${maskIdNumbers(name)}</option>`)}</select></label>
<button type="submit" class="second">${accounts.length > 1 ? t('show') : t('refresh')}</button></form>
${acted ? outcome(acted, lang) : ''}
<p class="notice" id="stale" role="status" hidden>${t('stale')} <a href="?${new URLSearchParams({ account, lang })}">${t('refresh')}</a></p>
<div id="open">${open.length > 0 ? open.map((each) => one(each, view)) : empty(view)}</div>`;
}

const outcome = (acted: Acted, lang: Lang): Html =>
  'problem' in acted
    ? html`<p class="notice bad" role="alert">${acted.problem[lang]}</p>`
    : html`<p class="notice good" role="status"><code>${acted.id}</code>${TEXTS.done[lang]} ${TEXTS[acted.end][lang]}<br>
${TEXTS.callback[lang]} <code>${clientReport(acted.kind, acted.end)}</code>${acted.end === 'quit' && acted.kind.left === 'open' ? html`<br>${TEXTS.stays[lang]}` : ''}</p>`;

function one(
  { id, handle, product, detail, startedAt, asksFor, pageOpen, left, expired }: Shown,
  { lang, account, path }: PhoneView,
): Html {
  const t = (key: keyof typeof TEXTS) => TEXTS[key][lang];
  const reasons = reasonsOf(kindOf(product).endings);
  const button = (end: 'pass' | 'quit' | 'expire', look: string) =>
    html`<button type="submit" name="end" value="${end}" class="${look}">${t(end)}</button>`;
  return html`<section class="card one"><h2><span class="badge">${product}</span><code>${maskIdNumbers(id)}</code></h2>
<p class="meta">${left ? html`<span class="badge left">${t('left')}</span>` : ''}${expired ? html`<span class="badge left">${t('expired')}</span>` : ''}${pageOpen ? html`<span class="badge open">${t('pageOpen')}</span>` : ''}${maskIdNumbers(detail)}<br>${startedAt.slice(0, 19).replace('T', ' ')} UTC${asksFor ? html`<br>${t('asksFor')} <code>${asksFor}</code>` : ''}</p>
<form method="post" action="${path}?${new URLSearchParams({ account, lang })}"><input type="hidden" name="id" value="${handle}">
<div class="failing"><label>${t('reason')}<select name="reason">${reasons.map((each) => html`<option value="${each.reason}"${asksFor === `fail:${each.reason}` ? html` selected` : ''}>${reasonText(each, lang)}</option>`)}</select></label>
<button type="submit" name="end" value="fail">${t('fail')}</button></div>
<div class="ends">${button('pass', '')}${button('quit', 'second')}${button('expire', 'second')}</div></form></section>`;
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
