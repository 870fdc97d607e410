// The emulator's signed call beside what others take for one static GET, all loaded by the same generator and by turns.
import { requestsOf } from './calls.mjs';
import { residentMegabytes } from './child.mjs';
import { keyOf } from './figures.mjs';
import { ask, load } from './load.mjs';
import { batch, CONNECTIONS } from './measure.mjs';
import { install, PEERS, peerRequest, startPeer, writeFiles } from './peers.mjs';
import { progress, say } from './progress.mjs';
import { markdown, median } from './report.mjs';
import { signedRequest } from './requests.mjs';
import { startServer } from './servers.mjs';

const WARM_UP = 10_000;
const REQUESTS = 4_000;
const TURNS = 4;
const IDLE_MS = 1_000;

/** The emulator and the bare server as peers are started: `firstAnswer` in ms. */
async function startOwn(subject) {
  const startedAt = performance.now();
  const child = await startServer(subject);
  await ask(child.port, signedRequest(child.port));
  return { ...child, firstAnswer: performance.now() - startedAt };
}

/** @returns those that are there; why the others are not is said */
async function available(scratch) {
  const found = {};
  for (const name of Object.keys(PEERS)) {
    try {
      const file = await install(name);
      const folder = writeFiles(name, scratch);
      const start = () => startPeer(name, file, folder);
      await (await start()).stop();
      found[name] = { start, requests: (port, count) => Array(count).fill(peerRequest(port)) };
    } catch (error) {
      say(`bench: ${name} is missing: ${error.message.trim().split('\n')[0]}`);
      found[name] = { missing: error.message.trim().split('\n')[0] };
    }
  }
  return found;
}

/** @returns one of them, warm */
async function warmed({ start, requests }) {
  const child = await start();
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idle = residentMegabytes(child.pid);
    await load(child.port, requests(child.port, WARM_UP), CONNECTIONS);
    return { child, requests, idle, ms: 0, micros: 0 };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function turn(one) {
  const { ms, micros } = await batch(one.child, one.requests(one.child.port, REQUESTS / TURNS));
  one.ms += ms;
  one.micros += micros;
}

const figuresOf = ({ child, idle, ms, micros }) => ({
  throughput: (REQUESTS / ms) * 1000,
  cpu: micros / REQUESTS,
  start: child.firstAnswer,
  idle,
  loaded: residentMegabytes(child.pid),
});

/** All are warm before the first is measured; then they take turns. @param lost is told whose turn failed, and why */
async function round(all, saying, lost) {
  const running = new Map();
  const trying = async (name, work) => {
    try {
      await work();
    } catch (error) {
      lost(name, error);
    }
  };
  try {
    for (const [name, one] of all) {
      progress(`${saying}: ${name}`);
      await trying(name, async () => running.set(name, await warmed(one)));
    }
    for (let at = 0; at < TURNS; at++)
      for (const [name, one] of running) if (all.has(name)) await trying(name, () => turn(one));
    return [...running].filter(([name]) => all.has(name)).map(([name, one]) => [name, figuresOf(one)]);
  } finally {
    for (const { child } of running.values()) await child.stop();
  }
}

/** @param sides name → folder of the checkout. @returns name → its figures of each round, or `missing` → why */
export async function measurePeers(figures, sides, { answer, scratch, rounds }) {
  const signed = (port, count) => requestsOf('rpc', port, undefined, count);
  const own = (server, dir) => ({ start: () => startOwn({ server, dir, answer, scratch }), requests: signed });
  const ours = Object.entries(sides).map(([side, dir]) => [side, own('emulator', dir)]);
  const all = new Map([['bare node:http', own('bare')], ...ours, ...Object.entries(await available(scratch))]);
  const measured = Object.fromEntries([...all].map(([name, { missing }]) => [name, { missing, rounds: [] }]));
  for (const [name, { missing }] of all) if (missing) all.delete(name);
  const lost = (name, error) => {
    if (!PEERS[name]) throw error;
    [measured[name].missing] = error.message.split('\n');
    say(`bench: ${name} is missing: ${measured[name].missing}`);
    all.delete(name);
  };
  for (let at = 1; at <= rounds; at++) {
    const found = await round(all, `peers ${at}/${rounds}`, lost);
    for (const [name, one] of found) measured[name].rounds.push(one);
  }
  const speeds = Object.keys(PEERS)
    .filter((name) => !measured[name].missing)
    .map((name) => measured[name].rounds.map(({ throughput }) => throughput));
  const best = speeds.toSorted((a, b) => median(b) - median(a))[0];
  for (let at = 0; best && at < rounds; at++) {
    figures.add(keyOf('', 'peers', 'peer'), { peer: best[at] });
    for (const side of Object.keys(sides))
      figures.add(keyOf(side, 'peers', 'emulator'), { peer: measured[side].rounds[at].throughput });
  }
  return measured;
}

const CALLED = {
  now: 'emulator, signed POST',
  before: 'emulator before, signed POST',
  'bare node:http': 'bare node:http, the same POST',
};

/** @param measured as {@link measurePeers} returns it */
export function peersTable(measured) {
  const rows = Object.entries(measured).map(([name, { missing, rounds }]) => {
    const title = CALLED[name] ?? `${name} (${PEERS[name].install}), static GET`;
    if (missing) return [title, 'missing', '–', '–', '–', '–'];
    const of = (figure, unit, digits = 0) => `${median(rounds.map((one) => one[figure])).toFixed(digits)} ${unit}`;
    return [
      title,
      of('throughput', 'requests/s'),
      of('cpu', 'µs', 1),
      of('start', 'ms'),
      of('idle', 'MB', 1),
      of('loaded', 'MB', 1),
    ];
  });
  const head = ['', 'throughput', 'CPU per call', 'start to first answer', 'idle memory', 'after load'];
  const reasons = Object.entries(measured).filter(([, { missing }]) => missing);
  return [markdown(head, rows), ...reasons.map(([name, { missing }]) => `${name} is missing: ${missing}`)].join('\n\n');
}
