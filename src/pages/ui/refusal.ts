/** Why somebody may not use a page: to a browser it is said as a page, to a program as before. */
import type { Context } from 'hono';
import type { Refusal } from '../../control/guard.js';
import { translator } from '../../platform/translate.js';
import { langOf, type Text } from './language.js';
import { noticeBody, page } from './layout.js';

const TITLE: Text = { zh: '不能从这里打开', en: 'This cannot be opened from here' };

/** @param json for programs, which are answered in English unless they ask for Chinese */
export async function refusalPage(c: Context, { status, why, headers }: Refusal, json: (why: string) => object) {
  const isForPeople = /\btext\/html\b/.test(c.req.header('accept') ?? '');
  const lang = isForPeople ? langOf(c.req.raw) : c.req.query('lang') === 'zh' ? 'zh' : 'en';
  const said = (await translator(lang))(why);
  if (!isForPeople) return c.json(json(said), status, headers);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return page(c, { title: TITLE[lang], body: noticeBody(TITLE[lang], said), status });
}
