/** Writes scenarios/<product>/<code>.yaml, one per row of every error table, and the tables of docs/scenarios.md. */
import { stringify } from 'yaml';
import type { ErrorRow, ErrorTable } from '../../src/gateway/errors.js';
import { gatewayErrors } from '../../src/gateway/gateway-errors.js';
import { operationPath, type Version } from '../../src/gateway/operation.js';
import { identities, pictures, testValues } from '../../src/products/magic.js';
import { jsonSchema } from '../../src/scenarios/format.js';
import { chinese } from './scenarios-zh.js';

export interface Generated {
  /** `saf/Z1146`: what `--scenario` takes. */
  readonly name: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  readonly yaml: string;
}

/** A code that stands for many: any parameter can be the one that is missing, or wrong. Every operation takes these. */
const REPRESENTATIVES: Readonly<Record<string, string>> = {
  'Missing{ParameterName}': 'MissingTimestamp',
  'Invalid{ParameterName}': 'InvalidSignatureVersion',
};

const WHO = {
  gateway: { on: '*', en: 'Every operation', zh: '所有接口' },
  cloudauth: {
    on: 'cloudauth/*',
    en: 'Every Cloudauth operation that documents it',
    zh: '文档中有此错误码的实人认证接口',
  },
  saf: { on: 'saf/*', en: 'Every SAF operation that documents it', zh: '文档中有此返回码的 SAF 接口' },
} as const;
export type Family = keyof typeof WHO;
export const families = Object.keys(WHO) as Family[];

/** The same code can mean different things on different pages; each meaning is named once. */
function meanings(rows: readonly ErrorRow[]): { en: string; zh: string } {
  const all = new Map(rows.map((row) => [row.when, row.zh ?? chinese(row.when)]));
  // one may say all that another says, and more
  const each = [...all].filter(([when]) => ![...all.keys()].some((other) => other !== when && other.startsWith(when)));
  return {
    en: each.map(([when]) => when).join('; or '),
    zh: each
      .map(([, text]) => text.replace(/。$/, '').replace(/^(?=\w)/, ' '))
      .join('；或')
      .trimStart(),
  };
}

function generate(family: Family, code: string, rows: readonly ErrorRow[]): Generated {
  const { on, en, zh } = WHO[family];
  const when = meanings(rows);
  const description = { en: `${en} answers ${code}: ${when.en}.`, zh: `${zh}返回 ${code}：${when.zh}。` };
  const rules = [{ on, then: { fail: /^\d+$/.test(code) ? Number(code) : code } }];
  const head = [
    '# yaml-language-server: $schema=../schema.json',
    '# Generated from the error tables: npm run docs writes it anew.',
  ];
  const yaml = `${head.join('\n')}\n${stringify({ description, rules }, { lineWidth: 0 })}`;
  return { name: `${family}/${code}`, code, yaml, ...when };
}

function tablesOf(family: Family, versions: readonly Version[]): ErrorTable[] {
  if (family === 'gateway') return [gatewayErrors];
  return versions
    .filter(({ product, approximates }) => product === family && !approximates)
    .flatMap(({ dialect, operations }) => [
      dialect.commonErrors,
      ...operations.map(({ errors }) => errors as ErrorTable),
    ]);
}

/** One scenario for each code of each family's tables. */
export function generatedScenarios(versions: readonly Version[]): Generated[] {
  return families.flatMap((family) => {
    const byCode = new Map<string, ErrorRow[]>();
    for (const [code, row] of tablesOf(family, versions).flatMap((table) => Object.entries(table))) {
      const concrete = REPRESENTATIVES[code] ?? code;
      byCode.set(concrete, [...(byCode.get(concrete) ?? []), row]);
    }
    return [...byCode].map(([code, rows]) => generate(family, code, rows));
  });
}

export function schema(versions: readonly Version[]): string {
  const paths = versions.flatMap((version) => version.operations.map((operation) => operationPath(version, operation)));
  const codes = generatedScenarios(versions).map(({ code }) => code);
  return `${JSON.stringify(jsonSchema({ on: paths, fail: [...new Set(codes)] }), null, 2)}\n`;
}

export type Language = 'en' | 'zh';

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
export const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const HEADS = {
  codes: { en: ['Scenario', 'Happens when'], zh: ['场景', '何时发生'] },
  named: { en: ['Scenario', 'What it does'], zh: ['场景', '作用'] },
  identities: { en: ['Number', 'Name', 'Effect'], zh: ['证件号', '姓名', '效果'] },
  values: { en: ['Value', 'Effect'], zh: ['值', '效果'] },
  pictures: { en: ['Name of the picture', 'Effect'], zh: ['图片名', '效果'] },
} as const;

export const codesTable = (versions: readonly Version[], language: Language): string =>
  table(
    [...HEADS.codes[language]],
    generatedScenarios(versions).map((one) => [`\`${one.name}\``, one[language]]),
  );

/** @param named the hand-written scenarios with their descriptions */
export const namedTable = (
  named: readonly { readonly name: string; readonly description: Readonly<Record<Language, string>> }[],
  language: Language,
): string =>
  table(
    [...HEADS.named[language]],
    named.map(({ name, description }) => [`\`${name}\``, description[language]]),
  );

export const identitiesTable = (language: Language): string =>
  table(
    [...HEADS.identities[language]],
    identities.map(({ number, name, meaning }) => [
      `\`${number}\``,
      name ? `\`${name}\`` : '–',
      language === 'en' ? meaning : chineseMeaning(meaning),
    ]),
  );

export const valuesTable = (language: Language): string =>
  table(
    [...HEADS.values[language]],
    testValues.map(({ value, meaning }) => [`\`${value}\``, language === 'en' ? meaning : chinese(meaning)]),
  );

export const picturesTable = (language: Language): string =>
  table(
    [...HEADS.pictures[language]],
    pictures.map(({ picture, meaning }) => [`\`${picture}\``, language === 'en' ? meaning : chineseMeaning(meaning)]),
  );

/** `query answers Z1146: …`, or a sentence of its own. */
function chineseMeaning(meaning: string): string {
  const [, operation, code, when] = /^(\w+) answers ([\w.]+|SubCode \d+): (.+)$/.exec(meaning) ?? [];
  return when === undefined ? chinese(meaning) : `${operation} 返回 ${code}：${chinese(when)}`;
}

/** Puts each table between its marks: `<!-- codes -->` … `<!-- /codes -->`. */
export function fillIn(markdown: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, made]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!marked.test(text)) throw new Error(`no <!-- ${name} --> to fill in`);
    return text.replace(marked, (_whole, start: string, end: string) => `${start}${made}\n${end}`);
  }, markdown);
}
