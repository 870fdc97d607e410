/** In which order clients join parameters. */
import { percentEncode } from '../platform/url-text.js';
import { isPublic, type Pair, type Reading } from './wire.js';

/** Rules other than the right one, as they are called where an explanation names them. */
const OTHER_RULES = [
  'locale',
  'locale-numeric',
  'natural',
  'descending',
  'encoded-names',
  'public-first',
  'own-first',
] as const;

export type Order = 'sorted' | 'sent' | 'ignoring case' | 'as pairs' | (typeof OTHER_RULES)[number];

export const otherRules = OTHER_RULES.map(
  (order) => ({ cause: 'sorted-by-another-rule', name: order, set: { order } }) as const,
);

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
  const compare = compareBy(order);
  return [...pairs].sort(([a], [b]) => compare(a, b));
}

type Compare = (a: string, b: string) => number;

const byKey =
  (key: (name: string) => string): Compare =>
  (a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
const byName = byKey((name) => name);

/** Clients that keep two lists keep the public parameters in one of them. */
const group = (name: string): number => (isPublic(name) ? 0 : 1);

function compareBy(order: Exclude<Order, 'sent'>): Compare {
  switch (order) {
    case 'sorted':
      return byName;
    case 'ignoring case':
      return byKey((name) => name.toLowerCase());
    case 'as pairs':
      return byKey((name) => `${name}=`);
    case 'encoded-names':
      return byKey(percentEncode);
    case 'natural':
      // a run of digits counts by its value: longer ones come later
      return byKey((name) => name.replace(/\d{1,15}/g, (digits) => digits.padStart(15, '0')));
    case 'descending':
      return (a, b) => byName(b, a);
    case 'public-first':
      return (a, b) => group(a) - group(b) || byName(a, b);
    case 'own-first':
      return (a, b) => group(b) - group(a) || byName(a, b);
    case 'locale':
    case 'locale-numeric':
      return new Intl.Collator('en', { numeric: order === 'locale-numeric' }).compare;
  }
}
