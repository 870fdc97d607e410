// Throughput while the store grows: batches by turns with the bare server, so that what else the machine does hits both.
import { spawnSync } from 'node:child_process';
import { requestsOf } from './calls.mjs';
import { load } from './load.mjs';
import { batch, CONNECTIONS } from './measure.mjs';
import { progress } from './progress.mjs';
import { median } from './report.mjs';
import { cli, startServer } from './servers.mjs';

const BATCH = 1_000;
const BARE_BATCH = 2_000;
const WARM_UP = 6_000;
const MOST_POINTS = 40;

/** Nothing is removed meanwhile, where the checkout can be told. */
const keepsAll = (dir) =>
  spawnSync(process.execPath, [cli(dir), '--help'], { encoding: 'utf8' }).stdout.includes('--keep')
    ? ['--keep', '0']
    : [];

/**
 * @param sides name → folder of the checkout
 * @returns by side, points of `tasks` in the store, throughput and CPU of a call, also as shares of the bare server's; medians
 */
export async function measureGrowth(sides, tasks, { answer, scratch }) {
  const bare = await startServer({ server: 'bare', answer });
  const running = [];
  try {
    await load(bare.port, requestsOf('rpc', bare.port, undefined, WARM_UP), CONNECTIONS);
    for (const [side, dir] of Object.entries(sides)) {
      const child = await startServer({ server: 'emulator', dir, scratch, flags: keepsAll(dir) });
      running.push({ side, child, batches: [] });
      await load(child.port, requestsOf('rpc', child.port, undefined, WARM_UP), CONNECTIONS);
    }
    const send = async (child, count) => {
      const { ms, micros } = await batch(child, requestsOf('rpc', child.port, undefined, count));
      return { speed: (count / ms) * 1000, cpu: micros / count };
    };
    for (let stored = WARM_UP + BATCH; stored <= tasks; stored += BATCH) {
      if (stored % 10_000 === 0) progress(`the store grows: ${stored.toLocaleString('en')} tasks`);
      const base = await send(bare, BARE_BATCH);
      for (const { child, batches } of running) {
        const { speed, cpu } = await send(child, BATCH);
        const [share, cpuShare] = [speed / base.speed, cpu / base.cpu];
        batches.push({ tasks: stored, throughput: speed, cpu, share, cpuShare });
      }
    }
    return Object.fromEntries(running.map(({ side, batches }) => [side, pointsOf(batches)]));
  } finally {
    for (const { child } of [...running, { child: bare }]) await child.stop();
  }
}

function pointsOf(batches) {
  const each = Math.ceil(batches.length / MOST_POINTS);
  const points = [];
  for (let at = 0; at + each <= batches.length; at += each) {
    const some = batches.slice(at, at + each);
    const of = (figure) => [figure, median(some.map((one) => one[figure]))];
    points.push({
      tasks: some.at(-1).tasks,
      ...Object.fromEntries(['throughput', 'cpu', 'share', 'cpuShare'].map(of)),
    });
  }
  return points;
}

/** @returns `first` and `last`, the medians of the first and the last tenth of the points, at least three each */
export function ends(points) {
  const some = Math.max(3, Math.round(points.length / 10));
  const of = (part) => ({
    growth: median(part.map(({ share }) => share)),
    growthCpu: median(part.map(({ cpuShare }) => cpuShare)),
  });
  return { first: of(points.slice(0, some)), last: of(points.slice(-some)) };
}

const NAMES = { now: 'emulator', before: 'before' };

/** What bench/chart.mjs draws. @param note where and when */
export const growthChart = (grown, note) => ({
  title: 'Throughput while the store grows, --keep 0',
  note,
  x: 'tasks in the store',
  y: '× bare node:http',
  series: Object.entries(grown).map(([side, points]) => ({
    name: NAMES[side],
    points: points.map(({ tasks, share }) => [tasks, share]),
  })),
});
