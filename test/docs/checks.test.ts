/** docs/flows/information-checks.md in both languages: its table is what the checks can answer. */
import '../../src/products/eager.js';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { informationChecks } from '../../src/products/cloudauth/2019-03-07/checks/index.js';
import { fillIn, type Language, table } from './scenarios.js';

const HEADS = { en: ['Operation', 'Its other answers'], zh: ['接口', '其他结果'] } as const;

/** Operations of one family stand together. */
function checksTable(language: Language): string {
  const families = new Map<string, string[]>();
  for (const { name, honours } of informationChecks) {
    const answers = honours!.outcome!.reasons.map(({ reason, text }) => `\`${reason}\` ${text[language]}`);
    const said = answers.join('<br>');
    families.set(said, [...(families.get(said) ?? []), name]);
  }
  return table(
    [...HEADS[language]],
    [...families].map(([said, names]) => [names.join('<br>'), said]),
  );
}

test.each([
  ['en', 'docs/flows/information-checks.md'],
  ['zh', 'docs/flows/information-checks.zh-CN.md'],
] as const)('%s: the table of %s is what the checks can answer (else: npm run docs)', async (language, file) => {
  const filled = fillIn(readFileSync(file, 'utf8'), { checks: checksTable(language) });
  await expect(filled).toMatchFileSnapshot(`../../${file}`);
});

test('both languages have the same headings, tables and code', () => {
  const shape = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => /^(#+|- \*\*|\|)/.exec(line)?.[1])
      .filter(Boolean);
  expect(shape('docs/flows/information-checks.zh-CN.md')).toEqual(shape('docs/flows/information-checks.md'));
});
