/** Plain RPC: the Action is the operation, its parameters are the call's, errors leave as the gateway's envelope. */
import type { Fields } from './fields.js';
import { boolean, struct, text } from './fields.js';
import { actionOf } from './identify.js';
import type { AnyOperation, Dialect, Document, Version } from './operation.js';
import type { Format } from './wire-format.js';

const RequestId = text({ example: '8906582E-6722-409A-A6C4-0E7863B733A5' });

/** 2019-03-07: the fields stand beside RequestId. RequestId comes first where an example omits it. */
export const flatDialect: Dialect = rpcDialect(
  (operation) => ({ RequestId, ...operation.response }),
  (requestId, result) => ({ RequestId: requestId, ...result }),
);

/** 2017-2018: `{RequestId, Code: "1", Data, Success}`. `Message` is declared by the SDKs but printed by no example. */
export const envelopeDialect: Dialect = rpcDialect(
  (operation) => ({ RequestId, Code: text(), Data: struct(operation.response), Success: boolean() }),
  (requestId, result) => ({ RequestId: requestId, Code: '1', Data: result, Success: true }),
);

function rpcDialect(
  fieldsOf: (operation: AnyOperation) => Fields,
  wrap: (requestId: string, result: object) => Record<string, unknown>,
): Dialect {
  return {
    commonErrors: {},
    actions: (version) => version.operations.map((operation) => operation.name),
    locate(version, request) {
      const action = actionOf(request);
      return { operation: version.operations.find((operation) => operation.name === action)!, params: request.params };
    },
    success: (
      _version: Version,
      operation: AnyOperation,
      format: Format,
      requestId: string,
      result: object,
    ): Document => ({
      root: `${operation.name}Response`,
      fields: fieldsOf(operation),
      order: operation.order?.[format],
      typed: operation.typed,
      value: wrap(requestId, result),
    }),
  };
}
