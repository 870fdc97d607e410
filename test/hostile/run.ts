/** What `npm run fuzz` runs; see HELP. */
import { parseArgs } from 'node:util';
import { createCloudauthMock, manualClock } from '../../src/index.js';
import { EPOCH, type Fault, fuzz, type Summary } from './fuzz.js';

const HELP = `npm run fuzz -- [--calls N] [--seed N] [--at I]

Sends hostile calls to every door of the built emulator and says what should not have happened.

  --calls N   how many (default 100000)
  --seed N    which (default 1): the same seed makes the same calls
  --at I      makes call I of the seed again, with the calls before it that share its state, and prints it
  --help      this text

Exit codes: 0 nothing found, 1 something found, 2 usage, 3 the process itself ended.
`;

const wholeNumber = (name: string, value: string): number => {
  if (!/^\d{1,9}$/.test(value)) {
    process.stderr.write(`fuzz: --${name} takes a whole number, not '${value}'\n`);
    process.exit(2);
  }
  return Number(value);
};

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    at: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const seed = wholeNumber('seed', values.seed);
const at = values.at === undefined ? undefined : wholeNumber('at', values.at);
const from = at === undefined ? 0 : at - (at % EPOCH);
const calls = at === undefined ? wholeNumber('calls', values.calls) : at - from + 1;

const sum = (faults: Record<string, Fault>): number =>
  Object.values(faults).reduce((total, { count }) => total + count, 0);

function progress({ calls: done, seconds, crashes, complaints, longest }: Summary): void {
  const rate = seconds > 0 ? Math.round(done / seconds) : 0;
  const line = `fuzz: ${done}/${calls}  ${rate}/s  crashes ${sum(crashes)}  undocumented ${sum(complaints)}  longest ${longest.ms.toFixed(0)} ms`;
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
}

/** The call that was under way when the process ended by itself. */
let last = from;
process.on('exit', (code) => {
  if (code > 2) process.stderr.write(`\nfuzz: ended in call ${last}: --seed ${seed} --at ${last}\n`);
});
process.on('uncaughtException', (error) => {
  process.stderr.write(`\n${error.stack}\n`);
  process.exit(3);
});

const summary = await fuzz({
  ...{ calls, seed, from, progress, create: createCloudauthMock as never, clockAt: manualClock },
  tell(index, { method, target, headers, body }, raw) {
    last = index;
    if (index !== at) return;
    const sent = raw
      ? raw.toString('latin1')
      : JSON.stringify({ method, target, headers, body: body.toString('latin1') });
    process.stdout.write(`call ${index}: ${sent}\n\n`);
  },
});
if (process.stderr.isTTY) process.stderr.write('\n');

const { block, longest, memory, answers, crashes, complaints, seconds } = summary;
const list = (faults: Record<string, Fault>): string =>
  Object.entries(faults)
    .map(
      ([kind, { count, index, example }]) =>
        `  ${count} × ${kind}\n    first: --seed ${seed} --at ${index}\n    ${example.slice(0, 500)}\n`,
    )
    .join('');
const serious = Object.entries(complaints).filter(([kind]) => /: 5\d\d/.test(kind));
process.stdout.write(
  `calls               ${summary.calls} in ${seconds.toFixed(0)} s, seed ${seed}
answers             ${Object.entries(answers)
    .sort()
    .map(([known, count]) => `${known} ×${count}`)
    .join(', ')}
longest block       ${block.toFixed(0)} ms
longest in process  ${longest.ms.toFixed(0)} ms, ${longest.door}, --seed ${seed} --at ${longest.index}
memory in use       ${memory.before.toFixed(0)} MB after the first ${EPOCH}, ${memory.after.toFixed(0)} MB at the end
undocumented 5xx    ${sum(Object.fromEntries(serious))}
crashes             ${sum(crashes)}
${list(crashes)}undocumented        ${sum(complaints)}
${list(complaints)}`,
);
process.exitCode = sum(crashes) + sum(complaints) === 0 ? 0 : 1;
