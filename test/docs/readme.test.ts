/** The documents people read: both languages say the same, and what they name exists. */
import '../../src/products/eager.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commandSettings, envName, settings } from '../../src/config/options.js';
import type { Setting } from '../../src/config/settings.js';
import type { ErrorTable } from '../../src/gateway/errors.js';
import { gatewayErrors } from '../../src/gateway/gateway-errors.js';
import { versions } from '../../src/products/index.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const LANGUAGES = ['en', 'zh'] as const;
const README = { en: read('README.md'), zh: read('README.zh-CN.md') };

const FENCE = /^```(\w*)\n(.*?)^```$/gms;
const prose = (markdown: string): string => markdown.replace(FENCE, '');
const headings = (markdown: string): number[] =>
  [...prose(markdown).matchAll(/^(#+) /gm)].map(([, marks]) => marks!.length);

/** Comments may be translated; `#` and `//` begin one at the start of a line or after a space. */
const withoutComments = (code: string): string => code.replace(/(^|\s+)(?:\/\/|#) .*$/gm, '');
const codeBlocks = (markdown: string): [language: string, code: string][] =>
  [...markdown.matchAll(FENCE)].map(([, language, code]) => [language!, withoutComments(code!)]);
const markers = (markdown: string): string[] => markdown.match(/^<!-- .* -->$/gm) ?? [];

test('both READMEs have the same headings, tables and marked blocks', () => {
  const tableRows = (markdown: string) => prose(markdown).match(/^\|/gm)?.length;
  const shape = (markdown: string) => [headings(markdown), tableRows(markdown), markers(markdown)];
  expect(headings(README.en).length).toBeGreaterThan(15);
  expect(shape(README.zh)).toEqual(shape(README.en));
});

test('both READMEs hold the same code, byte for byte except for comments', () => {
  expect(codeBlocks(README.en).length).toBeGreaterThan(15);
  expect(codeBlocks(README.zh)).toEqual(codeBlocks(README.en));
});

const code = (text: string): string => (text ? `\`${text.replaceAll('|', '\\|')}\`` : '–');
const REPEATABLE = { en: ' (repeatable)', zh: '（可重复）' };

const optionRows = LANGUAGES.flatMap((language) =>
  Object.values<Setting<unknown>>(commandSettings).map((setting) => {
    const cells = [
      code(`--${setting.flag} ${setting.value}`.trimEnd()),
      code(setting.default),
      code(envName(setting.flag)),
    ];
    const meaning = setting[language] + (setting.repeatable ? REPEATABLE[language] : '');
    return { language, flag: setting.flag, row: `| ${[...cells, meaning].join(' | ')} |` };
  }),
);

test.each(optionRows)('$language: --$flag stands in the README as in the settings', ({ language, row }) => {
  expect(README[language].split('\n')).toContain(row);
});

test.each(LANGUAGES)('%s: the README lists no option there is not', (language) => {
  const listed = [...README[language].matchAll(/^\| `--([\w-]+)/gm)].map(([, flag]) => flag);
  expect(listed).toEqual(Object.values(commandSettings).map(({ flag }) => flag));
});

test.each(LANGUAGES)('%s: an option whose name in code is not its flag’s is named', (language) => {
  const camelCase = (flag: string) => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const other = Object.entries(settings).filter(([name, { flag }]) => name !== camelCase(flag));
  expect(other.map(([name]) => name).filter((name) => !README[language].includes(`\`${name}\``))).toEqual([]);
});

test.each(LANGUAGES)('%s: every recipe that no test runs says so', (language) => {
  const said = { en: 'not run here', zh: '此处未运行' }[language];
  const blocks = [...README[language].matchAll(/^(.*)\n\n```(?:java|python|go|php|csharp)$/gm)];
  expect(blocks.map(([, line]) => line)).toEqual(Array(5).fill(said));
});

const documents = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

test.each(documents)('%s links to files that exist', (file) => {
  const targets = [...prose(read(file)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !existsSync(join(dirname(file), target)))).toEqual([]);
});

test.each(documents)('%s names source files that exist', (file) => {
  const named = read(file).match(/(?<![\w/.-])(?:src|test|fixtures|bench|docs|\.ci)\/[\w./-]*\w/g) ?? [];
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('the ledger names every error that is inferred or guessed', () => {
  const tables = versions.flatMap(({ dialect, operations }): ErrorTable[] => [
    dialect.commonErrors,
    ...operations.map(({ errors }) => errors),
  ]);
  const rows = [gatewayErrors as ErrorTable, ...tables].flatMap((table) => Object.entries(table));
  const unsure = rows.filter(([, { confidence = 'documented' }]) => confidence !== 'documented');
  const ledger = read('docs/fidelity.md');
  expect(unsure.length).toBeGreaterThan(0);
  expect(unsure.map(([name]) => name).filter((name) => !ledger.includes(`\`${name}\``))).toEqual([]);
});
