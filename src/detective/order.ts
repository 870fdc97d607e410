/** In which order clients join parameters. */
import type { Pair, Reading } from './wire.js';

export type Order = 'sorted' | 'sent' | 'ignoring case' | 'as pairs';

/** The search uses the same few orders many times, so each is sorted once. */
export function createOrdering(): (reading: Reading, order: Order, extra?: Pair) => readonly Pair[] {
  const memo = new Map<Reading, Map<Order, readonly Pair[]>>();
  return (reading, order, extra) => {
    if (extra) return sorted([...reading(), extra], order);
    let orders = memo.get(reading);
    if (!orders) {
      orders = new Map();
      memo.set(reading, orders);
    }
    let pairs = orders.get(order);
    if (!pairs) {
      pairs = sorted(reading(), order);
      orders.set(order, pairs);
    }
    return pairs;
  };
}

function sorted(pairs: readonly Pair[], order: Order): readonly Pair[] {
  if (order === 'sent') return pairs;
  const key = (name: string) =>
    order === 'ignoring case' ? name.toLowerCase() : order === 'as pairs' ? `${name}=` : name;
  return [...pairs].sort(([a], [b]) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
