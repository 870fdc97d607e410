import '../../src/products/eager.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { versions } from '../../src/products/index.js';
import { scenarioNames } from '../../src/scenarios/load.js';
import { readScenario } from '../../src/scenarios/reader.js';
import {
  codesTable,
  families,
  fillIn,
  generatedScenarios,
  identitiesTable,
  type Language,
  namedTable,
  picturesTable,
  schema,
  valuesTable,
} from './scenarios.js';

const generated = generatedScenarios(versions);

test('scenarios/schema.json is what the reader checks (else: npm run docs)', async () => {
  await expect(schema(versions)).toMatchFileSnapshot('../../scenarios/schema.json');
});

// read before any of them is written anew
const files = families.flatMap((family) =>
  existsSync(`scenarios/${family}`) ? readdirSync(`scenarios/${family}`).map((file) => `${family}/${file}`) : [],
);

const texts = generated.map(({ name, yaml }) => [name, yaml] as const);
test.each(texts)('scenarios/%s.yaml is what the error table says (else: npm run docs)', async (name, yaml) => {
  await expect(yaml).toMatchFileSnapshot(`../../scenarios/${name}.yaml`);
});

test('no generated scenario is missing, and none is left of a row that is gone', () => {
  expect(files.sort()).toEqual(generated.map(({ name }) => `${name}.yaml`).sort());
});

test.each(scenarioNames())('%s names its schema, so that editors complete it', (name) => {
  const [first] = readFileSync(`scenarios/${name}.yaml`, 'utf8').split('\n');
  const up = name.includes('/') ? '../' : '';
  expect(first).toBe(`# yaml-language-server: $schema=${up}schema.json`);
});

const read = (file: string) => readFileSync(file, 'utf8');

const named = scenarioNames()
  .filter((name) => !name.includes('/'))
  .map((name) => ({
    name,
    description: parse(read(`scenarios/${name}.yaml`)).description as Record<Language, string>,
  }));

const DOCUMENTS: readonly [Language, string][] = [
  ['en', 'docs/scenarios.md'],
  ['zh', 'docs/scenarios.zh-CN.md'],
];

test.each(DOCUMENTS)('%s: the tables of %s are what the sources say (else: npm run docs)', async (language, file) => {
  const filled = fillIn(read(file), {
    named: namedTable(named, language),
    identities: identitiesTable(language),
    values: valuesTable(language),
    pictures: picturesTable(language),
    codes: codesTable(versions, language),
  });
  await expect(filled).toMatchFileSnapshot(`../../${file}`);
});

test.each(scenarioNames())('%s says in both languages what it does', (name) => {
  const { description } = parse(read(`scenarios/${name}.yaml`));
  expect(description.en).toMatch(/^[A-Z].*\.$/);
  expect(description.zh).toMatch(/[\u4e00-\u9fff].*。$/);
});

const blocks = (file: string) => [...read(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);

test('both documents hold the same examples, byte for byte except for comments', () => {
  const bare = (file: string) => blocks(file).map((yaml) => yaml.replace(/ *#.*$/gm, ''));
  expect(bare('docs/scenarios.zh-CN.md')).toEqual(bare('docs/scenarios.md'));
});

test.each(blocks('docs/scenarios.md').map((yaml, at) => [at + 1, yaml] as const))(
  'example %i is a scenario',
  async (_at, yaml) => {
    expect((await readScenario(yaml, 'example', versions)).length).toBeGreaterThan(0);
  },
);
