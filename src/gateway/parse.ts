/** Raw parameters + fields -> typed input, or the documented error. Names are case-sensitive, as on the wire. */
import type { Hint } from '../platform/hint.js';
import { parseJson } from '../platform/json.js';
import type { ErrorTable } from './errors.js';
import { ApiError } from './errors.js';
import type { Field, Fields } from './fields.js';
import { gatewayError } from './gateway-errors.js';
import type { RawParams } from './operation.js';

/** What a page calls a parameter that is absent or empty; pages that list no such code leave it to the gateway. */
const PARAM_MISSING = 'InvalidParam.ParamMissing';

export function parse(fields: Fields, errors: ErrorTable, params: RawParams): Record<string, unknown> {
  return parseStruct(fields, params, '', refusalsOf(errors));
}

/** Whether an operation tells it by a row of its own: else it is the gateway's. */
export const hasRowFor = (what: 'missing' | 'invalid', field: Field, errors: ErrorTable): boolean =>
  errors[field[what] ?? (what === 'missing' ? PARAM_MISSING : '')] !== undefined;

/** What a parameter should be: the hint that says so, without the parameter's name. */
type Form = Hint;

/** The operation's own row where its page has one, else the gateway's. */
interface Refusals {
  missing(name: string, field: Field): ApiError;
  /** @param is what it should be */
  invalid(name: string, field: Field, is: Form): ApiError;
}

const refusalsOf = (errors: ErrorTable): Refusals => ({
  missing(name, field) {
    const code = field.missing ?? PARAM_MISSING;
    const row = errors[code];
    return row
      ? new ApiError(code, row, { field: name }, ['missing', { name }])
      : gatewayError('Missing{ParameterName}', { ParameterName: name });
  },
  invalid(name, { invalid: code = '' }, is) {
    const row = errors[code];
    const [form, values] = typeof is === 'string' ? ([is, {}] as const) : is;
    const hint = [form, { ...values, name }] as const;
    return row
      ? new ApiError(code, row, {}, hint)
      : gatewayError('Invalid{ParameterName}', { ParameterName: name }, hint);
  },
});

function parseStruct(fields: Fields, params: RawParams, prefix: string, refusals: Refusals): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const key in fields) {
    const field = fields[key]!;
    const name = prefix + key;
    if (field.kind === 'list') {
      input[key] = parseList(field.item, params, name, refusals);
      continue;
    }
    const raw = params.get(name);
    if (raw === undefined || raw === '') {
      if (field.required) throw refusals.missing(name, field);
    } else {
      input[key] = parseScalar(field, raw, name, refusals);
    }
  }
  return input;
}

/** `Material.1.Value`, `Material.2.Value` …: 1-based, in order of the index; a gap is left out. */
function parseList(item: Field, params: RawParams, name: string, refusals: Refusals): unknown[] {
  const indexes = new Set<number>();
  for (const key of params.keys()) {
    const index = key.startsWith(`${name}.`) ? /^([1-9]\d{0,3})(\.|$)/.exec(key.slice(name.length + 1)) : null;
    if (index) indexes.add(Number(index[1]));
  }
  return [...indexes]
    .sort((a, b) => a - b)
    .map((index) =>
      item.kind === 'struct'
        ? parseStruct(item.fields, params, `${name}.${index}.`, refusals)
        : parseScalar(item, params.get(`${name}.${index}`) ?? '', `${name}.${index}`, refusals),
    );
}

function parseScalar(field: Field, raw: string, name: string, refusals: Refusals): unknown {
  const invalid = (is: Form): ApiError => refusals.invalid(name, field, is);
  switch (field.kind) {
    case 'text':
      // no character has more than two units: a megabyte need not be spread to be counted
      if (field.maxLength !== undefined && (raw.length > 2 * field.maxLength || [...raw].length > field.maxLength))
        throw invalid(['too-long', { max: field.maxLength }]);
      if (field.pattern && !field.pattern.test(raw))
        throw invalid(['written-like', { example: String(field.example) }]);
      if (field.values && !field.values.includes(raw)) throw invalid(['one-of', { values: field.values }]);
      return raw;
    case 'integer':
      if (!/^-?\d{1,15}$/.test(raw)) throw invalid('whole-number');
      if (Number(raw) < (field.min ?? -Infinity)) throw invalid(['at-least', { min: field.min! }]);
      if (Number(raw) > (field.max ?? Infinity)) throw invalid(['at-most', { max: field.max! }]);
      return Number(raw);
    case 'float':
      if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(raw)) throw invalid('number');
      return Number(raw);
    case 'boolean':
      // the Python SDK sends True and False
      if (!/^(true|false)$/i.test(raw)) throw invalid('switch');
      return raw.toLowerCase() === 'true';
    case 'json': {
      const value = jsonObject(raw);
      if (!value) throw invalid(PASTED.test(raw) ? 'json-escaped' : 'json-object');
      return value;
    }
    default:
      throw invalid(['written-like', { example: String(field.example) }]);
  }
}

/** Document 004 prints its Binding as it stands in a program. */
const PASTED = /^\s*\{\s*\\"/;

/** @returns undefined for anything that is not the text of a JSON object, of modest depth and size */
export function jsonObject(raw: string): Record<string, unknown> | undefined {
  const value = parseJson(raw);
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
