/**
 * Coverage as one file that a build keeps: no script, nothing loaded, its policy in itself, so that it can be opened from
 * anywhere and put under any policy.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Lang, Text } from '../../platform/language.js';
import { VERSION } from '../../platform/version.js';
import type { Coverage, OperationCoverage } from '../../scenarios/coverage.js';
import { PAGE_HEADERS } from '../ui/layout.js';

const TEXTS = {
  title: { zh: '文档所列结果的覆盖率', en: 'Coverage of documented outcomes' },
  seen: { zh: '出现过', en: 'seen' },
  never: { zh: '从未出现', en: 'never seen' },
  account: { zh: '账号', en: 'account' },
  success: { zh: '成功', en: 'success' },
} satisfies Record<string, Text>;

const STYLE = `:root{color-scheme:light dark;--card:light-dark(#fff,#171d24);--ink:light-dark(#16202c,#e6ebf1);--soft:light-dark(#525d6a,#9fabb8);--line:light-dark(#c3ccd6,#3a4653);--ok:light-dark(#0a6b3d,#1f7a4d)}
*{box-sizing:border-box}body{margin:0 auto;max-width:1200px;padding:16px;font:14px/1.5 system-ui,sans-serif;background:var(--card);color:var(--ink);overflow-wrap:anywhere}
h1{font-size:20px;margin:0}h2{font-size:14px;margin:18px 0 6px}h2 small,p{color:var(--soft);font-weight:400}progress{width:100%;accent-color:var(--ok)}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px;margin:0;padding:0}li{font:12px/1.4 ui-monospace,monospace;border:1px dashed var(--line);border-radius:4px;padding:1px 6px;color:var(--soft)}li.seen{background:var(--ok);border:1px solid var(--ok);color:#fff}`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** @param seen in the reader's language */
export function coveragePage(c: Context, seen: Coverage, account: string, lang: Lang) {
  const t = (name: keyof typeof TEXTS) => TEXTS[name][lang];
  const operation = ({ operation, outcomes }: OperationCoverage) => html`
<section><h2>${operation} <small>${outcomes.filter((one) => one.seen).length}/${outcomes.length}</small></h2>
<ul>${outcomes.map((one) => {
    const words = `${one.when ?? t('success')} – ${t(one.seen ? 'seen' : 'never')}`;
    return html`<li class="${one.seen ? 'seen' : ''}" title="${words}">${one.seen ? '✓ ' : ''}${one.code}</li>`;
  })}</ul></section>`;
  return c.html(
    html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${POLICY}">
<title>${seen.percent} % – ${t('title')}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${t('title')}: ${seen.percent} %</h1>
<p>${t('seen')} ${seen.seen} / ${seen.documented} · ${t('account')} ${account} · cloudauth-mock ${VERSION}</p>
<progress value="${seen.seen}" max="${seen.documented}" aria-label="${t('title')}"></progress>
${seen.operations.map(operation)}
</main>
</body>
</html>
`,
    200,
    { 'content-security-policy': `${POLICY}; frame-ancestors 'none'`, ...PAGE_HEADERS },
  );
}
