import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const source = (file: string) => readFileSync(join('src', file), 'utf8');

/** Files a file loads at run time; `import type` is free. */
const imports = (file: string): string[] =>
  [...source(file).matchAll(/^(?:import|export) (?!type)[^;]*? from '(\.[^']*)\.js';/gms)]
    .filter(([statement]) => !/^(import|export) \{(\s*type [^,}]+,?)+\s*\}/.test(statement))
    .map(([, path]) => `${normalize(join(dirname(file), path!))}.ts`);

/** From the outside in: a file may load what stands to its right, never what stands to its left. */
const LAYERS: readonly RegExp[] = [
  /^(cli|cli-ask|cli-commands|cli-device|cli-explain|cli-help|cli-text|healthcheck|msw)\.ts$/,
  /^index\.ts$/,
  /^mock\.ts$/,
  /^(api|tester)\.ts$/,
  /^(app|server)\.ts$|^admin\/(?!guard)/,
  /^services\.ts$/,
  /^h5\//,
  /^(control|curl|faults|verifications)\.ts$|^admin\/guard\.ts$/,
  /^journal\.ts$/,
  /^(photos|packages)\.ts$|^apps\//,
  /^(scenarios|detective)\//,
  /^products\//,
  /^gateway\//,
  /^oss\//,
  /^store\//,
  /^verification\//,
  /^(clock|download|ids|log|mask|version)\.ts$/,
];
const layer = (file: string) => LAYERS.findIndex((pattern) => pattern.test(file));

test.each(files.filter((file) => file !== 'options.ts'))('%s loads only what is further in', (file) => {
  const outward = imports(file).filter((target) => target !== 'options.ts' && layer(target) < layer(file));
  expect([layer(file) >= 0, outward]).toEqual([true, []]);
});

const OWNERS: readonly [what: string, pattern: RegExp, owners: RegExp][] = [
  ['the machine’s clock', /Date\.now\(|new Date\(\)|performance\.now/, /^clock\.ts$/],
  ['randomness', /Math\.random\(|randomUUID|randomBytes|nanoid/, /^ids\.ts$/],
  ['fast-xml-parser', /'fast-xml-parser'/, /^gateway\/render\.ts$/],
  ['better-sqlite3', /'better-sqlite3'/, /^store\/sqlite\.ts$/],
  ['@hono/node-server', /'@hono\/node-server/, /^(server|faults)\.ts$/],
  ['SQL', /\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/, /^store\//],
  ['hono', /from 'hono/, /^(app|admin\/routes|h5\/[\w-]+)\.ts$/],
  ['console', /console\./, /^$/],
];

test.each(OWNERS)('%s is used in one place only', (_what, pattern, owners) => {
  expect(files.filter((file) => pattern.test(source(file)) && !owners.test(file))).toEqual([]);
});
