// node .ci/summary.mjs REPORT [FAILED STEP …]: the verdict of .ci/run as its last line, from vitest's JSON report.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile, ...failedSteps] = process.argv.slice(2);
const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : { testResults: [] };
const files = report.testResults;
const count = (status) =>
  files.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;

const passed = count('passed');
// a file that could not even be loaded holds no test that failed
const broken = files.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);
const inTests = count('failed') + broken.length;
// vitest also fails for what is no test: an error nobody caught, a stale snapshot
const steps = failedSteps.filter((step) => step !== 'Tests' || inTests === 0);

for (const step of failedSteps) console.log(`failed: ${step}`);
for (const file of broken) console.log(`failed: ${file.name}`);
const nothing = passed + inTests === 0 && steps.length === 0;
if (nothing) console.log('failed: no test was run');

const failed = inTests + steps.length + (nothing ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
