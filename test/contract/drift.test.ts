/**
 * Whether the contracts have drifted from what applications run: every operation, parameter and field of the answer that the
 * installed `@alicloud/cloudauth20190307` knows is in a contract, or in the ledger below with the reason.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { wrap } from '../../src/gateway/envelope.js';
import type { Field, Fields } from '../../src/gateway/fields.js';
import { cloudauth20190307 } from '../../src/products/cloudauth/2019-03-07/index.js';

interface Model {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}
type Type = string | Model | { readonly type: 'array' | 'map'; readonly itemType?: Type };

const sdk = createRequire(import.meta.url)('@alicloud/cloudauth20190307') as Record<string, Model | undefined>;
const called = [...new Set(Object.keys(sdk))]
  .filter((name) => name.endsWith('ResponseBody'))
  .map((name) => name.slice(0, -'ResponseBody'.length));

/** What the package knows and no contract has, and why. */
const LEDGER: Readonly<Record<string, string>> = {};

/** `Data.FaceInfos[].FaceRect.Left` … of a model of the package. */
function fieldsOf(model: Model, path = ''): string[] {
  const types = model.types() as Record<string, Type>;
  return Object.entries(model.names()).flatMap(([member, name]) => [
    `${path}${name}`,
    ...below(types[member]!, path + name),
  ]);
}

function below(type: Type, path: string): string[] {
  if (typeof type === 'string') return [];
  if ('names' in type) return fieldsOf(type, `${path}.`);
  return type.type === 'array' && type.itemType ? below(type.itemType, `${path}[]`) : [];
}

/** The same of a contract. */
const declared = (fields: Fields, path = ''): string[] =>
  Object.entries(fields).flatMap(([name, field]) => [`${path}${name}`, ...inside(field, path + name)]);

function inside(field: Field, path: string): string[] {
  if (field.kind === 'struct') return declared(field.fields, `${path}.`);
  return field.kind === 'list' ? inside(field.item, `${path}[]`) : [];
}

const drift = called.flatMap((name): string[] => {
  const operation = cloudauth20190307.find(name);
  if (!operation) return [name];
  const request = sdk[`${name}Request`];
  const answered = declared(wrap(operation.envelope ?? {}, operation.response, '', {}).fields);
  return [
    ...(request ? Object.values(request.names()) : []).filter((param) => !(param in operation.params)),
    ...fieldsOf(sdk[`${name}ResponseBody`]!).filter((field) => !answered.includes(field)),
  ].map((missing) => `${name} ${missing}`);
});

test('the installed package knows 43 operations, and no parameter or field that no contract has', () => {
  expect(called.length).toBe(43);
  expect(drift.filter((each) => !(each in LEDGER))).toEqual([]);
});

test('the ledger holds nothing that a contract has', () => {
  expect(Object.keys(LEDGER).filter((each) => !drift.includes(each))).toEqual([]);
});
