/** Whether an answer keeps the promise: its shape by the metadata, its members by the printed answer, or the error that is due. */
import { XMLParser } from 'fast-xml-parser';
import type { Shape } from '../../contract/metadata.js';
import type { Promised } from './oracle.js';
import type { Answered } from './send.js';
import type { Variant } from './variants.js';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, ignoreDeclaration: true });

/** @returns what is wrong with it; empty where nothing is */
export function wrongWith(promise: Promised, { way, error }: Variant, { status, text }: Answered): string[] {
  let body: Record<string, unknown>;
  let root = '';
  try {
    body = way.format === 'JSON' ? JSON.parse(text) : parser.parse(text);
    if (way.format === 'XML') {
      root = Object.keys(body)[0]!;
      // an element without children is an empty text
      body = (body[root] || {}) as Record<string, unknown>;
    }
  } catch (failure) {
    return [`no ${way.format}: ${(failure as Error).message}`];
  }
  const problems = error ? againstError(error, status, body) : againstShape(promise, way.format, status, body);
  if (root && status === 200 && root !== `${promise.name}Response`) problems.push(`root ${root}`);
  return problems;
}

function againstError(
  due: NonNullable<Variant['error']>,
  status: number,
  { Code, Message, RequestId }: Record<string, unknown>,
) {
  const problems: string[] = [];
  if (String(Code) !== due.code) problems.push(`Code ${Code} where ${due.code} is due`);
  if (due.status === undefined ? status < 400 : status !== due.status) problems.push(`status ${status}`);
  if (!Message || !RequestId) problems.push('no Message or RequestId');
  return problems;
}

function againstShape(
  { response, printed }: Promised,
  format: 'JSON' | 'XML',
  status: number,
  body: Record<string, unknown>,
) {
  if (status !== 200) return [`status ${status}: ${body.Code}`];
  const lacking = ['RequestId', ...printed].filter((path) => at(body, path) === undefined);
  return [...lacking.map((path) => `no ${path}`), ...misfits(response, body, format, '')];
}

const at = (body: unknown, path: string): unknown =>
  path.split('.').reduce((found, name) => (found as Record<string, unknown> | undefined)?.[name], body);

/** Every member is declared, and of the declared type; in XML all is text, and must read as it. */
function misfits(shape: Shape, value: unknown, format: 'JSON' | 'XML', path: string): string[] {
  if (typeof shape === 'string') return scalarFits(shape, value, format) ? [] : [`${path} is no ${shape}`];
  if (Array.isArray(shape))
    return (
      itemsOf(value, format)?.flatMap((item) => misfits(shape[0]!, item, format, `${path}[]`)) ?? [`${path} is no list`]
    );
  if (format === 'XML' && value === '') return [];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [`${path} is no object`];
  return Object.entries(value).flatMap(([name, child]) => {
    const below = (shape as Record<string, Shape>)[name];
    return below === undefined ? [`${path}${name} is not declared`] : misfits(below, child, format, `${path}${name}.`);
  });
}

function itemsOf(value: unknown, format: 'JSON' | 'XML'): unknown[] | undefined {
  if (format === 'JSON') return Array.isArray(value) ? value : undefined;
  if (value === '') return [];
  const items = (value as { e?: unknown }).e;
  return items === undefined ? undefined : [items].flat();
}

const WRITTEN: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  long: /^-?\d+$/,
  float: /^-?\d+(\.\d+)?$/,
  double: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
};

function scalarFits(type: string, value: unknown, format: 'JSON' | 'XML'): boolean {
  if (type.startsWith('map<')) return value === '' || (typeof value === 'object' && value !== null);
  if (format === 'XML') return typeof value === 'string' && (WRITTEN[type]?.test(value) ?? true);
  if (type === 'string') return typeof value === 'string';
  if (type === 'boolean') return typeof value === 'boolean';
  return typeof value === 'number' && (type === 'float' || type === 'double' || Number.isInteger(value));
}
