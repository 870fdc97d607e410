/** `--qps`: off costs a call nothing, and a start no code. */
import type { Options } from '../config/options.js';
import type { Throttle } from '../gateway/throttle.js';
import type { Clock } from '../platform/clock.js';

export async function throttleOf(qps: Options['qps'], wallClock: Clock): Promise<Throttle | undefined> {
  if (qps === 'off') return undefined;
  const { createThrottle } = await import('../gateway/throttle.js');
  if (qps !== 'documented') return createThrottle(() => qps, wallClock);
  return createThrottle((await import('../products/quotas.js')).documentedQps, wallClock);
}
