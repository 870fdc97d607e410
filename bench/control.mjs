// `node bench/control.mjs`: what the control side costs. A report, never an assertion: the exit code says whether it could measure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudauthMock } from '../dist/index.js';
import { machine, median } from './report.mjs';

const TASKS = 10_000;
const ROUNDS = 7;
const MARK_MS = 50;

/** 10,000 tasks of account default, each with its token and its credentials, made by unsigned calls. */
async function fill(mock) {
  for (let n = 0; n < TASKS; n++) {
    const query = `Version=2017-11-17&Action=GetVerifyToken&Biz=RPBasic&TicketId=${n}`;
    await mock.fetch(new Request(`http://localhost/?${query}`));
  }
}

async function time(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function measure(db) {
  const mock = createCloudauthMock({ db, signature: 'off' });
  await fill(mock);
  const measured = { save: [], reset: [], restore: [] };
  // round 0 warms up and is not counted
  for (let round = 0; round <= ROUNDS; round++) {
    const figures = {
      save: await time(() => mock.snapshots.save('bench')),
      reset: await time(() => mock.reset()),
      restore: await time(() => mock.snapshots.restore('bench')),
    };
    if (round > 0) for (const [name, ms] of Object.entries(figures)) measured[name].push(ms);
  }
  const restored = (await mock.verifications.list()).length;
  await mock.close();
  if (restored === 0) throw new Error('the snapshot did not come back');
  return measured;
}

const folder = mkdtempSync(join(tmpdir(), 'cloudauth-bench-'));
try {
  const about = machine();
  process.stdout.write(
    `${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}, ${about.system}\n` +
      `${TASKS} tasks (with tokens and credentials ${TASKS * 3} rows); medians of ${ROUNDS} rounds; the mark is ${MARK_MS} ms.\n\n` +
      '| | in memory | in a file |\n|---|---:|---:|\n',
  );
  const memory = await measure(':memory:');
  const file = await measure(join(folder, 'bench.db'));
  for (const name of Object.keys(memory)) {
    const cells = [median(memory[name]), median(file[name])].map(
      (ms) => `${ms.toFixed(1)} ms, ${ms < MARK_MS ? 'met' : 'missed'}`,
    );
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
