/** The little of JSON Schema that answers of the control side need, written short. */

export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const whole: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const yes: Schema = { type: 'boolean' };
export const instant: Schema = { type: 'string', format: 'date-time' };
/** Whatever JSON has. */
export const any: Schema = {};

export const list = (items: Schema): Schema => ({ type: 'array', items });
export const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const said = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

/** @param members a name that ends in `?` may be absent */
export const object = (members: Readonly<Record<string, Schema>>): Schema => {
  const names = Object.keys(members);
  const required = names.filter((name) => !name.endsWith('?'));
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    ...(required.length > 0 && { required }),
  };
};

export interface RouteText {
  readonly does: string;
  /** Parameters of the query, beside `account` and `lang`, and what they mean. */
  readonly query?: Readonly<Record<string, string>>;
  /** Members of a JSON body. */
  readonly body?: Schema;
  /** A body of another kind. */
  readonly bodyType?: string;
  /** By status: a schema of JSON, or the media type of something else. What is refused is the same everywhere. */
  readonly answers: Readonly<Record<number, Schema | string>>;
}

/** `GET /clock` → what it takes and answers. Parameters of a path are written `:name`. */
export type RouteTexts = Readonly<Record<string, RouteText>>;
