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

async function round({ start, requests }) {
  const child = await start();
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idle = residentMegabytes(child.pid);
    await load(child.port, requests(child.port, WARM_UP), CONNECTIONS);
    const { ms, micros } = await batch(child, requests(child.port, REQUESTS));
    const speed = (REQUESTS / ms) * 1000;
    return {
      throughput: speed,
      cpu: micros / REQUESTS,
      start: child.firstAnswer,
      idle,
      loaded: residentMegabytes(child.pid),
    };
  } finally {
    await child.stop();
  }
}

/** @param sides name → folder of the checkout. @returns name → figure → values, or `missing` → why */
export async function measurePeers(figures, sides, { answer, scratch, rounds }) {
  const signed = (port, count) => requestsOf('rpc', port, undefined, count);
  const own = (server, dir) => ({ start: () => startOwn({ server, dir, answer, scratch }), requests: signed });
  const all = { 'bare node:http': own('bare') };
  for (const [side, dir] of Object.entries(sides)) all[side] = own('emulator', dir);
  Object.assign(all, await available(scratch));
  const measured = Object.fromEntries(
    Object.entries(all).map(([name, { missing }]) => [name, { missing, rounds: [] }]),
  );
  for (let at = 1; at <= rounds; at++) {
    for (const [name, one] of Object.entries(all)) {
      if (one.missing) continue;
      progress(`peers ${at}/${rounds}: ${name}`);
      try {
        measured[name].rounds.push(await round(one));
      } catch (error) {
        say(`bench: ${name}: ${error.message}`);
        one.missing = measured[name].missing = error.message.split('\n')[0];
      }
    }
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
