/** Waits for what another process does, for those who run without vitest as well. */
import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 10;
const MOST_MS = 60_000;

/** @throws Error after a minute */
export async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  const last = performance.now() + MOST_MS;
  while (!(await met())) {
    if (performance.now() > last) throw new Error(`still not so after ${MOST_MS} ms: ${met}`);
    await wait(EVERY_MS);
  }
}
