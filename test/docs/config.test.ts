/** What is published of config files: their schema, and the documents about them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromJSONSchema } from 'zod';
import { settings } from '../../src/config/options.js';
import { readValues } from '../../src/config-file/values.js';
import { configSchema } from './config-schema.js';

test('config.schema.json is what the options are (else: npm run docs)', async () => {
  await expect(configSchema()).toMatchFileSnapshot('../../config.schema.json');
});

const read = (file: string): string => readFileSync(file, 'utf8');
const blocks = (file: string) => [...read(file).matchAll(/```(yaml|js|ts)\n([\s\S]*?)```/g)].map(([, , code]) => code!);
const schema = fromJSONSchema(JSON.parse(configSchema()));

test('both documents hold the same examples, byte for byte except for comments', () => {
  const bare = (file: string) => blocks(file).map((code) => code.replace(/ *(#|\/\/ ).*$/gm, ''));
  expect(bare('docs/config.zh-CN.md')).toEqual(bare('docs/config.md'));
});

const examples = [...read('docs/config.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => [yaml!] as const);

test.each(examples)('an example of the document is taken by the reader, and by the schema: %s', (yaml) => {
  const value = parse(yaml);
  expect(readValues(value, '/').problems).toEqual([]);
  expect(schema.safeParse(value).error).toBeUndefined();
});

test.each([{ port: 'x' }, { signature: 'strickt' }, { watch: 'maybe' }, { devise: 'auto' }, { accessKeys: true }])(
  'schema and reader both refuse %j',
  (value) => {
    expect([schema.safeParse(value).success, readValues(value, '/').problems.length]).toEqual([false, 1]);
  },
);

test.each(Object.entries(settings).filter(([, { default: byDefault }]) => byDefault !== ''))(
  'the default of %s is taken by reader and schema',
  (name, { default: byDefault }) => {
    const value = { [name]: /^\d+$/.test(byDefault) ? Number(byDefault) : byDefault };
    expect([schema.safeParse(value).success, readValues(value, '/').problems]).toEqual([true, []]);
  },
);
