/** Plain RPC: the Action is the operation, its parameters are the call's, errors leave as the gateway's envelope. */
import { COMMON_PARAMS } from './common-params.js';
import { wrap, wrapFailure } from './envelope.js';
import { actionOf } from './identify.js';
import type { Dialect } from './operation.js';
import type { Quotes } from './wire-format.js';

/** @param prolog the quotes its document prints in the prolog of a success */
export const rpcDialect = (prolog: Quotes): Dialect => ({
  commonErrors: {},
  needs: [],
  beside: COMMON_PARAMS,
  knows: (version, action) => version.has(action),
  locate: (version, request) => ({ operation: version.find(actionOf(request))!, params: request.params }),
  success: (operation, format, requestId, result) => ({
    root: `${operation.name}Response`,
    order: operation.order?.[format],
    typed: operation.typed,
    prolog,
    ...wrap(operation.envelope ?? {}, operation.response, requestId, result),
  }),
  failure({ code, row, message }, { operation, format, requestId }) {
    if (row.status !== 200 || !operation) return undefined;
    return {
      status: 200,
      root: `${operation.name}Response`,
      order: operation.order?.[format],
      prolog,
      ...wrapFailure(operation.envelope ?? {}, requestId, { code, message }),
    };
  },
});
