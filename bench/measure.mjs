// What is measured of servers: load, start, idle memory. All of a group by turns, so that each ratio is one of neighbours.
import { join } from 'node:path';
import { requestsOf } from './calls.mjs';
import { cpuMicros, launch, residentMegabytes } from './child.mjs';
import { keyOf } from './figures.mjs';
import { ask, load } from './load.mjs';
import { progress } from './progress.mjs';
import { startServer } from './servers.mjs';

export const CONNECTIONS = 16;
/** Measured per round, after the warm-up, in turns. The bare server gets more: it would be done before it can be measured. */
const REQUESTS = { bare: 10_000, others: 2_000 };
const TURNS = 4;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile99 = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)];

/** One batch. @returns how long it took, the CPU of the server, and of this process how much of a core */
export async function batch(child, requests, waited) {
  const own = process.cpuUsage();
  const before = cpuMicros(child.pid);
  const ms = await load(child.port, requests, CONNECTIONS, { waited });
  const micros = cpuMicros(child.pid) - before;
  const { user, system } = process.cpuUsage(own);
  return { ms, micros, busy: (user + system) / 1000 / ms };
}

/**
 * Each round has processes of its own, all warm before the first is measured; then they take turns.
 * @param group subjects of one call: key, server, dir, answer, state where it is not asked for
 * @returns how much of a core the load generator had at most, against the bare server
 */
export async function measureLoad(figures, call, group, { rounds, warmUp, scratch }, prepare) {
  let busiest = 0;
  for (let round = 1; round <= rounds; round++) {
    progress(`load ${round}/${rounds}: ${call}, ${group.length} servers`);
    const running = [];
    try {
      for (const subject of group) {
        const child = await startServer({ ...subject, scratch });
        const one = { ...subject, child, ms: 0, micros: 0, count: 0, waited: [] };
        running.push(one);
        one.state = subject.server === 'bare' ? subject.state : await prepare?.(child.port);
        await load(child.port, requestsOf(call, child.port, one.state, warmUp), CONNECTIONS);
      }
      for (let turn = 0; turn < TURNS; turn++) {
        for (const one of running) {
          const count = REQUESTS[one.server === 'bare' ? 'bare' : 'others'] / TURNS;
          const requests = requestsOf(call, one.child.port, one.state, count);
          const { ms, micros, busy } = await batch(one.child, requests, one.waited);
          one.ms += ms;
          one.micros += micros;
          one.count += count;
          if (one.server === 'bare') busiest = Math.max(busiest, busy);
        }
      }
      for (const { key, ms, micros, count, waited } of running)
        figures.add(key, { throughput: (count / ms) * 1000, cpu: micros / count, p99: percentile99(waited) });
    } finally {
      for (const { child } of running) await child.stop();
    }
  }
  return busiest;
}

/** @param request makes one for a port */
export async function measureStarts(figures, group, { starts, scratch }, request) {
  for (let round = 1; round <= starts; round++) {
    progress(`start to first signed answer ${round}/${starts}`);
    for (const subject of group) {
      const startedAt = performance.now();
      const child = await startServer({ ...subject, scratch });
      await ask(child.port, request(child.port));
      figures.add(subject.key, { start: performance.now() - startedAt });
      await child.stop();
    }
  }
}

/** Each server alone with itself: one request, then a moment in which garbage may go. */
export async function measureIdle(figures, group, { idle, scratch }, request) {
  progress('idle memory');
  const children = [];
  for (let round = 0; round < idle; round++) {
    for (const subject of group) {
      const child = await startServer({ ...subject, scratch });
      children.push({ subject, child });
      await ask(child.port, request(child.port));
    }
  }
  await pause(2000);
  for (const { subject, child } of children) {
    figures.add(subject.key, { memory: residentMegabytes(child.pid) });
    await child.stop();
  }
}

/** A process for each round, in which both take turns. @param sides name → folder of the checkout */
export async function measureInProcess(figures, sides, rounds) {
  for (let round = 1; round <= rounds; round++) {
    for (const [side, dir] of Object.entries(sides)) {
      progress(`in process ${round}/${rounds}: ${side}`);
      const { said, closed } = launch(process.execPath, [join(import.meta.dirname, 'in-process.mjs'), dir]);
      if ((await closed) !== 0) throw new Error(`in process, ${side}: ${said.errors}`);
      for (const [server, found] of Object.entries(JSON.parse(said.out)))
        figures.add(keyOf(side, 'fetch', server), found);
    }
  }
}
