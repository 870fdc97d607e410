/** The verdict of a CI run: its last line and its exit code. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../support/child.js';

const file = (...statuses: string[]) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const UNLOADABLE = { ...file(), status: 'failed' };

type Reports = Readonly<Record<string, object[]>>;

/** @param reports by the name of the step that wrote each */
async function verdict(reports: Reports, ...failedSteps: string[]) {
  await using folder = await scratch();
  mkdirSync(join(folder.path, 'again'));
  for (const [step, testResults] of Object.entries(reports))
    writeFileSync(join(folder.path, `${step}.json`), JSON.stringify({ testResults }));
  const { status, stdout } = spawnSync(process.execPath, ['.ci/summary.mjs', folder.path, ...failedSteps], {
    encoding: 'utf8',
  });
  return { status, stdout, last: stdout.trimEnd().split('\n').at(-1) };
}

test.each<[string, { status: number; last: string }, Reports, string[]]>([
  ['all passed', { status: 0, last: '3 passed, 0 failed' }, { Tests: [file('passed'), file('passed', 'passed')] }, []],
  [
    'a failed test is counted once',
    { status: 1, last: '1 passed, 1 failed' },
    { Tests: [file('passed', 'failed')] },
    ['Tests'],
  ],
  [
    'a file that does not load counts',
    { status: 1, last: '1 passed, 1 failed' },
    { Tests: [file('passed'), UNLOADABLE] },
    ['Tests'],
  ],
  [
    'vitest failing without a failed test counts',
    { status: 1, last: '1 passed, 1 failed' },
    { Tests: [file('passed')] },
    ['Tests'],
  ],
  [
    'a failed step counts beside the tests',
    { status: 1, last: '1 passed, 2 failed' },
    { Tests: [file('passed')] },
    ['Types', 'Build'],
  ],
  ['no test at all is a failure', { status: 1, last: '0 passed, 1 failed' }, { Tests: [] }, []],
  ['skipped tests alone are no test', { status: 1, last: '0 passed, 1 failed' }, { Tests: [file('skipped')] }, []],
  ['no report is a failure', { status: 1, last: '0 passed, 1 failed' }, {}, []],
  ['what stopped before the tests is a failure', { status: 1, last: '0 passed, 1 failed' }, {}, ['Tools']],
  [
    'the tests of every Node count',
    { status: 1, last: '3 passed, 1 failed' },
    { Tests: [file('passed')], 'Tests on Node 24': [file('passed', 'passed', 'failed')] },
    ['Tests on Node 24'],
  ],
  [
    'what fails on one Node without a failed test counts beside a test that fails on another',
    { status: 1, last: '2 passed, 2 failed' },
    { Tests: [file('passed', 'failed')], 'Tests on Node 24': [file('passed')] },
    ['Tests', 'Tests on Node 24'],
  ],
  [
    'a Node that ran no test is a failure',
    { status: 1, last: '1 passed, 1 failed' },
    { Tests: [file('passed')], 'Tests on Node 24': [] },
    [],
  ],
  [
    'a Node that could not be installed is a failure',
    { status: 1, last: '1 passed, 1 failed' },
    { Tests: [file('passed')] },
    ['Tests on Node 24'],
  ],
])('%s', async (_title, expected, results, failedSteps) => {
  expect(await verdict(results, ...failedSteps)).toMatchObject(expected);
});

test('what failed is named before the verdict, with its reason', async () => {
  const failed = { status: 'failed', fullName: 'calls > one is refused', failureMessages: ['expected 1 to be 2'] };
  const { stdout } = await verdict({
    'Tests on Node 24': [
      { ...file('failed'), assertionResults: [failed] },
      { ...UNLOADABLE, message: 'no such port' },
    ],
  });
  expect(stdout).toContain('failed: Tests on Node 24: a.test.ts: calls > one is refused\nexpected 1 to be 2\n');
  expect(stdout).toContain('failed: Tests on Node 24: a.test.ts\nno such port\n');
});

test('a file that passes when it is run again counts as passed, and is named with what failed first', async () => {
  const failed = { status: 'failed', fullName: 'calls > one is refused', failureMessages: ['expected 1 to be 2'] };
  const { status, stdout, last } = await verdict({
    Tests: [
      { ...file('failed'), assertionResults: [failed] },
      { ...file('passed'), name: 'b.test.ts' },
    ],
    'again/Tests': [file('passed')],
  });
  expect([status, last]).toEqual([0, '2 passed, 0 failed']);
  expect(stdout).toContain(
    'unstable, passed when run again: Tests: a.test.ts: calls > one is refused\nexpected 1 to be 2\n',
  );
});

test('a file that fails again counts as failed', async () => {
  const { status, last } = await verdict(
    { Tests: [file('failed', 'passed')], 'again/Tests': [file('failed', 'passed')] },
    'Tests',
  );
  expect([status, last]).toEqual([1, '1 passed, 1 failed']);
});

test('the files in which something failed are listed', async () => {
  await using folder = await scratch();
  const report = join(folder.path, 'Tests.json');
  const testResults = [file('failed'), { ...file('passed'), name: 'b.test.ts' }, { ...UNLOADABLE, name: 'c.test.ts' }];
  writeFileSync(report, JSON.stringify({ testResults }));
  const { stdout } = spawnSync(process.execPath, ['.ci/summary.mjs', '--failed', report], { encoding: 'utf8' });
  expect(stdout).toBe('a.test.ts\nc.test.ts\n');
});
