/**
 * The frame of every page: phone-first, no resource from anywhere else. Style and scripts are inline and allowed by
 * their hashes, so nothing a query smuggles in could run.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { nearest } from '../../platform/nearest.js';
import type { Lang, Text } from './language.js';
import { langOf } from './language.js';
import { STYLE } from './style.js';

/** What `html` makes: escaped text. */
export type Html = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Script texts of ours; data reaches them by `data-` attributes. */
  readonly scripts?: readonly string[];
  /** Origins forms may lead to by a redirect, besides this server's: browsers check that too. */
  readonly formTargets?: readonly string[];
  /** Origins that may be framed. */
  readonly frames?: readonly string[];
  /** The page is made for the frame of whoever embeds it; otherwise only this machine's pages may. */
  readonly framedByAnybody?: boolean;
  /** The body loads scripts of this server by their address. */
  readonly ownScriptFiles?: boolean;
  /** Rules of this page alone, after those of all. */
  readonly style?: string;
  /** Names its address may carry: one that is nearly one of them is named, as nothing reads it. */
  readonly parameters?: readonly string[];
  readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 413;
  /** Default: `langOf` the request. */
  readonly lang?: Lang;
}

const OTHER: Record<Lang, { lang: Lang; name: string }> = {
  zh: { lang: 'en', name: 'English' },
  en: { lang: 'zh', name: '中文' },
};
/** On the button of a form that is on its way. */
const BUSY: Text = { zh: '正在提交…', en: 'Sending…' };
const BANNER: Text = { zh: '本地模拟，不是真实的认证', en: 'Local emulator, not a real verification' };

const UNREAD: Readonly<Record<Lang, readonly [string, string]>> = {
  zh: ['不是此页面的参数，是否应为', '？'],
  en: ['is no parameter of this page. Did you mean', '?'],
};

function unread(address: string, parameters: readonly string[], lang: Lang): Html[] {
  const [isNone, end] = UNREAD[lang];
  return [...new Set(new URL(address).searchParams.keys())].flatMap((name) => {
    const meant = nearest(name, parameters);
    return meant
      ? [html`<p class="notice" role="alert"><code>${name}</code> ${isNone} <code>${meant}</code>${end}</p>`]
      : [];
  });
}

const hashes = (texts: readonly string[]): string =>
  texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ') || "'none'";

/** Beside its policy. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  // with no-referrer a browser calls the origin of our own forms null, and the guard of the phone refuses that
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Answers with a page, its security headers and a link to the same page in the other language. */
export function page(
  c: Context,
  { title, body, scripts = [], formTargets = [], frames = [], style = '', ...page }: Page,
) {
  const lang = page.lang ?? langOf(c.req.raw);
  const other = OTHER[lang];
  const policy = [
    "default-src 'none'",
    `style-src ${hashes([STYLE + style])}`,
    `script-src ${page.ownScriptFiles ? "'self' " : ''}${hashes(scripts)}`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    `frame-src ${frames.join(' ') || "'none'"}`,
    `frame-ancestors ${page.framedByAnybody ? '*' : "'self' http://127.0.0.1:* http://localhost:*"}`,
    "base-uri 'none'",
  ];
  return c.html(
    html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE + style)}</style>
</head>
<body data-busy="${BUSY[lang]}">
<header class="top"><span class="banner">${BANNER[lang]}</span>
<a href="${inLanguage(c.req.url, other.lang)}" lang="${other.lang}">${other.name}</a></header>
<main>${unread(c.req.url, page.parameters ?? [], lang)}${body}</main>
${scripts.map((text) => html`<script>${raw(text)}</script>`)}
</body>
</html>`,
    page.status ?? 200,
    { 'content-security-policy': policy.join('; '), ...PAGE_HEADERS },
  );
}

/** Relative: host and folder are a proxy's business. */
function inLanguage(address: string, lang: Lang): string {
  const { searchParams } = new URL(address);
  searchParams.set('lang', lang);
  // seen again, it would do again what it did
  searchParams.delete('auto');
  return `?${searchParams}`;
}

/** A page that only says something. */
export const noticeBody = (title: string, hint?: string): Html =>
  html`<section class="card center"><div class="mark" aria-hidden="true">!</div><h1>${title}</h1>
${hint && html`<p class="soft">${hint}</p>`}</section>`;
