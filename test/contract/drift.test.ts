/**
 * Whether the contracts have drifted from what applications run: every operation, parameter and field of the answer that the
 * installed `@alicloud/cloudauth20190307` knows is in a contract, or in the ledger below with the reason.
 */
import '../../src/products/eager.js';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { allMetadata } from '../../contract/metadata.js';
import { wrap } from '../../src/gateway/envelope.js';
import type { Field, Fields } from '../../src/gateway/fields.js';
import type { AnyOperation } from '../../src/gateway/operation.js';
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

type Find = (name: string) => AnyOperation | undefined;

const driftFrom = (find: Find): string[] =>
  called.flatMap((name): string[] => {
    const operation = find(name);
    if (!operation) return [name];
    const request = sdk[`${name}Request`];
    const answered = declared(wrap(operation.envelope ?? {}, operation.response, '', {}).fields);
    return [
      ...(request ? Object.values(request.names()) : []).filter((param) => !(param in operation.params)),
      ...fieldsOf(sdk[`${name}ResponseBody`]!).filter((field) => !answered.includes(field)),
    ].map((missing) => `${name} ${missing}`);
  });

const drift = driftFrom(cloudauth20190307.find);
const published = allMetadata()
  .filter((one) => one.product === 'cloudauth' && one.version === '2019-03-07' && one.date > '2025')
  .flatMap(({ operations }) => Object.keys(operations));

test('of the 100 published operations the installed package knows 43, and nothing that no contract has', () => {
  expect([published.length, called.length]).toEqual([100, 43]);
  expect(called.filter((name) => !published.includes(name))).toEqual([]);
  expect(drift.filter((each) => !(each in LEDGER))).toEqual([]);
});

test.each<[what: string, change: (operation: AnyOperation) => AnyOperation | undefined, found: string]>([
  ['an operation', () => undefined, 'DescribeFaceVerify'],
  [
    'a parameter',
    ({ params: { CertifyId, ...params }, ...rest }) => ({ ...rest, params }),
    'DescribeFaceVerify CertifyId',
  ],
  [
    'a field of the answer',
    ({ response: { Passed, ...response }, ...rest }) => ({ ...rest, response }),
    'DescribeFaceVerify ResultObject.Passed',
  ],
])('it would find %s that is lost', (_what, change, found) => {
  const changed = driftFrom((name) => {
    const operation = cloudauth20190307.find(name);
    return operation && name === 'DescribeFaceVerify' ? change(operation) : operation;
  });
  expect(changed).toEqual([found]);
});

test('the ledger holds nothing that a contract has', () => {
  expect(Object.keys(LEDGER).filter((each) => !drift.includes(each))).toEqual([]);
});
