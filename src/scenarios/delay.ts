/** How long a reply is held back. */

/** A fixed time in ms, or a distribution by its median and 99th percentile. */
export type Delay = { readonly ms: number } | { readonly p50: number; readonly p99: number };

/** z of the 99th percentile of a normal distribution. */
const Z99 = 2.3263;

/** Log-normal between the two percentiles: most calls are usual, a few are very slow. `random` is uniform in [0, 1). */
export function drawDelay(delay: Delay, random: () => number): number {
  if ('ms' in delay) return delay.ms;
  const sigma = Math.log(delay.p99 / delay.p50) / Z99;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return delay.p50 * Math.exp(sigma * normal);
}
