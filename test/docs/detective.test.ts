/** The table of causes in the two pages of the detective is the detective's own. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { causes } from '../../src/detective/causes.js';

const PAGES = { en: 'docs/signature-detective.md', zh: 'docs/signature-detective.zh-CN.md' } as const;
const cell = (text: string): string => text.replaceAll('|', '\\|');

test.each(['en', 'zh'] as const)('%s: the table lists every cause, in order, and no other', (language) => {
  const rows = Object.entries(causes).map(([id, { schemes, en, zh, fix, fixZh }]) => {
    const [cause, mend] = language === 'en' ? [en, fix] : [zh, fixZh];
    return `| \`${id}\` | ${schemes} | ${cell(cause)} | ${cell(mend)} |`;
  });
  const page = readFileSync(PAGES[language], 'utf8');
  expect(page.split('\n').filter((line) => /^\| `[\w-]+` \| (RPC|ACS3)/.test(line))).toEqual(rows);
});
