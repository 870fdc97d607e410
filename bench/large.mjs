// `node bench/large.mjs`: what a large state costs: pages, snapshot, restore and reset, how long each holds the event loop up, and
// memory per task. A report, never an assertion.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withTables } from './page.mjs';
import { machine, machineLine, markdown } from './report.mjs';

const HELP = `node bench/large.mjs [TASKS] [--quick] [--against DIR] [--json FILE] [--markdown FILE]

A million tasks in a file, or TASKS; several minutes. Memory per task is measured in memory, with 100,000, by calls.

  --quick          without restoring
  --against DIR    a second checkout, built. Then the tasks of both are made by calls, not by SQL: half a millisecond each
  --json FILE      also write every figure to FILE
  --markdown FILE  also write the table into FILE, between its lines <!-- bench: large --> and <!-- bench: end -->
`;
/** A page by its CPU; all else by the longest time the loop was held up, by CPU too: both say the same on a busy machine. */
const MARKS = { page: 20, blocked: 50, kilobytes: 1 };
const PAGES = 5;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: flag, against: text, json: text, markdown: text, help: { ...flag, short: 'h' } },
});
const TASKS = Number(positionals[0] ?? 1_000_000);

/** A process of its own for each side. */
function measure(dir, fill) {
  const args = [
    join(import.meta.dirname, 'large-side.mjs'),
    dir,
    String(TASKS),
    fill,
    ...(values.quick ? ['--quick'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((done, failed) => {
    child.once('close', (code) =>
      code === 0 ? done(JSON.parse(said)) : failed(new Error(`${dir} could not be measured`)),
    );
  });
}

const ms = (value) => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value).toLocaleString('en')} ms`);
const verdict = (value, mark) => (value <= mark ? 'met' : 'missed');

function table({ now, before }) {
  const lines = now.rows.map(({ what, took, cpu, blocked, blockedCpu }, at) => {
    const [value, mark] = at < PAGES ? [cpu, MARKS.page] : [blockedCpu, MARKS.blocked];
    const earlier = before && [before.rows[at].cpu, before.rows[at].blockedCpu].map(ms);
    const figures = [took, cpu, blocked, blockedCpu].map(ms);
    return [what, ...figures, `≤ ${mark} ms`, verdict(value, mark), ...(earlier ?? [])];
  });
  const kilobytes = ({ memory }) => `${(memory / 1024).toFixed(2)} KB`;
  const [mark, met] = [`≤ ${MARKS.kilobytes} KB`, verdict(now.memory / 1024, MARKS.kilobytes)];
  lines.push(['memory of a task', kilobytes(now), '', '', '', mark, met, ...(before ? [kilobytes(before), ''] : [])]);
  const more = before ? ['CPU before', 'blocked, CPU before'] : [];
  return markdown(['', 'took', 'CPU', 'blocked', 'blocked, CPU', 'mark', '', ...more], lines);
}

if (values.help) process.stdout.write(HELP);
else {
  const about = machine();
  const fill = values.against ? 'calls' : 'sql';
  const sides = { now: await measure(resolve(import.meta.dirname, '..'), fill) };
  if (values.against) sides.before = await measure(resolve(values.against), fill);
  const large = `${machineLine(about)}. ${TASKS.toLocaleString('en')} tasks, \`--keep 0\`, in a file.\n\n${table(sides)}`;
  process.stdout.write(`${large}\n`);
  if (values.json) writeFileSync(values.json, JSON.stringify({ machine: about, tasks: TASKS, ...sides }, null, 2));
  if (values.markdown) writeFileSync(values.markdown, withTables(readFileSync(values.markdown, 'utf8'), { large }));
}
