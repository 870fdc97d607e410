// Who is measured. A side is a checkout: `now` is this one, `before` the one of --against; the bare server has no side.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CALLS } from './calls.mjs';
import { start } from './child.mjs';
import { ask } from './load.mjs';

const here = (...path) => join(import.meta.dirname, ...path);
const silent = ['--log', 'silent'];

/** The default log is a server of its own: it is what most users run. */
const FLAGS = {
  emulator: () => silent,
  piped: () => [],
  file: (scratch) => [...silent, '--db', join(scratch, `${randomUUID()}.db`)],
};

export const cli = (dir) => join(dir, 'dist', 'cli.js');

/** @param dir of the checkout; @param answer what the bare server repeats */
export const startServer = ({ server, dir, answer, scratch, flags = [] }) =>
  server === 'bare'
    ? start([here('bare-server.mjs')], { BENCH_ANSWER: JSON.stringify(answer) })
    : start([cli(dir), '--port', '0', ...FLAGS[server](scratch), ...flags]);

/**
 * One answer of the emulator in `dir`, for the bare server to repeat, and what was prepared for it.
 * @throws when it cannot do that call
 */
export async function sample(call, dir) {
  const { prepare, make, answered } = CALLS[call];
  const child = await startServer({ server: 'emulator', dir });
  try {
    const state = await prepare?.(child.port);
    const { headers, body } = await ask(child.port, make(child.port, state, 0));
    if (!body.includes(answered)) throw new Error(`not answered with ${answered}: ${body.slice(0, 200)}`);
    // Node adds these by itself
    const added = /^(date|connection|keep-alive)$/i;
    const kept = Object.entries(headers).filter(([name]) => !added.test(name));
    return { state, answer: { headers: Object.fromEntries(kept), body } };
  } finally {
    await child.stop();
  }
}
