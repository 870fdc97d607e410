// `node bench/large-side.mjs DIR TASKS FILL [--quick]`: one side of bench/large.mjs, the checkout in DIR. Figures as JSON.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { begin, fillByCalls, fillBySql } from './large-fill.mjs';

const [dir, count, fill] = process.argv.slice(2);
const TASKS = Number(count);
const QUICK = process.argv.includes('--quick');

const { createCloudauthMock } = await import(pathToFileURL(join(dir, 'dist', 'index.js')));
// an earlier checkout has fewer options, and refuses what it does not know
const create = (options, newer) => {
  try {
    return createCloudauthMock({ ...options, ...newer });
  } catch {
    return createCloudauthMock(options);
  }
};
const folder = mkdtempSync(join(tmpdir(), 'cloudauth-large-'));
const db = join(folder, 'state.db');
const rows = [];
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * How long the loop was held up at most while `work` ran, between two turns of it: by the clock, and by this process's own CPU,
 * which says the same on a machine that does nothing else.
 */
async function measured(what, work) {
  let [worst, worstCpu, running, last, lastCpu] = [0, 0, true, performance.now(), cpu()];
  const look = () => {
    const [now, nowCpu] = [performance.now(), cpu()];
    [worst, worstCpu] = [Math.max(worst, now - last), Math.max(worstCpu, nowCpu - lastCpu)];
    [last, lastCpu] = [now, nowCpu];
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const [began, beganCpu] = [performance.now(), cpu()];
  const result = await work();
  const [took, tookCpu] = [performance.now() - began, cpu() - beganCpu];
  running = false;
  await new Promise(setImmediate);
  rows.push({ what, took, cpu: tookCpu, blocked: worst, blockedCpu: worstCpu });
  return result;
}

const page = (mock, query) => async () => {
  const response = await mock.fetch(new Request(`http://localhost/_mock/${query}`, { headers: { accept: '*/*' } }));
  if (response.status !== 200) throw new Error(`${query}: ${await response.text()}`);
  await response.text();
};

/** @returns bytes of resident memory that one task with its upload key takes, in memory, garbage collected */
async function memoryPerTask(tasks) {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  const mock = create({ signature: 'off', device: 'manual' }, { keep: 0, journal: 0, scenes: 'any' });
  const after = async (count, name) => {
    for (let n = 0; n < count; n++) await begin(mock, `${name}-${n}`);
    gc();
    // what the engine keeps for itself is no task's
    const { rss, heapTotal } = process.memoryUsage();
    return rss - heapTotal;
  };
  const before = await after(tasks / 4, 'warm-up');
  const each = ((await after(tasks, 'ticket')) - before) / tasks;
  await mock.close();
  return each;
}

/** Resolves once nothing has been written for a while: nobody else can look into the file. */
async function resting() {
  const writtenAt = () => statSync(`${db}-wal`).mtimeMs;
  for (let before = 0; before !== writtenAt(); ) {
    before = writtenAt();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const memory = await memoryPerTask(Math.min(TASKS, 100_000));
try {
  const open = () => create({ db, signature: 'off', device: 'manual' }, { keep: 0 });
  let mock = open();
  await mock.clock.now();
  console.error(`writing ${TASKS} tasks…`);
  if (fill === 'calls') await fillByCalls(mock, TASKS);
  await mock.close();
  if (fill === 'sql') fillBySql(db, TASKS);
  // or the first that syncs the file, a snapshot, would write all of it to the disk
  const file = openSync(db, 'r+');
  fsyncSync(file);
  closeSync(file);
  mock = open();
  await page(mock, 'verifications?limit=1')();
  await measured('the first page of 100', page(mock, 'verifications?limit=100'));
  await measured('a page in the middle', page(mock, `verifications?limit=100&after=${TASKS >> 1}`));
  await measured('the open ones', page(mock, 'verifications?status=open&limit=100'));
  await measured('a search', page(mock, 'verifications?q=ticket-77&limit=100'));
  await measured('the phone', page(mock, 'phone'));
  await measured('snapshot', () => mock.snapshots.save('large'));
  await measured('reset', () => mock.reset());
  if (!QUICK) {
    await measured('restore, while the old state is removed', () => mock.snapshots.restore('large'));
    await measured('reset again, and all that is left removed', async () => {
      await mock.reset();
      await resting();
    });
  }
  await mock.close();
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(JSON.stringify({ rows, memory }));
