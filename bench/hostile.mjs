// `node bench/hostile.mjs [ROUNDS [NAME]]`: for how long one hostile request holds up everybody else. A report, never an assertion: the
// exit code says whether it could measure.
import { connect } from 'node:net';
import { start } from './child.mjs';
import { hostileRequests } from './hostile-requests.mjs';
import { machine, median } from './report.mjs';

const [ROUNDS, only] = [Number(process.argv[2] ?? 3), process.argv[3] ?? ''];
const MARK_MS = 100;

/** @returns the status of the answer; undefined when the connection ended without one */
function send(port, bytes) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let status;
    socket.on('data', (chunk) => {
      status ??= Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString('latin1', 0, 20))?.[1]);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(status));
    socket.write(bytes);
  });
}

const child = await start(['--import', './bench/gap.mjs', 'dist/cli.js', '--port', '0', '--log', 'silent'], {}, 'ipc');
const found = [];
try {
  await send(child.port, hostileRequests['gateway: a picture of 7.8 MB']());
  for (const [name, make] of Object.entries(hostileRequests).filter(([name]) => name.includes(only))) {
    const gaps = [];
    let status;
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = make();
      await child.ask('reset');
      status = await send(child.port, bytes);
      gaps.push((await child.ask('gap')).ms);
    }
    // of a machine that does other things too the least says most
    found.push({ name, status, ms: median(gaps), least: Math.min(...gaps) });
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}`);
  }
  const { megabytes } = await child.ask('memory');
  const about = machine();
  const worst = Math.max(...found.map(({ ms }) => ms));
  const rows = found.map(
    ({ name, status, ms, least }) =>
      `| ${name} | ${status ?? 'closed'} | ${ms.toFixed(0)} ms | ${least.toFixed(0)} ms | ${ms <= MARK_MS ? 'met' : 'missed'} |`,
  );
  process.stdout.write(
    `${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}, ${about.system}; load average before the run ${about.loadBefore}
The longest time the event loop stood still for one request; medians of ${ROUNDS}; the mark is ${MARK_MS} ms.

| request | answer | longest gap | least | |
|---|---:|---:|---:|---|
${rows.join('\n')}
| **the worst of all** | | **${worst.toFixed(0)} ms** | ${Math.max(...found.map(({ least }) => least)).toFixed(0)} ms | ${worst <= MARK_MS ? 'met' : 'missed'} |

Resident memory afterwards: ${megabytes.toFixed(0)} MB.\n`,
  );
} finally {
  await child.stop();
}
