/**
 * SAF has one Action, ExecuteRequest → Service → method, beside a few without behaviour. This file answers two questions only: which operation a call
 * means, and how its result is wrapped: `{Data, Message, Code, RequestId}`, failures included.
 */
import { rpcDialect } from '../../gateway/dialect-rpc.js';
import { wrap, wrapFailure } from '../../gateway/envelope.js';
import { ApiError, type ErrorRow, type ErrorTable } from '../../gateway/errors.js';
import type { TextField } from '../../gateway/fields.js';
import { gatewayError } from '../../gateway/gateway-errors.js';
import { actionOf } from '../../gateway/identify.js';
import type { AnyOperation, Dialect, Version } from '../../gateway/operation.js';
import { jsonObject } from '../../gateway/parse.js';
import type { Format } from '../../gateway/wire-format.js';
import { type Hint, wordOf } from '../../platform/hint.js';
import { isSafRow, objectData, type SafRow, unify } from './codes.js';

interface Style {
  /** Top-level keys of the JSON examples. */
  readonly order: readonly string[];
  /** The unified return codes every service shares. */
  readonly errors: { readonly [code: string]: SafRow };
}

const ACTION = 'ExecuteRequest';
const NEEDED = ['Service', 'ServiceParameters'];
const serviceOf = ({ name }: AnyOperation): string => name.split('.')[0]!;

export function safDialect(style: Style): Dialect {
  const raise = (code: string, hint: Hint): never => {
    throw new ApiError(code, style.errors[code]!, {}, hint);
  };

  // Actions of their own have a capital, Services have none
  const rpc = rpcDialect('single');
  const plain = { ...rpc, knows: (version: Version, action: string) => /^[A-Z]/.test(action) && version.has(action) };

  const layout = (operation: AnyOperation | undefined, format: Format) => ({
    root: `${ACTION}Response`,
    order: format === 'JSON' ? (operation?.order?.JSON ?? style.order) : undefined,
  });

  return {
    commonErrors: style.errors as ErrorTable,
    needs: NEEDED,
    beside: ['method'],
    knows: (version, action) => action === ACTION || plain.knows(version, action),
    locate(version, request) {
      if (actionOf(request) !== ACTION) return plain.locate(version, request);
      const { params } = request;
      for (const name of NEEDED) {
        if (!params.get(name)) throw gatewayError('Missing{ParameterName}', { ParameterName: name });
      }
      const service = params.get('Service')!;
      if (!version.implemented.some((operation) => serviceOf(operation) === service))
        return raise('404', [
          'unknown-service',
          { service: wordOf(service), known: [...new Set(version.implemented.map(serviceOf))] },
        ]);
      const members = jsonObject(params.get('ServiceParameters')!);
      if (!members) return raise('400', ['json-object', { name: 'ServiceParameters' }]);
      const operation =
        version.find(service) ??
        (typeof members.method === 'string' ? version.find(`${service}.${members.method}`) : undefined);
      if (!operation) {
        const own = version.implemented.filter((each) => serviceOf(each) === service);
        const known = own.map(({ name }) => name.slice(service.length + 1));
        return raise('400', [
          'unknown-method',
          { method: typeof members.method === 'string' ? wordOf(members.method) : '?', service, known },
        ]);
      }
      return { operation, params: rawMembers(members), wrong: wrongMember(operation, members, style) };
    },
    success: (operation, format, requestId, result) =>
      operation.sample
        ? plain.success(operation, format, requestId, result)
        : {
            ...layout(operation, format),
            ...wrap(operation.envelope ?? objectData, operation.response, requestId, result),
          },
    failure(error, { format, requestId, operation, behaviour }) {
      const row = error.row;
      if (!isSafRow(row)) return undefined;
      // document 003 has the two modes, document 001 (text Data) has one table
      const unified = behaviour?.safCodes === 'unified' && operation && !operation.envelope?.asText;
      const { code, message } = unified ? unify(error, row) : { code: row.code, message: error.message };
      const data = row.data && JSON.stringify(row.data);
      return {
        status: 200,
        ...layout(operation, format),
        ...wrapFailure(operation?.envelope ?? objectData, requestId, { code, message, data }),
      };
    },
  };
}

/** Documents 001 and 003 type all members as String. @returns the refusal of the first that is something else */
function wrongMember({ params, errors }: AnyOperation, members: Members, style: Style): ApiError | undefined {
  for (const [name, { missing = '', also }] of Object.entries(params as Record<string, TextField>)) {
    const type = typeOf(members[name]);
    if (type === 'nothing' || type === 'text' || type === also) continue;
    const own: ErrorRow | undefined = errors[missing];
    const hint: Hint = ['no-text', { name, why: `type-${type}` }];
    return own
      ? new ApiError(missing, own, { field: name }, hint)
      : new ApiError('400', style.errors['400']!, {}, hint);
  }
  return undefined;
}

type Members = Readonly<Record<string, unknown>>;

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** JSON members as the parameters they are: clients write `"returnImage": 1` as well as `"1"`, and metainfo as an object. */
function rawMembers(members: Members): Map<string, string> {
  const present = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return new Map(
    present.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
