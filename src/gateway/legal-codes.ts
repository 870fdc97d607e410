/** Which errors an operation can answer: its own table ∪ what its family shares ∪ the gateway's. */
import { RPC_PARAMS } from './common-params.js';
import { ApiError, type ErrorRow, type ErrorTable } from './errors.js';
import type { Field, Fields } from './fields.js';
import { gatewayErrors } from './gateway-errors.js';
import type { AnyOperation, Version } from './operation.js';
import { hasRowFor } from './parse.js';

const PATTERN = '{ParameterName}';
/** What any call may lack; ACS3 has one more. */
const PUBLIC_PARAMS = [...RPC_PARAMS, 'SecurityToken', 'Action', 'ContentSha256'];

/** Every concrete code with its row; `Missing{ParameterName}` is spelt out for each parameter it can name. */
export function legalCodes(version: Version, operation: AnyOperation): ReadonlyMap<string, ErrorRow> {
  const errors = operation.errors as ErrorTable;
  const own = Object.entries(operation.params as Fields);
  const names: Readonly<Record<string, readonly string[]>> = {
    'Missing{ParameterName}': [
      ...PUBLIC_PARAMS,
      ...version.dialect.needs,
      ...own.filter(([, field]) => field.required && !hasRowFor('missing', field, errors)).map(([name]) => name),
    ],
    'Invalid{ParameterName}': [
      'SignatureVersion',
      ...own.filter(([, field]) => hasForm(field) && !hasRowFor('invalid', field, errors)).map(([name]) => name),
    ],
  };
  const gateway = Object.entries(gatewayErrors).flatMap(([code, row]): [string, ErrorRow][] =>
    code.includes(PATTERN) ? names[code]!.map((name) => [code.replace(PATTERN, name), row]) : [[code, row]],
  );
  return new Map<string, ErrorRow>([
    ...gateway,
    ...Object.entries(version.dialect.commonErrors),
    ...Object.entries(errors),
  ]);
}

/** Some value of it would be refused. */
const hasForm = (field: Field): boolean =>
  field.kind === 'text'
    ? field.maxLength !== undefined || field.pattern !== undefined || field.values !== undefined
    : field.kind !== 'list';

/** An error that a tester ordered: the values in its text are made up, since no real parameter caused it. */
export function commandedError(code: string, row: ErrorRow): ApiError {
  const ParameterName = /^(?:Missing|Invalid)(\w+)$/.exec(code)?.[1] ?? '';
  const values: Record<string, string> = { ParameterName, StringToSign: 'injected', Reason: 'injected' };
  // SAF's 400 is the one code for a missing parameter that has no other meaning
  if (code === '400') values.field = 'name';
  return new ApiError(code, row, values, 'injected');
}
