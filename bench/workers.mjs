// `node bench/workers.mjs [N]`: signed calls a second with N workers (default 2) on a file, of those with one, and in memory, by
// turns. A report, never an assertion. The load generator has to share the cores: with two of them it takes from the second worker.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './child.mjs';
import { load } from './load.mjs';
import { machine, machineLine, markdown, median } from './report.mjs';
import { signedRequests } from './requests.mjs';

const N = Number(process.argv[2] ?? 2);
const [ROUNDS, WARM_UP, CALLS] = [5, 6_000, 6_000];
const CONNECTIONS = [16, 32];
const folder = mkdtempSync(join(tmpdir(), 'cloudauth-workers-'));
const cli = ['dist/cli.js', '--port', '0', '--log', 'silent'];
let files = 0;
const onFile = () => ['--db', join(folder, `${++files}.db`)];
const SERVERS = {
  'in memory': () => [],
  'a file': onFile,
  [`a file, ${N} workers`]: () => ['--workers', String(N), ...onFile()],
};

async function rate(flags, connections) {
  const child = await start([...cli, ...flags]);
  try {
    await load(child.port, signedRequests(child.port, WARM_UP), connections);
    return (CALLS / (await load(child.port, signedRequests(child.port, CALLS), connections))) * 1000;
  } finally {
    await child.stop();
  }
}

process.chdir(join(import.meta.dirname, '..'));
const about = machine();
const lines = [];
try {
  for (const connections of CONNECTIONS) {
    const rates = Object.fromEntries(Object.keys(SERVERS).map((name) => [name, []]));
    for (let round = 1; round <= ROUNDS; round++) {
      for (const [name, flags] of Object.entries(SERVERS)) {
        process.stderr.write(`bench: ${connections} connections, ${round}/${ROUNDS}: ${name}\n`);
        rates[name].push(await rate(flags(), connections));
      }
    }
    const ratio = (one, other) => `${median(one.map((each, round) => each / other[round])).toFixed(2)} ×`;
    const [memory, file] = Object.values(rates);
    for (const [name, found] of Object.entries(rates))
      lines.push([
        name,
        String(connections),
        `${Math.round(median(found))}/s`,
        ratio(found, file),
        ratio(found, memory),
      ]);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(
  `${machineLine(about)}\n\n${markdown(['signed GetVerifyToken', 'connections', 'calls', 'of a file', 'of memory'], lines)}\n`,
);
