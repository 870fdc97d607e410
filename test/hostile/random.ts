/** mulberry32: the same numbers for the same seed, and numbers of their own for each call. */
export interface Random {
  /** A whole number from 0. */
  below(count: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  bytes(count: number): Buffer;
}

export function randomNumbers(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)]!,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}

/** Of one call of a run: it can be made again without those before it. */
export const ofCall = (seed: number, index: number): Random =>
  randomNumbers(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35));
