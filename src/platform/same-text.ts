import { timingSafeEqual } from 'node:crypto';

/** Compares a secret with what a caller sent: how long it takes tells nothing of what is in it, only of its length. */
export function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
