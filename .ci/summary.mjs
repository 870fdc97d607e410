// node .ci/summary.mjs REPORTS [FAILED STEP …]: the verdict of .ci/run as its last line, from vitest's JSON reports. REPORTS is
// a folder with one for each step that runs tests, named after it; `again/` in it holds those of files that were run once more.
// node .ci/summary.mjs --failed REPORT: the files in which something failed, a line each; none when vitest failed otherwise.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const SHOWN = 10;
const LINES_OF_EACH = 12;

const filesOf = (report) => JSON.parse(readFileSync(report, 'utf8')).testResults;
const reportsIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
const count = (files, status) =>
  files.flatMap((file) => file.assertionResults).filter((test) => test.status === status);
// a file that could not even be loaded holds no test that failed
const isBroken = (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
const hasFailed = (file) => file.status === 'failed' || file.assertionResults.some((test) => test.status === 'failed');

/** What failed, each with its reason: all that is left where only the end of a log is kept. */
const reasons = (files) => [
  ...files.filter(isBroken).map(({ name, message }) => [name, message]),
  ...files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => [`${name}: ${fullName}`, failureMessages?.join('\n')]),
  ),
];
const show = (kind, step, files) => {
  for (const [what, why = ''] of reasons(files).slice(0, SHOWN))
    console.log(`${kind}: ${step}: ${what}\n${why.split('\n', LINES_OF_EACH).join('\n')}`);
};

function verdict(folder, failedSteps) {
  const runs = new Map();
  for (const report of reportsIn(folder)) {
    const name = basename(report, '.json');
    const first = filesOf(join(folder, report));
    const again = existsSync(join(folder, 'again', report)) ? filesOf(join(folder, 'again', report)) : [];
    const second = new Map(again.map((file) => [file.name, file]));
    const unstable = first.filter(
      (file) => hasFailed(file) && second.has(file.name) && !hasFailed(second.get(file.name)),
    );
    const files = first.map((file) => second.get(file.name) ?? file);
    const failed = count(files, 'failed').length + files.filter(isBroken).length;
    runs.set(name, { passed: count(files, 'passed').length, failed, files, unstable });
  }
  const sum = (what) => [...runs.values()].reduce((total, run) => total + run[what], 0);
  // vitest also fails for what is no test: an error nobody caught, a stale snapshot
  const steps = failedSteps.filter((step) => !runs.get(step)?.failed);
  const empty =
    runs.size === 0
      ? ['any step']
      : [...runs.keys()].filter((name) => runs.get(name).passed + runs.get(name).failed === 0);
  const nothing = empty.filter((name) => !steps.includes(name) && (runs.size > 0 || steps.length === 0));

  for (const [name, { unstable }] of runs) show('unstable, passed when run again', name, unstable);
  for (const step of failedSteps) console.log(`failed: ${step}`);
  for (const [name, { files }] of runs) show('failed', name, files);
  for (const name of nothing) console.log(`failed: no test was run by ${name}`);

  const failed = sum('failed') + steps.length + nothing.length;
  console.log(`${sum('passed')} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

const [what, ...rest] = process.argv.slice(2);
if (what === '--failed') for (const file of filesOf(rest[0]).filter(hasFailed)) console.log(file.name);
else process.exit(verdict(what, rest));
