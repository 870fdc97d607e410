// `node bench/replicas.mjs [--rounds N]`: three emulators on one PostgreSQL behind a balancer, under constant load. One of
// them is killed and started again, N times; a process of PostgreSQL that serves them, N times; PostgreSQL itself, a sixth of
// that. Nothing acknowledged may be lost. `--capacity` measures what calls cost instead (bench/capacity.mjs).
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';
import { capacity } from './capacity.mjs';
import { machine, markdown, median } from './report.mjs';

const HELP = `node bench/replicas.mjs [--rounds N] [--seed N] [--capacity]

Needs the binaries of a PostgreSQL server; starts one of its own, which confirms a commit once it is on disk.

  --rounds N    how often each is killed (default 30), or measured (default 5)
  --seed N      the same one: the same victims, and the same times between (default 1)
  --capacity    instead: what calls cost in memory, on a file, on PostgreSQL by one, two and three emulators
  --help        this text

The exit code of rounds is 1 when something acknowledged is lost or an answer was no documented one.
`;

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    capacity: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const say = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
const ms = (value) => `${Math.round(value)} ms`;

async function killed(server, rounds, support) {
  const { startReplicas, killRounds, killReplica, killBackend, killPostgres, randomNumbers } = support;
  const kinds = [
    ['emulator', rounds, killReplica],
    ['backend', rounds, () => killBackend(server)],
    ['postmaster', Math.ceil(rounds / 6), () => killPostgres(server)],
  ];
  const lines = [];
  let wrong = 0;
  for (const [name, count, blow] of kinds) {
    const db = await server.schema();
    const replicas = await startReplicas(3, ['--db', db, '--device', 'manual', '--log', 'silent']);
    const told = await killRounds({
      ...{ replicas, rounds: count, blow: blow(replicas), name, random: randomNumbers(Number(given.seed)) },
      told: (so) => say(`${name} ${so.rounds + 1}/${count}: ${so.acknowledged} acknowledged, ${so.lost.length} lost`),
    }).finally(() => replicas[Symbol.asyncDispose]());
    wrong += told.lost.length + told.unexpected.length;
    for (const text of [...told.lost.map((ticket) => `lost: ${ticket}`), ...told.unexpected].slice(0, 20)) say(text);
    const { acknowledged, lost, refused, brokenOff, unexpected, longestMs, recoveriesMs } = told;
    const figures = [told.rounds, acknowledged, lost.length, refused, brokenOff, unexpected.length];
    lines.push([name, ...figures, ms(longestMs), ms(median(recoveriesMs)), ms(Math.max(...recoveriesMs))]);
  }
  const head = ['killed', 'rounds', 'acknowledged', 'lost', '503', 'broken off', 'unexpected'];
  const times = ['longest without an answer', 'ready again, median', 'longest'];
  return { text: markdown([...head, ...times], lines), wrong };
}

async function main() {
  if (given.help) return void process.stdout.write(HELP);
  const rounds = Number(given.rounds ?? (given.capacity ? 5 : 30));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000)
    throw new Error('--rounds takes a number from 1 to 1000');
  process.chdir(new URL('..', import.meta.url).pathname);
  const prepared = spawnSync(process.execPath, ['.ci/prepare.mjs'], { stdio: ['ignore', 2, 2] });
  if (prepared.status !== 0) throw new Error('the emulator could not be built');
  // what the tests use as well is TypeScript
  const jiti = createJiti(import.meta.url);
  const files = ['support/postgres-server', 'support/replicas', 'support/kill-rounds', 'hostile/random'];
  const support = Object.assign({}, ...(await Promise.all(files.map((file) => jiti.import(`../test/${file}.ts`)))));
  const about = machine();
  const server = await support.startPostgres('fsync=on');
  try {
    const found = given.capacity
      ? { text: await capacity(server, rounds, say), wrong: 0 }
      : await killed(server, rounds, support);
    say('');
    const { date, node, cores, cpu, system, loadBefore } = about;
    console.log(
      `${date}, Node ${node}, ${cores} cores, ${cpu}, ${system}; load average before the run ${loadBefore}\n`,
    );
    console.log(found.text);
    process.exitCode = found.wrong > 0 ? 1 : 0;
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

main().catch((error) => {
  say(`${error.stack}\n`);
  process.exit(2);
});
