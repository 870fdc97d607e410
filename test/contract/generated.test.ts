/** Contracts made from the vendor's metadata: up to date and exact. */

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Correction, corrections } from '../../contract/corrections.js';
import { generate } from '../../contract/generate.js';
import { allMetadata, type Metadata } from '../../contract/metadata.js';
import { working } from '../../src/products/cloudauth/2019-03-07/generated/names.js';
import { operations } from '../../src/products/cloudauth/2019-03-07/operations.js';

const all = allMetadata();
const made = generate(all, corrections);
const folders = [...new Set([...made.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))))];

test('the operations that are loaded on demand are those the ledger says have behaviour', () => {
  expect(operations.map(({ name }) => name).sort()).toEqual([...working].sort());
});

test.each(folders)('%s is what the metadata and the corrections say (else: npm run contracts)', async (folder) => {
  const files = [...made].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === folder);
  for (const [path, text] of files) await expect(text).toMatchFileSnapshot(`../../${path}`);
});

test('no generated file is left of an operation that is no longer made', () => {
  const there = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\/generated\/[^/]+$/.test(name));
  expect(there.filter((path) => !made.has(path))).toEqual([]);
});

test('every correction is about an operation of the metadata', () => {
  const operations = all.flatMap(({ product, version, operations }) =>
    Object.keys(operations).map((name) => `${product}/${version}/${name}`),
  );
  expect(Object.keys(corrections).filter((path) => !path.endsWith('/*') && !operations.includes(path))).toEqual([]);
});

describe('the generator', () => {
  const metadata: Metadata = {
    source: 's',
    from: 'API metadata',
    date: '2025-12-19',
    product: 'cloudauth',
    version: '2019-03-07',
    operations: {
      DescribeThing: {
        summary: { en: 'e', zh: 'z' },
        methods: ['POST', 'GET'],
        params: [
          { name: 'Count', type: 'long' },
          { name: 'Id', type: 'string', required: true, example: "o'clock" },
        ],
        response: {
          Code: 'string',
          Message: 'string',
          RequestId: 'string',
          ResultObject: { Hidden: 'string', Items: [{ Score: 'float' }], Passed: 'boolean' },
          Success: 'boolean',
        },
        how: 'printed',
        printed: {
          Success: true,
          Code: '200',
          Message: 'success',
          RequestId: 'r',
          ResultObject: { Passed: true, Items: [{ Score: 1.5 }] },
        },
      },
    },
  };
  const from = 'a page';
  const withCorrection = (correction: Correction = {}) => ({
    'cloudauth/2019-03-07/DescribeThing': { because: 'why', ...correction },
  });
  const folder = 'src/products/cloudauth/2019-03-07/generated';

  test('follows the printed answer: its envelope, its order, and what it does not print is optional', () => {
    const text = generate([metadata], withCorrection({ contract: 'typed' })).get(`${folder}/describe-thing.ts`)!;
    expect(text.slice(text.indexOf('export'))).toBe(`export const describeThingContract = contract({
  name: "DescribeThing",
  summary: {"en":"e","zh":"z"},
  source: "API metadata of 2019-03-07 (2025-12-19); why",
  methods: ["GET","POST"],
  params: {
    Count: {"kind":"integer"},
    Id: {"kind":"text","required":true,"example":"o'clock"},
  },
  response: {
    Passed: {"kind":"boolean","example":true},
    Items: {"kind":"list","item":{"kind":"struct","fields":{"Score":{"kind":"float","example":1.5}}}},
    Hidden: {"kind":"text","optional":true},
  },
  envelope: {"code":"200","message":"success","result":"ResultObject","success":true},
  order: {"JSON":["Success","Code","Message","RequestId","ResultObject"],"XML":["Success","Code","Message","RequestId","ResultObject"]},
  errors: {},
});
`);
  });

  test('keeps what an operation without behaviour answers beside its contract, and never that somebody passed', () => {
    const text = generate([metadata], withCorrection()).get(`${folder}/DescribeThing.json`)!;
    expect(JSON.parse(text).sample).toEqual({
      kind: 'printed-example',
      value: { Passed: false, Items: [{ Score: 1.5 }] },
    });
  });

  test.each<[what: string, correction: Correction, message: RegExp]>([
    ['a correction of a parameter there is none of', { params: { Idd: { required: true, from } } }, /no parameter Idd/],
    [
      'a correction that repeats “required”',
      { params: { Id: { required: true, from } } },
      /says of Id what its correction says \(required\)/,
    ],
    [
      'a correction that repeats the example',
      { params: { Id: { example: "o'clock", from } } },
      /says of Id what its correction says \(example\)/,
    ],
    ['a correction of an answer’s member there is none of', { answers: { Pased: false } }, /answers no Pased/],
  ])('refuses %s', (_what, correction, message) => {
    expect(() => generate([metadata], withCorrection(correction))).toThrow(message);
  });
});
