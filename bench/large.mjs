// `node bench/large.mjs [TASKS [--quick]]`: what a large state costs: pages, snapshot, restore and reset at a million tasks, and
// how long each holds the event loop up. A report, never an assertion. The tasks are written into a database file by SQL; memory
// per task is measured in memory, with fewer, through the front door.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCloudauthMock } from '../dist/index.js';
import { machine } from './report.mjs';

const TASKS = Number(process.argv[2] ?? 1_000_000);
/** Without what takes longest. */
const QUICK = process.argv.includes('--quick');
const MARKS = { page: 20, blocked: 50 };

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
  const row = { 'took ms': took, 'CPU ms': tookCpu, 'blocked ms': worst, 'blocked CPU ms': worstCpu };
  rows.push({ what, ...Object.fromEntries(Object.entries(row).map(([name, ms]) => [name, Number(ms.toFixed(1))])) });
  return result;
}

function fill() {
  const require = createRequire(import.meta.url);
  const Database = require(Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-12');
  const connection = new Database(db);
  connection.pragma('synchronous = OFF');
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${TASKS})`;
  // every tenth is under way
  connection.exec(`INSERT INTO verifications (account, seq, kind, id, name, scope, shared, data, issued_at, expires_at, status, reason,
      counts, endings, asked, created_at, concluded_at, later, over_at)
    ${numbers} SELECT 'default', n, 'cloudauth', lower(hex(randomblob(16))), 'ticket-' || n, 'RPBasic', 1,
      '{"solution":"RPBasic","binding":{},"sent":{"method":"POST","fromPage":false}}', 1767225600000 + n, 1767227400000 + n,
      CASE n % 10 WHEN 0 THEN 'open' ELSE 'passed' END, NULL, 0, 1, 0, 1767225600000 + n, 1767225600000 + n, 0,
      CASE n % 10 WHEN 0 THEN NULL ELSE 1767225600000 + n END FROM numbers`);
  connection.exec(`INSERT INTO credentials (account, access_key_id, secret, security_token, bucket, path, expires_at)
    ${numbers} SELECT 'default', 'STS.' || hex(randomblob(12)), hex(randomblob(22)), hex(randomblob(120)), 'verify-external-image',
      lower(hex(randomblob(16))) || '/', 1767227400000 + n FROM numbers`);
  connection.close();
}

const page = (mock, query) => async () => {
  const response = await mock.fetch(new Request(`http://localhost/_mock/${query}`, { headers: { accept: '*/*' } }));
  if (response.status !== 200) throw new Error(`${query}: ${await response.text()}`);
  await response.text();
  return response.headers;
};

/** @returns bytes of resident memory that one task with its upload key takes, in memory, garbage collected */
async function memoryPerTask(tasks) {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  const mock = createCloudauthMock({ keep: 0, signature: 'off', journal: 0, scenes: 'any', device: 'manual' });
  const begin = async (count, name) => {
    for (let n = 0; n < count; n++) {
      const body = `Action=GetVerifyToken&Version=2017-11-17&Format=JSON&Biz=RPBasic&TicketId=${name}-${n}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await mock.fetch(
        new Request('https://cloudauth.aliyuncs.com/', { method: 'POST', headers, body }),
      );
      if (answer.status !== 200) throw new Error(await answer.text());
      await answer.text();
    }
    gc();
    // what the engine keeps for itself is no task's
    const { rss, heapTotal } = process.memoryUsage();
    return rss - heapTotal;
  };
  const before = await begin(tasks / 4, 'warm-up');
  const after = await begin(tasks, 'ticket');
  await mock.close();
  return (after - before) / tasks;
}

const each = await memoryPerTask(Math.min(TASKS, 20_000));
try {
  const empty = createCloudauthMock({ db });
  await empty.clock.now();
  await empty.close();
  console.error(`writing ${TASKS} tasks…`);
  fill();
  const mock = createCloudauthMock({ db, keep: 0, device: 'manual' });
  await page(mock, 'verifications?limit=1')();
  const headers = await measured('the first page of 100', page(mock, 'verifications?limit=100'));
  console.error(`x-total-count: ${headers.get('x-total-count')}`);
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
      const require = createRequire(import.meta.url);
      const Database = require(Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-12');
      const connection = new Database(db, { readonly: true });
      const left = connection.prepare('SELECT COUNT(*) AS n FROM leftovers');
      while (left.get().n > 0) await new Promise((resolve) => setTimeout(resolve, 100));
      connection.close();
    });
  }
  await mock.close();
} finally {
  rmSync(folder, { recursive: true });
}
console.log(JSON.stringify(machine()));
console.log(`${TASKS} tasks, --keep 0, in a file`);
console.table(rows);
console.log(`memory: ${(each / 1024).toFixed(2)} KB a task with its upload key (mark: ≤ 1 KB)`);
console.log(`marks: a page ≤ ${MARKS.page} ms, nothing blocked for more than ${MARKS.blocked} ms`);
