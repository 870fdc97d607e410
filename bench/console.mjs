// `node bench/console.mjs`: what three open consoles cost the gateway at a thousand calls a second. A report, never an
// assertion: the exit code says whether it could measure. Turns with and without readers change places, so that a busy
// machine is as busy for both.
import { connect } from 'node:net';
import { cpuMicros, start } from './child.mjs';
import { assertOk, Connection } from './load.mjs';
import { machine, median } from './report.mjs';
import { signedRequests } from './requests.mjs';

const CONSOLES = 3;
const TURNS = Number(process.argv[2] ?? 8);
const CALLS = 2_000;
/** Ten every ten milliseconds. */
const TOGETHER = 10;
const EVERY_MS = 10;
const MARK = 5;

/** A console that reads all that comes. */
function open(port) {
  const socket = connect({ port, host: '127.0.0.1' });
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
  });
  socket.write(`GET /_mock/events?brief=1&last=0 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  return { bytes: () => bytes, close: () => socket.destroy() };
}

const until = (at) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));

/** @returns µs of CPU for a call, and the median ms until it was answered */
async function turn({ pid, port }, connections) {
  const requests = signedRequests(port, CALLS);
  const latencies = [];
  const before = cpuMicros(pid);
  const startedAt = performance.now();
  for (let sent = 0; sent < CALLS; sent += TOGETHER) {
    await until(startedAt + (sent / TOGETHER) * EVERY_MS);
    const answers = connections.map(async (connection, index) => {
      const at = performance.now();
      assertOk(await connection.send(requests[sent + index]));
      latencies.push(performance.now() - at);
    });
    await Promise.all(answers);
  }
  return { cpu: (cpuMicros(pid) - before) / CALLS, ms: median(latencies) };
}

async function main() {
  process.chdir(new URL('..', import.meta.url).pathname);
  const child = await start(['dist/cli.js', '--port', '0', '--log', 'silent']);
  const measured = { alone: [], watched: [] };
  let bytes = 0;
  try {
    const connections = await Promise.all(Array.from({ length: TOGETHER }, () => Connection.open(child.port)));
    // the first two warm up and are not counted
    for (let round = -1; round < TURNS; round++) {
      const alone = await turn(child, connections);
      const consoles = Array.from({ length: CONSOLES }, () => open(child.port));
      const watched = await turn(child, connections);
      await until(performance.now() + 200);
      bytes += consoles.reduce((sum, one) => sum + one.bytes(), 0);
      for (const one of consoles) one.close();
      if (round < 0) continue;
      measured.alone.push(alone);
      measured.watched.push(watched);
    }
    for (const connection of connections) connection.close();
  } finally {
    await child.stop();
  }
  if (bytes === 0) throw new Error('no console was told anything');
  const of = (which, figure) => median(measured[which].map((one) => one[figure]));
  const slower = (figure) => (of('watched', figure) / of('alone', figure) - 1) * 100;
  const row = (name, figure, unit) =>
    `| ${name} | ${of('alone', figure).toFixed(2)} ${unit} | ${of('watched', figure).toFixed(2)} ${unit} | ${slower(figure).toFixed(1)} % |\n`;
  const about = machine();
  process.stdout.write(
    `${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}, ${about.system}; load average ${about.loadBefore}
${CALLS} signed GetVerifyToken a turn, a thousand a second; medians of ${TURNS} turns each; the mark is ${MARK} %.

| | no console | ${CONSOLES} consoles | more |
|---|---:|---:|---:|
${row('until a call is answered', 'ms', 'ms')}${row('CPU of the emulator for a call', 'cpu', 'µs')}`,
  );
}

await main();
