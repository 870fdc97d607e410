/** What `/_mock/metrics` adds up. */
import type { Figures } from '../control/metrics.js';
import type { Totals } from '../control/totals.js';
import type { Throttle } from '../gateway/throttle.js';
import { lazy } from '../platform/lazy.js';
import type { Fellows } from './fellows.js';

const counting = lazy(() => import('../control/metrics.js'));

/** @returns asks each process of this emulator */
export function figuresOfAll(
  totals: Totals,
  throttle: Throttle | undefined,
  fellows: Fellows | undefined,
): () => Promise<Figures[]> {
  const here = async () => (await counting()).figuresOf(totals, throttle?.refused);
  return fellows?.ofAll('figures', here) ?? (async () => [await here()]);
}
