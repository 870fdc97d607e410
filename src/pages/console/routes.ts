/**
 * The console: what a tester looks at. A page of nothing but its address in; what it shows it asks the control side for, as
 * any other client. Loaded by the first request to it.
 */
import { html } from 'hono/html';
import { Hono } from 'hono/tiny';
import { VERSION } from '../../platform/version.js';
import APP from '../browser/console/main.tsx?app';
import STYLE from '../browser/console/style.css?app';
import type { PagesEnv } from '../deps.js';
import { langOf, type Text } from '../ui/language.js';
import { PAGE_HEADERS } from '../ui/layout.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = { 'content-security-policy': POLICY, ...PAGE_HEADERS };

const NEEDS_SCRIPT: Text = {
  zh: '控制台需要 JavaScript；不用脚本时可使用模拟手机：',
  en: 'The console needs JavaScript; without it there is the simulated phone: ',
};

const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
  script: ['text/javascript; charset=utf-8', APP],
  style: ['text/css; charset=utf-8', STYLE],
};

/** On `/console`, behind whoever guards it. */
export function consoleRoutes(): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  app.get('/console', (c) => {
    const lang = langOf(c.req.raw);
    return c.html(
      html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>cloudauth-mock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="console/style">
<script type="module" src="console/script"></script>
</head>
<body data-version="${VERSION}"${c.env?.own === undefined ? '' : html` data-own="${c.env.own}"`}><noscript>${NEEDS_SCRIPT[lang]}<a href="phone">/_mock/phone</a></noscript></body>
</html>`,
      200,
      HEADERS,
    );
  });
  app.get('/console/:file', (c) => {
    const found = Object.hasOwn(FILES, c.req.param('file')) ? FILES[c.req.param('file')] : undefined;
    if (!found) return c.notFound();
    const [type, text] = found;
    return c.body(text, 200, { ...HEADERS, 'content-type': type });
  });
  return app;
}
