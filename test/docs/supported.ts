/** Writes SUPPORTED.md from the registry: nothing in it is typed by hand. */
import { readFileSync } from 'node:fs';
import type { ErrorRow } from '../../src/gateway/errors.js';
import type { Field, Fields } from '../../src/gateway/fields.js';
import { gatewayErrors } from '../../src/gateway/gateway-errors.js';
import { type AnyOperation, operationPath, type Version } from '../../src/gateway/operation.js';
import type { Figures } from '../conformance/run.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  rows.length === 0
    ? ''
    : [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells)), ''].join('\n');

const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9一-鿿 _-]/g, '')
    .replaceAll(' ', '-');
const heading = (version: Version, operation: AnyOperation): string => `${operation.name} (${version.version})`;

function constraints(field: Field): string {
  const notes = [
    field.kind === 'text' && field.maxLength && `at most ${field.maxLength} characters`,
    field.kind === 'integer' && field.min !== undefined && `at least ${field.min}`,
    field.kind === 'integer' && field.max !== undefined && `at most ${field.max}`,
    field.kind === 'text' && field.values && field.values.map((value) => `\`${value}\``).join(', '),
    field.kind === 'text' && field.pattern && `matches \`${field.pattern.source}\``,
    field.versions && `only ${field.versions.join(', ')}`,
    field.only && `${field.only} only`,
    field.note,
  ];
  return notes.filter(Boolean).join('; ');
}

/** Members of structs and lists stand below them with their path: `Material.n.Value`, `StsToken.Token`. */
function fieldRows(fields: Fields, path: string, mark: (field: Field) => string): string[][] {
  return Object.entries(fields).flatMap(([name, field]): string[][] => {
    const here = path + name;
    if (field.kind === 'struct') return fieldRows(field.fields, `${here}.`, mark);
    if (field.kind === 'list' && field.item.kind === 'struct') return fieldRows(field.item.fields, `${here}.n.`, mark);
    return [[`\`${here}\``, field.kind, mark(field), constraints(field)]];
  });
}

const errorRows = (errors: Record<string, ErrorRow & { code?: number }>): string[][] =>
  Object.entries(errors).map(([code, error]) => [
    `\`${code}\``,
    error.status === 200 ? `200, Code ${error.code ?? code}` : String(error.status),
    error.message,
    error.when,
    error.confidence ?? 'documented',
  ]);

const ERROR_HEAD = ['Code', 'HTTP', 'Message', 'When', 'Source'];

function operationSection(version: Version, operation: AnyOperation): string {
  const params = fieldRows(operation.params, '', (field) => (field.required ? 'yes' : 'no'));
  const response = fieldRows(operation.response, '', (field) => (field.optional ? 'sometimes' : 'always'));
  return [
    `### ${heading(version, operation)}`,
    '',
    `${operation.summary.en} · ${operation.summary.zh}`,
    '',
    `Source: ${operation.source}. Methods: ${operation.methods.join(', ')}.`,
    '',
    params.length > 0 ? table(['Parameter', 'Type', 'Required', 'Constraints'], params) : 'No parameters.\n',
    response.length > 0 ? table(['Answer', 'Type', 'Present', 'Notes'], response) : 'The answer carries no data.\n',
    table(ERROR_HEAD, errorRows(operation.errors)),
  ].join('\n');
}

function versionSection(version: Version): string {
  const aliases = version.aliases.length > 0 ? `Also answered, approximated: ${version.aliases.join(', ')}. ` : '';
  const common = errorRows(version.dialect.commonErrors as Record<string, ErrorRow>);
  return [
    `## ${version.product} ${version.version}`,
    '',
    `${aliases}Default format: ${version.defaultFormat}. Error root in XML: \`<${version.errorRoot}>\`. HostId: ${version.host}.`,
    '',
    ...(common.length > 0 ? ['Errors of every operation:', '', table(ERROR_HEAD, common)] : []),
    ...(version.approximates
      ? [`Stands in for ${version.approximates}.`, '']
      : version.implemented.map((operation) => operationSection(version, operation))),
  ].join('\n');
}

/** What conformance has found: `npm run conformance` writes it. */
const conformance: Readonly<Record<string, Figures>> = JSON.parse(
  readFileSync('test/conformance/figures.json', 'utf8'),
);
const share = (passed?: number, of?: number): string => (of === undefined ? '–' : `${passed}/${of}`);

function figures(version: Version, operation: AnyOperation): string[] {
  const { variants, passed, read, answers }: Partial<Figures> = conformance[operationPath(version, operation)] ?? {};
  return [share(read, answers), share(passed, variants)];
}

function totals(): string {
  const all = Object.values(conformance);
  const sum = (one: (figures: Figures) => number | undefined) =>
    all.reduce((total, each) => total + (one(each) ?? 0), 0);
  const packaged = all.filter(({ answers }) => answers !== undefined);
  return [
    'Conformance is what the vendor’s metadata and the corrections promise, asked by a client that knows nothing of the',
    `contracts (\`test/conformance\`): ${all.length} operations, ${sum(({ variants }) => variants)} calls, of which ${sum(({ passed }) => passed)} are answered as they should, by shape, required`,
    `parameters, limits and values. Of ${packaged.length} operations the vendor’s own model classes read ${sum(({ read }) => read)} of ${sum(({ answers }) => answers)} answers`,
    'without loss. “–” stands for an operation that the vendor’s package does not know, or whose contract another page says.',
  ].join('\n');
}

export function supported(versions: readonly Version[]): string {
  const listed = versions.filter((version) => !version.approximates);
  const overview = listed.flatMap((version) =>
    version.operations.map((operation) => [
      version.product,
      version.version,
      operation.sample ? operation.name : `[${operation.name}](#${anchor(heading(version, operation))})`,
      operation.methods.join(', '),
      operation.sample ?? 'its behaviour',
      String(Object.keys(operation.errors).length),
      ...figures(version, operation),
    ]),
  );
  return [
    '# Supported operations',
    '',
    'Generated from the operations’ own contracts by `npm run docs`; a test fails when it is stale.',
    '',
    'An operation without behaviour checks its parameters and answers a sample, the vendor’s printed example',
    '(`printed-example`) or one that only has its shape (`shape-only`); the header `x-cloudauth-mock-answer` says which. No',
    'sample says that somebody passed. Their parameters: `cloudauth-mock operations`. All of them answer JSON and XML.',
    '',
    totals(),
    '',
    table(
      [
        ...['Product', 'Version', 'Operation', 'Methods', 'Answers', 'Documented errors'],
        ...['Read by the vendor’s class', 'By the metadata’s shape'],
      ],
      overview,
    ),
    ...versions.map(versionSection),
    '## Gateway errors',
    '',
    'Every operation can answer these too.',
    '',
    table(ERROR_HEAD, errorRows(gatewayErrors)),
  ].join('\n');
}
