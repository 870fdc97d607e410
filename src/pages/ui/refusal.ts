/** Why somebody may not use a page: to a browser it is said as a page, to a program as before. */
import type { Context } from 'hono';
import type { Refusal } from '../../control/guard.js';
import { langOf, type Text } from './language.js';
import { noticeBody, page } from './layout.js';

const TITLE: Text = { zh: '不能从这里打开', en: 'This cannot be opened from here' };
/** By status: 401 asks for the token there is. */
const HINTS = {
  401: '请以 --admin-token 的值作为密码（用户名任意）。',
  403: '请用 127.0.0.1 打开；从其他机器打开时，启动模拟器请加 --admin-token 或 --allowed-host。',
} as const;

/** @param json for programs */
export function refusalPage(c: Context, { status, why, headers }: Refusal, json: object) {
  if (!/\btext\/html\b/.test(c.req.header('accept') ?? '')) return c.json(json, status, headers);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  const lang = langOf(c.req.raw);
  return page(c, { title: TITLE[lang], body: noticeBody(TITLE[lang], lang === 'zh' ? HINTS[status] : why), status });
}
