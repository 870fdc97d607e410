/** The vendor's metadata as it lies in contract/<product>-<version>/, a file for each group of operations. */
import { readdirSync, readFileSync } from 'node:fs';

/** A scalar's name, a list of one kind, or members. */
export type Shape = string | readonly [Shape] | Members;
export interface Members {
  readonly [name: string]: Shape;
}
export type Printed = { readonly [name: string]: unknown };

export interface MetadataParam {
  readonly name: string;
  readonly in?: 'query' | 'form';
  readonly type: string;
  readonly required?: true;
  readonly maxLength?: number;
  readonly values?: readonly string[];
  readonly example?: string;
}

export interface MetadataOperation {
  readonly summary: { readonly en: string; readonly zh: string };
  readonly methods: readonly string[];
  readonly params: readonly MetadataParam[];
  readonly response: Members;
  /** Whether the answer below is printed, or composed from examples of fields and of siblings. */
  readonly how?: 'printed' | 'derived';
  readonly printed?: Printed;
}

export interface Metadata {
  readonly source: string;
  /** What contracts call it. */
  readonly from: string;
  /** Of the metadata, `YYYY-MM-DD`. */
  readonly date: string;
  readonly product: string;
  readonly version: string;
  readonly operations: Readonly<Record<string, MetadataOperation>>;
}

export const allMetadata = (): Metadata[] =>
  readdirSync('contract', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(`contract/${name}`, 'utf8')));

export const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
export const isMap = (shape: Shape): boolean => typeof shape === 'string' && shape.startsWith('map<');

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  // the text of a JSON list or object
  json: 'text',
  integer: 'integer',
  long: 'integer',
  float: 'float',
  double: 'float',
  boolean: 'boolean',
};

/** @throws Error for a type nobody has met yet */
export function kindOf(type: string): string {
  const kind = isMap(type) ? 'map' : KINDS[type];
  if (!kind) throw new Error(`the generator does not know the type ${type} yet`);
  return kind;
}
