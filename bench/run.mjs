// `npm run bench`: the emulator against a bare node:http server, in one run and by turns. A report, never an assertion.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cpuMicros, residentMegabytes, start } from './child.mjs';
import { ask, load } from './load.mjs';
import { machine, rows, table } from './report.mjs';
import { signedRequest, signedRequests } from './requests.mjs';

const HELP = `npm run bench -- [--rounds N] [--quick] [--json FILE]

Measures signed POST GetVerifyToken against the emulator and against a bare node:http server that reads the same
body and answers the same bytes, by turns, and prints the median ratios with the marks they should keep to.
Loopback only; a minute and a half. The exit code says whether it could measure, not what it found.

  --rounds N    rounds of load (default 5, with --quick 3)
  --quick       fewer starts, shorter warm-ups: a first look, too noisy to note down
  --json FILE   also write every figure to FILE
  --help        this text
`;

const CONNECTIONS = 16;
/** Measured per round, after the warm-up. The bare server gets more: it would be done before it can be measured. */
const REQUESTS = 2_000;
const BARE_REQUESTS = 10_000;

const say = (text) => process.stderr.write(`${text}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { quick = false, json, help = false } = values;
  const rounds = Number(values.rounds ?? (quick ? 3 : 5));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 50) throw new Error('--rounds takes a number from 1 to 50');
  return { help, json, quick, rounds, warmUp: quick ? 2_000 : 6_000, starts: quick ? 5 : 11, idle: quick ? 3 : 5 };
}

/** What is compared. The default log is a row of its own: it is what most users run. */
const emulator = (...flags) => ['dist/cli.js', '--port', '0', ...flags];
const SERVERS = {
  bare: ['bench/bare-server.mjs'],
  emulator: emulator('--log', 'silent'),
  'log to a pipe': emulator(),
};

/** One answer of the emulator, for the bare server to repeat. */
async function sampleAnswer() {
  const child = await start(SERVERS.emulator);
  try {
    const { headers, body } = await ask(child.port, signedRequest(child.port));
    // Node adds these by itself
    for (const name of ['Date', 'Connection', 'Keep-Alive']) delete headers[name];
    return { BENCH_ANSWER: JSON.stringify({ headers, body }) };
  } finally {
    await child.stop();
  }
}

async function measureStarts(measured, names, env, count) {
  for (let round = 0; round < count; round++) {
    progress(`start to first signed answer ${round + 1}/${count}`);
    for (const name of names) {
      const startedAt = performance.now();
      const child = await start(SERVERS[name], env);
      await ask(child.port, signedRequest(child.port));
      measured[name].start.push(performance.now() - startedAt);
      await child.stop();
    }
  }
}

/** Each server alone with itself: one request, then a moment in which garbage may go. */
async function measureIdle(measured, names, env, count) {
  progress('idle memory');
  const children = [];
  for (let round = 0; round < count; round++) {
    for (const name of names) {
      const child = await start(SERVERS[name], env);
      children.push({ name, child });
      await ask(child.port, signedRequest(child.port));
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const { name, child } of children) {
    measured[name].memory.push(residentMegabytes(child.pid));
    await child.stop();
  }
}

/** Each round is a process of its own, so that every one is measured warm and with as much in its store. */
async function measureLoad(measured, names, env, { rounds, warmUp }) {
  let busy = 0;
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      progress(`load ${round}/${rounds}: ${name}`);
      const child = await start(SERVERS[name], env);
      try {
        await load(child.port, signedRequests(child.port, warmUp), CONNECTIONS);
        const requests = signedRequests(child.port, name === 'bare' ? BARE_REQUESTS : REQUESTS);
        const own = process.cpuUsage();
        const before = cpuMicros(child.pid);
        const ms = await load(child.port, requests, CONNECTIONS);
        const micros = cpuMicros(child.pid) - before;
        const { user, system } = process.cpuUsage(own);
        measured[name].throughput.push((requests.length / ms) * 1000);
        measured[name].cpu.push(micros / requests.length);
        if (name === 'bare') busy = Math.max(busy, (user + system) / 1000 / ms);
      } finally {
        await child.stop();
      }
    }
  }
  return busy;
}

const startedAt = performance.now();
let lineOpen = false;

/** One line that changes on a terminal, one line each elsewhere. */
function progress(text) {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const line = `bench: ${String(seconds).padStart(3)} s  ${text}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else say(line);
  lineOpen = process.stderr.isTTY === true;
}

async function main() {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  process.chdir(new URL('..', import.meta.url).pathname);
  const prepared = spawnSync(process.execPath, ['.ci/prepare.mjs'], { stdio: ['ignore', 2, 2] });
  if (prepared.status !== 0) throw new Error('the emulator could not be built');

  const about = machine();
  const names = Object.keys(SERVERS);
  const measured = Object.fromEntries(names.map((name) => [name, { throughput: [], cpu: [], start: [], memory: [] }]));
  const env = await sampleAnswer();
  const pair = ['bare', 'emulator'];
  await measureStarts(measured, pair, env, options.starts);
  await measureIdle(measured, pair, env, options.idle);
  const clientBusy = await measureLoad(measured, names, env, options);
  if (lineOpen) say('');

  const found = rows(measured);
  const missed = found.filter(({ met }) => !met).length;
  process.stdout.write(
    `\n${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}, ${about.system}; load average before the run ${about.loadBefore}
Signed POST GetVerifyToken, ${CONNECTIONS} keep-alive connections; medians over ${options.rounds} rounds, ${options.starts} starts, ${options.idle} idle processes.

${table(found)}

The load generator used ${Math.round(clientBusy * 100)} % of a core against the bare server${clientBusy > 0.9 ? ': it, not the bare server, set that throughput; the CPU row does not depend on it' : ''}.
${missed === 0 ? 'Every mark is met.' : `${missed} of ${found.length} marks missed.`}\n`,
  );
  if (options.json) {
    const medians = Object.fromEntries(found.map(({ figure, server, ...row }) => [`${figure}/${server}`, row]));
    writeFileSync(
      options.json,
      `${JSON.stringify({ machine: about, options, clientBusy, medians, measured }, null, 2)}\n`,
    );
  }
}

main().catch((error) => {
  if (lineOpen) say('');
  say(`bench: ${error.message}`);
  process.exit(1);
});
