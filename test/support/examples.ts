/** A valid call of any operation: the examples its own contract prints, written as its family's clients write a call. */
import '../../src/products/eager.js';
import type { Fields } from '../../src/gateway/fields.js';
import { type AnyOperation, operationPath, type Version } from '../../src/gateway/operation.js';
import { versions } from '../../src/products/index.js';

export interface ExampleCall {
  readonly path: string;
  readonly version: Version;
  readonly operation: AnyOperation;
  readonly params: Record<string, string>;
}

/** Of the required parameters. */
export const examplesOf = ({ params }: AnyOperation): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params as Fields).flatMap(([name, field]) =>
      field.required && 'example' in field ? [[name, String(field.example)]] : [],
    ),
  );

/** An operation is an Action of its own, or a Service, mostly with a method, inside the one Action there is. */
export function written(version: Version, { name }: AnyOperation, params: object): Record<string, string> {
  if (version.dialect.knows(version, name)) return { Version: version.version, Action: name, ...params };
  const [Service = '', method] = name.split('.');
  const ServiceParameters = JSON.stringify({ ...(method && { method }), ...params });
  return { Version: version.version, Action: 'ExecuteRequest', Service, ServiceParameters };
}

/** Enough for the call to be read and dispatched; what it refers to need not exist. */
export const exampleCalls: readonly ExampleCall[] = versions.flatMap((version) =>
  version.operations.map((operation) => ({
    path: operationPath(version, operation),
    version,
    operation,
    params: written(version, operation, examplesOf(operation)),
  })),
);
