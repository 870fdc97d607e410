/** The verdict of a CI run: its last line and its exit code. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../support/child.js';

const file = (...statuses: string[]) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});
const UNLOADABLE = { ...file(), status: 'failed' };

async function verdict(testResults: object[] | undefined, ...failedSteps: string[]) {
  await using folder = await scratch();
  const report = join(folder.path, 'report.json');
  if (testResults) writeFileSync(report, JSON.stringify({ testResults }));
  const { status, stdout } = spawnSync(process.execPath, ['.ci/summary.mjs', report, ...failedSteps], {
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

test.each<[string, { status: number; last: string }, object[] | undefined, string[]]>([
  ['all passed', { status: 0, last: '3 passed, 0 failed' }, [file('passed'), file('passed', 'passed')], []],
  ['a failed test is counted once', { status: 1, last: '1 passed, 1 failed' }, [file('passed', 'failed')], ['Tests']],
  [
    'a file that does not load counts',
    { status: 1, last: '1 passed, 1 failed' },
    [file('passed'), UNLOADABLE],
    ['Tests'],
  ],
  [
    'vitest failing without a failed test counts',
    { status: 1, last: '1 passed, 1 failed' },
    [file('passed')],
    ['Tests'],
  ],
  [
    'a failed step counts beside the tests',
    { status: 1, last: '1 passed, 2 failed' },
    [file('passed')],
    ['Types', 'Build'],
  ],
  ['no test at all is a failure', { status: 1, last: '0 passed, 1 failed' }, [], []],
  ['skipped tests alone are no test', { status: 1, last: '0 passed, 1 failed' }, [file('skipped')], []],
  ['no report is a failure', { status: 1, last: '0 passed, 1 failed' }, undefined, []],
  ['what stopped before the tests is a failure', { status: 1, last: '0 passed, 1 failed' }, undefined, ['Tools']],
])('%s', async (_title, expected, results, failedSteps) => {
  expect(await verdict(results, ...failedSteps)).toEqual(expected);
});
