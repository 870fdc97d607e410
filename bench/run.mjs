// `npm run bench`: the emulator against a bare node:http server, in one run and by turns. A report, never an assertion.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CALLS } from './calls.mjs';
import { lineChart } from './chart.mjs';
import { Figures, keyOf, rowsOf } from './figures.mjs';
import { ends, growthChart, measureGrowth } from './growth.mjs';
import { CONNECTIONS, measureIdle, measureInProcess, measureLoad, measureStarts } from './measure.mjs';
import { measurePeers, peersTable } from './measure-peers.mjs';
import { HELP, readOptions } from './options.mjs';
import { withTables } from './page.mjs';
import { progress, progressEnds, say } from './progress.mjs';
import { machine, machineLine, table } from './report.mjs';
import { signedRequest } from './requests.mjs';
import { ROWS } from './rows.mjs';
import { sample } from './servers.mjs';

const HERE = resolve(import.meta.dirname, '..');

/** The calls of the chosen rows → the servers they need, each once, the base first. */
function groupsOf(rows) {
  const groups = {};
  for (const { call, server, base } of rows.map((name) => ROWS[name])) {
    if (!call) continue;
    groups[call] ??= new Set();
    groups[call].add(base).add(server);
  }
  return groups;
}

/** @returns who is measured: the bare server once, all others on every side */
const subjects = (name, servers, sides, { answer, state } = {}) =>
  [...servers].flatMap((server) => {
    const of = (side, dir) => ({ key: keyOf(side, name, server), server, dir, answer, state });
    return server === 'bare' ? [of()] : Object.entries(sides).map(([side, dir]) => of(side, dir));
  });

/** @returns the sides that can make the call; what the other cannot is said */
async function ableSides(call, sides) {
  const able = { now: sides.now };
  if (!sides.before) return able;
  try {
    await sample(call, sides.before);
    able.before = sides.before;
  } catch (error) {
    say(`bench: ${call} is not measured before: ${error.message.split('\n')[0]}`);
  }
  return able;
}

/** @returns what there is beside the figures */
async function measure(figures, options, sides) {
  const { rows } = options;
  const has = (name) => rows.includes(name);
  progress('what is answered');
  const rpc = await sample('rpc', sides.now);
  const pair = (name) => subjects(name, ['bare', 'emulator'], sides, rpc);
  if (has('start')) await measureStarts(figures, pair('start'), options, signedRequest);
  if (has('memory')) await measureIdle(figures, pair('memory'), options, signedRequest);
  const found = { busy: 0 };
  for (const [call, servers] of Object.entries(groupsOf(rows))) {
    const answered = await sample(call, sides.now);
    const group = subjects(call, servers, await ableSides(call, sides), answered);
    found.busy = Math.max(found.busy, await measureLoad(figures, call, group, options, CALLS[call].prepare));
  }
  if (has('fetch')) await measureInProcess(figures, sides, options.rounds);
  if (has('growth')) {
    found.growth = await measureGrowth(sides, options.growth, { ...rpc, ...options });
    for (const [side, points] of Object.entries(found.growth))
      for (const [server, part] of Object.entries(ends(points))) figures.add(keyOf(side, 'growth', server), part);
  }
  if (has('peers')) found.peers = await measurePeers(figures, sides, { ...rpc, ...options });
  return found;
}

/** What the load generator had of a core, and what that means. */
const loaded = (busy) =>
  `The load generator used ${Math.round(busy * 100)} % of a core against the bare server${busy > 0.9 ? ': it, not the bare server, set that throughput; the CPU rows do not depend on it' : ''}.`;

function report(about, options, rows, { busy, growth, peers }) {
  const grown = growth && `; the store grows to ${options.growth.toLocaleString('en')} tasks`;
  const marked = rows.filter(({ met }) => met !== undefined);
  const missed = marked.filter(({ met }) => !met).length;
  const verdict = missed === 0 ? 'Every mark is met.' : `${missed} of ${marked.length} marks missed.`;
  const words = [marked.length > 0 && verdict, busy > 0 && loaded(busy)].filter(Boolean).join(' ');
  const run = `${machineLine(about)}. Medians of ${options.rounds} rounds, ${options.starts} starts and ${options.idle} idle processes, ${CONNECTIONS} connections${grown ?? ''}.`;
  const tables = { rows: [run, rows.length > 0 && table(rows), words].filter(Boolean).join('\n\n') };
  if (peers) tables.peers = peersTable(peers);
  return tables;
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (!options) return void process.stdout.write(HELP);
  const { svg, json, markdown } = options.files;
  const prepared = spawnSync(process.execPath, [join(HERE, '.ci/prepare.mjs')], { stdio: ['ignore', 2, 2] });
  if (prepared.status !== 0) throw new Error('the emulator could not be built');
  const sides = { now: HERE, ...(options.against && { before: options.against }) };
  const about = machine();
  const figures = new Figures();
  const scratch = mkdtempSync(join(tmpdir(), 'cloudauth-bench-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const found = await measure(figures, { ...options, scratch }, sides);
  progressEnds();
  const rows = rowsOf(figures, options.rows);
  const tables = report(about, options, rows, found);
  process.stdout.write(`\n${Object.values(tables).join('\n\n')}\n`);
  if (svg) writeFileSync(svg, lineChart(growthChart(found.growth, machineLine(about))));
  if (json)
    writeFileSync(json, `${JSON.stringify({ machine: about, options, rows, ...found, measured: figures }, null, 2)}\n`);
  // a part of the rows does not take the place of all
  if (options.some) delete tables.rows;
  if (markdown) writeFileSync(markdown, withTables(readFileSync(markdown, 'utf8'), tables));
}

main().catch((error) => {
  say(`bench: ${error.message}`);
  process.exit(1);
});
