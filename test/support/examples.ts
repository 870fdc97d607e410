/** A valid call of any operation: the examples its own contract prints. */
import type { Fields } from '../../src/gateway/fields.js';
import { type AnyOperation, operationPath, type Version } from '../../src/gateway/operation.js';
import { versions } from '../../src/products/index.js';
import { faceVerify } from './call.js';

export interface ExampleCall {
  readonly path: string;
  readonly version: Version;
  readonly operation: AnyOperation;
  readonly params: Record<string, string>;
}

const examplesOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field.required && 'example' in field ? [[name, String(field.example)]] : [],
    ),
  );

function paramsOf({ product, version }: Version, { name, params }: AnyOperation): Record<string, string> {
  const examples = examplesOf(params);
  if (product !== 'saf') return { Version: version, Action: name, ...examples };
  const [Service = '', method] = name.split('.');
  return { ...faceVerify({ ...(method && { method }), ...examples }), Version: version, Service };
}

/** Enough for the call to be read and dispatched; what it refers to need not exist. */
export const exampleCalls: readonly ExampleCall[] = versions.flatMap((version) =>
  version.operations.map((operation) => ({
    path: operationPath(version, operation),
    version,
    operation,
    params: paramsOf(version, operation),
  })),
);
