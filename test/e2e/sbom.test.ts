/** dist/sbom.cdx.json: exactly what the built code holds of others, and what an install brings. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireFreshDist } from '../support/dist.js';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly scope: 'required' | 'optional';
  readonly purl: string;
  readonly licenses: readonly ({ license: { id: string } } | { expression: string })[];
  readonly hashes: readonly { alg: string; content: string }[];
  readonly properties?: readonly { name: string; value: string }[];
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const ours = read('package.json');
let components: readonly Component[];
let bundled: readonly Component[];

beforeAll(() => {
  requireFreshDist();
  ({ components } = read('dist/sbom.cdx.json'));
  bundled = components.filter(({ properties = [] }) =>
    properties.some(({ name }) => name === 'cdx:npm:package:bundled'),
  );
});

const code = () =>
  readdirSync('dist')
    .filter((file) => /\.c?js$/.test(file))
    .map((file) => readFileSync(`dist/${file}`, 'utf8'))
    .join('\n');

/** Their names by the comments that esbuild leaves, and by the notices that we add to what it strips of them. */
const inCode = (text: string) => [
  ...new Set(
    [
      ...text.matchAll(/^\/\/ .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm),
      ...text.matchAll(/\/\*! ((?:@[a-z\d-]+\/)?[a-z][a-z\d.-]*)(?:\n|\\n)/g),
    ].map(([, name]) => name!),
  ),
];

test('it names each package that the code holds, and no other', () => {
  const found = inCode(code());
  expect(found).toEqual(expect.arrayContaining(['hono', 'zod', 'yaml', 'nanoid', 'preact', '@preact/signals']));
  expect(bundled.map(({ name }) => name).sort()).toEqual(found.sort());
});

test('each in the version and by the license of the package that was bundled', () => {
  const said = bundled.map(({ name, version, licenses }) => [name, version, licenses]);
  const there = bundled.map(({ name }) => {
    const { version, license } = read(`node_modules/${name}/package.json`);
    return [name, version, [{ license: { id: license } }]];
  });
  expect(said).toEqual(there);
});

describe('what an install brings', () => {
  test('is every declared dependency, those that may be missing marked so', () => {
    const scope = (name: string) => components.filter((one) => one.name === name && !bundled.includes(one))[0]?.scope;
    expect(Object.keys(ours.dependencies).map(scope)).toEqual(Object.keys(ours.dependencies).map(() => 'required'));
    expect(Object.keys(ours.optionalDependencies).map(scope)).toEqual(['optional']);
  });

  test('and what these need in turn, each version of it', () => {
    const versions = components.filter(({ name }) => name === 'yauzl').map(({ version }) => version.split('.')[0]);
    expect(versions).toEqual(['2', '3']);
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(['ms', 'pend', 'xmlbuilder']));
  });

  test('and nothing that is only developed with', () => {
    const names = new Set(components.map(({ name }) => name));
    expect(
      ['vitest', 'esbuild', 'msw', 'pg', 'typescript', 'playwright-core'].filter((name) => names.has(name)),
    ).toEqual([]);
  });
});

test('each has its hash, and an address of its own', () => {
  const purls = components.map(({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`);
  expect(components.map(({ purl }) => purl)).toEqual(purls);
  expect(new Set(purls).size).toBe(purls.length);
  const hashes = components.map(({ hashes: [hash] }) => `${hash?.alg} ${hash?.content}`);
  expect(hashes.filter((hash) => !/^SHA-512 [\da-f]{128}$/.test(hash))).toEqual([]);
});

test('it is about this version of this package', () => {
  const { bomFormat, metadata } = read('dist/sbom.cdx.json');
  expect([bomFormat, metadata.component.purl]).toEqual(['CycloneDX', `pkg:npm/cloudauth-mock@${ours.version}`]);
});

describe('compared with another list, as a release does with that of npm', () => {
  const compare = (purls: readonly string[]) => {
    const input = JSON.stringify({ components: purls.map((purl) => ({ purl })) });
    try {
      return execFileSync(process.execPath, ['.ci/sbom.mjs'], { input, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  };

  test('it says nothing where it has all of that', () => {
    expect(compare(components.slice(0, 3).map(({ purl }) => purl))).toBe('');
  });

  test('it names what it does not have', () => {
    expect(compare(['pkg:npm/left-pad@1.3.0'])).toBe('pkg:npm/left-pad@1.3.0 is not in dist/sbom.cdx.json\n');
  });
});

test('the file is in the package', () => {
  expect([ours.files.includes('dist'), existsSync('dist/sbom.cdx.json')]).toEqual([true, true]);
});
