/**
 * The vocabulary a contract is written in. A field is plain data; validation, rendering, the generated docs, the
 * test matrix and the handlers' types are all read from it.
 */

interface Common {
  /** Parameters only: the page marks it required. */
  readonly required?: boolean;
  /** Parameters only: the row of the operation's table that its absence raises, where it is not the usual one. */
  readonly missing?: string;
  /** Parameters only: the row of the operation's table that a value against its form raises, where it is not the gateway's. */
  readonly invalid?: string;
  /** Responses only: the page allows it to be absent. */
  readonly optional?: boolean;
  /** Responses only: the product versions whose documents list it; absent means all. */
  readonly versions?: readonly string[];
  /** Responses only: printed in this format alone. */
  readonly only?: 'JSON' | 'XML';
  readonly example?: unknown;
  readonly note?: string;
}

export interface TextField extends Common {
  readonly kind: 'text';
  /** In code points. */
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Parameters that are members of a JSON object: this type is taken as well, as its text. */
  readonly also?: 'number' | 'object';
  /** Responses only: the XML example wraps the value in CDATA. */
  readonly cdata?: boolean;
}
export interface IntegerField extends Common {
  readonly kind: 'integer';
  /** Parameters only: the least and the most it may be. */
  readonly min?: number;
  readonly max?: number;
}
export interface FloatField extends Common {
  readonly kind: 'float';
}
export interface BooleanField extends Common {
  readonly kind: 'boolean';
}
/** A JSON object written as text. */
export interface JsonField extends Common {
  readonly kind: 'json';
}
/** Responses only: an object whose members no document lists. */
export interface MapField extends Common {
  readonly kind: 'map';
}
export interface ListField extends Common {
  readonly kind: 'list';
  readonly item: Field;
}
export interface StructField extends Common {
  readonly kind: 'struct';
  readonly fields: Fields;
}
export type Field =
  | TextField
  | IntegerField
  | FloatField
  | BooleanField
  | JsonField
  | MapField
  | ListField
  | StructField;
export type Fields = { readonly [name: string]: Field };

/** The parameters a call may send, by name; `N` stands for an index from 1. */
export const paramNames = (fields: Fields, prefix = ''): string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind !== 'list') return [prefix + name];
    const { item } = field;
    return item.kind === 'struct' ? paramNames(item.fields, `${prefix}${name}.N.`) : [`${prefix}${name}.N`];
  });

/** No options given. */
type None = Record<never, never>;
type Options<F extends Field> = Omit<F, 'kind' | 'item' | 'fields'>;

export const text = <const O extends Options<TextField> = None>(options?: O) =>
  ({ kind: 'text', ...options }) as Kind<'text', NoInfer<O>>;
export const integer = <const O extends Options<IntegerField> = None>(options?: O) =>
  ({ kind: 'integer', ...options }) as Kind<'integer', NoInfer<O>>;
export const float = <const O extends Options<FloatField> = None>(options?: O) =>
  ({ kind: 'float', ...options }) as Kind<'float', NoInfer<O>>;
export const boolean = <const O extends Options<BooleanField> = None>(options?: O) =>
  ({ kind: 'boolean', ...options }) as Kind<'boolean', NoInfer<O>>;
export const json = <const O extends Options<JsonField> = None>(options?: O) =>
  ({ kind: 'json', ...options }) as Kind<'json', NoInfer<O>>;
export const list = <const I extends Field, const O extends Options<ListField> = None>(item: I, options?: O) =>
  ({ kind: 'list', item, ...options }) as Kind<'list', NoInfer<O>> & { readonly item: NoInfer<I> };
export const struct = <const F extends Fields, const O extends Options<StructField> = None>(fields: F, options?: O) =>
  ({ kind: 'struct', fields, ...options }) as Kind<'struct', NoInfer<O>> & { readonly fields: NoInfer<F> };

/** The same fields in the same order; an answer may lack those that are named. */
export const sometimes = <const F extends Fields, const K extends keyof F>(fields: F, ...names: readonly K[]) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      names.includes(name as never) ? { ...field, optional: true } : field,
    ]),
  ) as { readonly [N in keyof F]: N extends K ? F[N] & { readonly optional: true } : F[N] };

type Kind<K extends string, O> = { readonly kind: K } & O;

type Scalar<F> = F extends { kind: 'text' }
  ? string
  : F extends { kind: 'integer' | 'float' }
    ? number
    : F extends { kind: 'boolean' }
      ? boolean
      : never;

type InputValue<F> = F extends { kind: 'json' }
  ? Record<string, unknown>
  : F extends { kind: 'list'; item: infer I }
    ? InputValue<I>[]
    : F extends { kind: 'struct'; fields: infer S extends Fields }
      ? Input<S>
      : Scalar<F>;

type OutputValue<F> = F extends { kind: 'json' }
  ? string
  : F extends { kind: 'map' }
    ? Readonly<Record<string, unknown>>
    : F extends { kind: 'list'; item: infer I }
      ? OutputValue<I>[]
      : F extends { kind: 'struct'; fields: infer S extends Fields }
        ? Output<S>
        : Scalar<F>;

/** What a handler receives: required parameters are present, the rest may be undefined. */
export type Input<F extends Fields> = {
  [K in keyof F as F[K] extends { required: true } ? K : never]: InputValue<F[K]>;
} & { [K in keyof F as F[K] extends { required: true } ? never : K]?: InputValue<F[K]> };

/** What a handler returns: everything but the fields the page calls optional. */
export type Output<F extends Fields> = {
  [K in keyof F as F[K] extends { optional: true } ? never : K]: OutputValue<F[K]>;
} & { [K in keyof F as F[K] extends { optional: true } ? K : never]?: OutputValue<F[K]> | undefined };
