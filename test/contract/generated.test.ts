/** Contracts made from the vendor's metadata: up to date, exact, and as the installed SDK writes and reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type Correction, corrections } from '../../contract/corrections.js';
import { generate, type Metadata } from '../../contract/generate.js';

const all: readonly Metadata[] = readdirSync('contract')
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`contract/${name}`, 'utf8')));
const made = new Map(all.flatMap((metadata) => [...generate(metadata, corrections)]));

test.each([...made])(
  '%s is what the metadata and the corrections say (else: npm run contracts)',
  async (path, text) => {
    await expect(text).toMatchFileSnapshot(`../../${path}`);
  },
);

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
  expect(Object.keys(corrections).sort()).toEqual(operations.sort());
});

describe('the generator', () => {
  const metadata: Metadata = {
    source: 's',
    date: '2025-12-19',
    product: 'cloudauth',
    version: '2019-03-07',
    operations: {
      DescribeThing: {
        methods: ['POST', 'GET'],
        params: [
          { name: 'Count', type: 'long' },
          { name: 'Id', type: 'string', required: true },
        ],
        response: {
          Code: 'string',
          Message: 'string',
          RequestId: 'string',
          ResultObject: { Hidden: 'string', Items: [{ Score: 'float' }], Passed: 'boolean' },
          Success: 'boolean',
        },
        examples: { Id: "o'clock" },
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
  const summary = { en: 'e', zh: 'z' };
  const withParams = (params?: Correction['params']) => ({
    'cloudauth/2019-03-07/DescribeThing': { summary, because: 'why', params },
  });

  test('follows the printed answer: its envelope, its order, and what it does not print is optional', () => {
    const text = generate(metadata, withParams()).get('src/products/cloudauth/2019-03-07/generated/describe-thing.ts')!;
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

  test.each([
    ['an operation without an entry', {}, /DescribeThing has no entry in contract\/corrections.ts/],
    ['a correction of a parameter there is none of', withParams({ Idd: { required: true } }), /no parameter Idd/],
    ['a correction that repeats “required”', withParams({ Id: { required: true } }), /says of Id what its correction/],
    [
      'a correction that repeats the example',
      withParams({ Id: { example: "o'clock" } }),
      /says of Id what its correct/,
    ],
  ])('refuses %s', (_what, ledger, message) => {
    expect(() => generate(metadata, ledger)).toThrow(message);
  });
});

interface Model {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}
const sdk = createRequire(import.meta.url)('@alicloud/cloudauth20190307') as Record<string, Model | undefined>;
const inSdk = all
  .filter(({ product, version }) => product === 'cloudauth' && version === '2019-03-07')
  .flatMap(({ operations }) => Object.entries(operations))
  .filter(([name]) => sdk[`${name}Request`]);

describe.each(inSdk)('the installed SDK knows %s', (name, { params, response }) => {
  const written = (model: string) => Object.values(sdk[model]!.names()).sort();

  test('by the same parameters', () => {
    expect(params.map((param) => param.name).sort()).toEqual(written(`${name}Request`));
  });

  test('by the same members of the answer', () => {
    expect(Object.keys(response).sort()).toEqual(written(`${name}ResponseBody`));
    expect(Object.keys(response.ResultObject!).sort()).toEqual(written(`${name}ResponseBodyResultObject`));
  });
});
