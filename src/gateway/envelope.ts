/**
 * What surrounds an operation's result in its answer. Operations of one version differ in it, so each names its own, as
 * data. A failure that comes with HTTP 200 wears the same envelope, without the result.
 */
import { boolean, type Fields, integer, struct, text } from './fields.js';

export interface Envelope {
  /** The member that holds the result; without one its fields stand beside RequestId. */
  readonly result?: 'Data' | 'Result' | 'ResultObject';
  /** `Code` of a success: a number where the family's codes are numbers. */
  readonly code?: string | number;
  /** `Message` of a success. */
  readonly message?: string;
  /** `Success` is printed: true, or false on a failure. */
  readonly success?: true;
  /** The result is printed as the text of a JSON object. */
  readonly asText?: true;
  /** A result without members is left out. */
  readonly omitEmpty?: true;
}

/** The fields of an answer in declared order, and their values. */
export interface Wrapped {
  readonly fields: Fields;
  readonly value: Record<string, unknown>;
}

export function wrap(envelope: Envelope, response: Fields, requestId: string, result: object): Wrapped {
  const { result: member, code, message, success, asText, omitEmpty } = envelope;
  const absent = omitEmpty && Object.values(result).every((value) => value === undefined);
  return {
    fields: fieldsOf(envelope, response),
    value: {
      RequestId: requestId,
      Code: code,
      Message: message,
      ...(member ? { [member]: absent ? undefined : asText ? JSON.stringify(result) : result } : result),
      ...(success && { Success: true }),
    },
  };
}

/** By the response, then by what surrounds it: both are parts of contracts, so there are as many as operations. */
const known = new WeakMap<Fields, Map<Envelope, Fields>>();

function fieldsOf(envelope: Envelope, response: Fields): Fields {
  const made = known.get(response) ?? new Map<Envelope, Fields>();
  let fields = made.get(envelope);
  if (!fields) {
    const { result: member, success, asText } = envelope;
    fields = {
      ...around(envelope),
      ...(member ? { [member]: asText ? text() : struct(response) } : response),
      ...(success && { Success: boolean() }),
    };
    known.set(response, made.set(envelope, fields));
  }
  return fields;
}

/** @param data printed in the result's place, as text */
export function wrapFailure(
  envelope: Envelope,
  requestId: string,
  { code, message, data }: { readonly code: string | number; readonly message: string; readonly data?: string },
): Wrapped {
  const { result = 'Data', success } = envelope;
  return {
    fields: { ...around({ code, message }), [result]: text(), ...(success && { Success: boolean() }) },
    value: { RequestId: requestId, Code: code, Message: message, [result]: data, Success: success && false },
  };
}

const around = ({ code, message }: Envelope): Fields => ({
  RequestId: text(),
  ...(code !== undefined && { Code: typeof code === 'number' ? integer() : text() }),
  ...(message !== undefined && { Message: text() }),
});
