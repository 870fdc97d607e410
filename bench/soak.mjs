// `npm run soak [-- CALLS_A_MINUTE]`: 24 hours of constant load on both clocks, in a few minutes, and what memory does after
// the warm-up. A report, never an assertion. The process is started again with --expose-gc, so that garbage is no growth.
import { spawnSync } from 'node:child_process';
import { machine, median } from './report.mjs';
import { rpcForm } from './signing.mjs';

if (!globalThis.gc) {
  const { status } = spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
const { createCloudauthMock, manualClock } = await import('../dist/index.js');

/** Each a verification of its own, in three calls; of ten one is never ended. */
const PER_MINUTE = Number(process.argv[2] ?? 8);
const [HOURS, WARM_UP, KEEP] = [24, 8, 1000];
const MARK = 0.05;

const clock = manualClock('2026-01-01T00:00:00Z');
const mock = createCloudauthMock({ clock, keep: KEEP, device: 'manual', scenes: 'any' });
let nonce = 0;

async function call(params) {
  const Timestamp = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  const body = rpcForm({ Version: '2017-11-17', SignatureNonce: `n${++nonce}`, Timestamp, ...params });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await mock.fetch(new Request('https://cloudauth.aliyuncs.com/', { method: 'POST', headers, body }));
  const answer = await response.json();
  if (response.status !== 200) throw new Error(`${params.Action}: ${JSON.stringify(answer)}`);
  return answer;
}

async function oneVerification(number) {
  const [Biz, TicketId] = ['RPBasic', `ticket-${number}`];
  await call({ Action: 'GetVerifyToken', Biz, TicketId });
  if (number % 10 > 0) await (number % 3 > 0 ? mock.verifications.pass(TicketId) : mock.verifications.fail(TicketId));
  await call({ Action: 'GetStatus', Biz, TicketId });
}

const samples = [];
const began = performance.now();
let number = 0;
for (let hour = 1; hour <= HOURS; hour++) {
  for (let minute = 0; minute < 60; minute++) {
    for (let n = 0; n < PER_MINUTE; n++) await oneVerification(++number);
    clock.advance(60_000);
  }
  // what is removed beside the calls has its turn
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  samples.push({ rss, heap: heapUsed + external });
  process.stderr.write(`\r\x1b[K${hour} h: ${(rss / 1e6).toFixed(1)} MB, heap ${(heapUsed / 1e6).toFixed(1)} MB`);
}
process.stderr.write('\n');
const kept = (await mock.fetch(new Request('http://localhost/_mock/verifications?limit=1'))).headers.get(
  'x-total-count',
);
await mock.close();

/** Of three hours after the warm-up, and of the last three. */
const growth = (what) => {
  const of = (from, to) => median(samples.slice(from, to).map((sample) => sample[what]));
  const [before, after] = [of(WARM_UP - 1, WARM_UP + 2), of(-3, undefined)];
  return { before: before / 1e6, after: after / 1e6, growth: after / before - 1 };
};
const [rss, heap] = [growth('rss'), growth('heap')];
const line = (name, { before, after, growth }) =>
  `${name.padEnd(22)} ${before.toFixed(1)} MB → ${after.toFixed(1)} MB   ${(growth * 100).toFixed(1)} %`;
console.log(JSON.stringify(machine()));
console.log(
  `${HOURS} virtual hours, ${number} verifications, ${nonce} signed calls, --keep ${KEEP}, ${((performance.now() - began) / 1000).toFixed(0)} s; listed at the end: ${kept}`,
);
console.log(line('resident memory', rss));
console.log(line('heap', heap));
console.log(`mark: < ${MARK * 100} % growth after ${WARM_UP} hours: ${rss.growth < MARK ? 'met' : 'missed'}`);
