/** What docs/releasing.md says is there for a release, but for the one thing that has to be filled in. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { requireFreshDist } from '../support/dist.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const ours = JSON.parse(read('package.json'));
const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`));

interface Job {
  readonly needs?: string;
  readonly permissions?: Record<string, string>;
  readonly steps: readonly { readonly run?: string }[];
}
const runs = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

test('the changelog has the version, dated, or names it as the one to come', () => {
  const { version } = ours;
  expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  const [, unreleased = '', ...released] = read('CHANGELOG.md').split(/^## /m);
  expect(unreleased).toMatch(/^\[Unreleased\]\n/);
  const toCome = /^To be (\S+)\.$/m.exec(unreleased)?.[1];
  const dated = released.map((one) => /^\[(\S+)\] - \d{4}-\d\d-\d\d\n/.exec(one)?.[1]);
  expect([toCome, ...dated]).toContain(version);
});

test('the license of package.json is the one whose text is there', () => {
  expect(ours.license).toBe('MIT');
  expect(read('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4}/);
});

test('every file and folder that is published is there', () => {
  requireFreshDist();
  const named = ours.files.filter((name: string) => !name.startsWith('!'));
  expect([...named, 'README.md', 'LICENSE'].filter((name) => !existsSync(name))).toEqual([]);
});

/** The files an entry leads to, in whatever conditions. */
const leaves = (target: unknown): string[] =>
  typeof target === 'string' ? [target] : Object.values(target as object).flatMap(leaves);

test('every export leads to a file, with its types', () => {
  requireFreshDist();
  expect(leaves([ours.exports, ours.bin]).filter((file) => !existsSync(file))).toEqual([]);
  const entries = Object.entries(ours.exports).filter(([entry]) => entry !== './package.json');
  for (const [entry, target] of entries)
    expect([entry, JSON.stringify(target)]).toEqual([entry, expect.stringContaining('"types"')]);
});

test('it is public, attested, and runs no script where it is installed', () => {
  expect(ours.publishConfig).toEqual({ access: 'public', provenance: true });
  expect(Object.keys(ours.scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
});

test('a tag is checked as every push is, and only then published, by the job that may attest', () => {
  const { on, permissions, jobs } = workflow('release');
  const { check, publish }: Record<string, Job> = jobs;
  expect(on).toEqual({ push: { tags: ['v*'] } });
  expect(permissions).toEqual({ contents: 'read' });
  expect([check!.permissions, publish!.permissions]).toEqual([undefined, { contents: 'read', 'id-token': 'write' }]);
  expect(check!.steps).toEqual(workflow('ci').jobs.check.steps);
  expect(runs(check!).at(-1)).toBe('.ci/run');
  expect([publish!.needs, runs(publish!).at(-1)]).toEqual(['check', 'npm publish']);
});

test('a tag that is not the version is refused', () => {
  const { steps } = workflow('release').jobs.publish as Job;
  expect(runs({ steps })[0]).toBe(`test "v$(node -p 'require("./package.json").version')" = "$GITHUB_REF_NAME"`);
});

test('the repository is an address, or the checklist has it as what is to be filled in', () => {
  const isListed = /^## To fill in\n\n- \[ \] `repository` in `package\.json`/m.test(read('docs/releasing.md'));
  const { repository } = ours;
  expect(isListed).toBe(repository === undefined);
  if (repository !== undefined) expect(repository.url).toMatch(/^git\+https:\/\/[^/]+\/[^/]+\/[^/]+\.git$/);
});
