/** Which errors an operation can answer: its own table ∪ what its family shares ∪ the gateway's. */
import { RPC_PARAMS } from './common-params.js';
import { ApiError, type ErrorRow } from './errors.js';
import { gatewayErrors } from './gateway-errors.js';
import type { AnyOperation, Version } from './operation.js';

const PUBLIC_PARAMS = [...RPC_PARAMS, 'SecurityToken', 'Action'];
const PATTERN = '{ParameterName}';

/** Every concrete code with its row; `Missing{ParameterName}` is spelt out for each parameter it can name. */
export function legalCodes(version: Version, operation: AnyOperation): ReadonlyMap<string, ErrorRow> {
  const names = [...PUBLIC_PARAMS, ...Object.keys(operation.params)];
  const gateway = Object.entries(gatewayErrors).flatMap(([code, row]): [string, ErrorRow][] =>
    code.includes(PATTERN) ? names.map((name) => [code.replace(PATTERN, name), row]) : [[code, row]],
  );
  return new Map<string, ErrorRow>([
    ...gateway,
    ...Object.entries(version.dialect.commonErrors),
    ...Object.entries(operation.errors as Record<string, ErrorRow>),
  ]);
}

/** An error that a tester ordered: the values in its text are made up, since no real parameter caused it. */
export function commandedError(code: string, row: ErrorRow): ApiError {
  const ParameterName = /^(?:Missing|Invalid)(\w+)$/.exec(code)?.[1] ?? '';
  const values: Record<string, string> = { ParameterName, StringToSign: 'injected', Reason: 'injected' };
  // SAF's 400 is the one code for a missing parameter that has no other meaning
  if (code === '400') values.field = 'name';
  return new ApiError(code, row, values, 'injected');
}
