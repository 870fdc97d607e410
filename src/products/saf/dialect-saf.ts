/**
 * SAF has one Action: ExecuteRequest → Service → method. This file answers two questions only: which operation a call
 * means, and how its result is wrapped: `{Data, Message, Code, RequestId}`, failures included.
 */
import { ApiError, type ErrorTable } from '../../gateway/errors.js';
import { type Fields, integer, struct, text } from '../../gateway/fields.js';
import { gatewayError } from '../../gateway/gateway-errors.js';
import type { AnyOperation, Dialect, Document } from '../../gateway/operation.js';
import { jsonObject } from '../../gateway/parse.js';
import type { Format } from '../../gateway/wire-format.js';
import { isSafRow, type SafRow, unify } from './codes.js';

interface Style {
  /** `Data` is an object for face_verify, the text of one for intl_face_verify. */
  readonly data: Readonly<Record<string, 'object' | 'text'>>;
  /** Top-level keys of the JSON examples. */
  readonly order: readonly string[];
  /** The unified return codes every service shares. */
  readonly errors: { readonly [code: string]: SafRow };
}

const ACTION = 'ExecuteRequest';
const DATA_TEXT = text();

export function safDialect(style: Style): Dialect {
  const raise = (code: string, hint: string): never => {
    throw new ApiError(code, style.errors[code]!, {}, hint);
  };

  const styleOf = (operation: AnyOperation | undefined) => style.data[operation?.name.split('.')[0] ?? ''];

  const envelope = (
    operation: AnyOperation | undefined,
    format: Format,
    data: Fields | undefined,
  ): Omit<Document, 'value'> => ({
    root: `${ACTION}Response`,
    fields: { RequestId: text(), Code: integer(), Message: text(), Data: data ? struct(data) : DATA_TEXT },
    order: format === 'JSON' ? (operation?.order?.JSON ?? style.order) : undefined,
  });

  return {
    commonErrors: style.errors as ErrorTable,
    actions: () => [ACTION],
    locate(version, { params }) {
      for (const name of ['Service', 'ServiceParameters']) {
        if (!params.has(name)) throw gatewayError('Missing{ParameterName}', { ParameterName: name });
      }
      const service = params.get('Service')!;
      if (!Object.hasOwn(style.data, service)) return raise('404', 'unknown-Service');
      const members = jsonObject(params.get('ServiceParameters')!);
      if (!members) return raise('400', 'ServiceParameters-is-no-JSON-object');
      const operation = version.operations.find(
        ({ name }) =>
          name === service || (typeof members.method === 'string' && name === `${service}.${members.method}`),
      );
      if (!operation) return raise('400', 'unknown-method');
      return { operation, params: rawMembers(members) };
    },
    success(_version, operation, format, requestId, result) {
      const asText = styleOf(operation) === 'text';
      const some = Object.values(result).some((member) => member !== undefined);
      const Data = asText ? JSON.stringify(result) : result;
      return {
        ...envelope(operation, format, asText ? undefined : operation.response),
        value: { RequestId: requestId, Code: 200, Message: 'OK', Data: some ? Data : undefined },
      };
    },
    failure(error, { format, requestId, operation, behaviour }) {
      const row = error.row;
      if (!isSafRow(row)) return undefined;
      // document 003 has the two modes, document 001 (text Data) has one table
      const unified = behaviour?.safCodes === 'unified' && styleOf(operation) === 'object';
      const { code, message } = unified ? unify(error, row) : { code: row.code, message: error.message };
      const Data = row.data && JSON.stringify(row.data);
      return {
        status: 200,
        ...envelope(operation, format, undefined),
        value: { RequestId: requestId, Code: code, Message: message, Data },
      };
    },
  };
}

/** JSON members as the parameters they are: clients write `"returnImage": 1` as well as `"1"`, and metainfo as an object. */
function rawMembers(members: Record<string, unknown>): Map<string, string> {
  const present = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return new Map(
    present.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
