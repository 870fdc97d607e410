// node .ci/summary.mjs REPORTS [FAILED STEP …]: the verdict of .ci/run as its last line, from vitest's JSON reports. REPORTS is
// a folder with one for each step that runs tests, named after it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const SHOWN = 10;
const LINES_OF_EACH = 12;
const [folder, ...failedSteps] = process.argv.slice(2);
const names = existsSync(folder) ? readdirSync(folder).sort() : [];
const runs = new Map(
  names.map((name) => {
    const files = JSON.parse(readFileSync(join(folder, name), 'utf8')).testResults;
    const count = (status) =>
      files.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;
    // a file that could not even be loaded holds no test that failed
    const broken = files.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    const said = [
      ...broken.map(({ name, message }) => [name, message]),
      ...files.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => [`${name}: ${fullName}`, failureMessages?.join('\n')]),
      ),
    ];
    return [basename(name, '.json'), { passed: count('passed'), failed: count('failed') + broken.length, said }];
  }),
);
const sum = (what) => [...runs.values()].reduce((total, run) => total + run[what], 0);
// vitest also fails for what is no test: an error nobody caught, a stale snapshot
const steps = failedSteps.filter((step) => !runs.get(step)?.failed);
const empty =
  runs.size === 0
    ? ['any step']
    : [...runs.keys()].filter((name) => runs.get(name).passed + runs.get(name).failed === 0);
const nothing = empty.filter((name) => !steps.includes(name) && (runs.size > 0 || steps.length === 0));

for (const step of failedSteps) console.log(`failed: ${step}`);
// all that is left where only the end of a log is kept
for (const [name, { said }] of runs)
  for (const [what, why = ''] of said.slice(0, SHOWN))
    console.log(`failed: ${name}: ${what}\n${why.split('\n', LINES_OF_EACH).join('\n')}`);
for (const name of nothing) console.log(`failed: no test was run by ${name}`);

const failed = sum('failed') + steps.length + nothing.length;
console.log(`${sum('passed')} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
