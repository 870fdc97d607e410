/** Time is passed in. This file is the only one that reads the machine's clock. */
import { InputError } from './input-error.js';

/** A source of the current instant. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to: for tests, and for replaying captured requests at their own time. */
export interface ManualClock extends Clock {
  /** Moves the clock by a duration such as `'31m'`. */
  advance(duration: string | number): void;
  /** Sets the clock to an instant (ms since the epoch, or anything `Date.parse` reads). */
  set(instant: number | string): void;
}

export function manualClock(start: number | string): ManualClock {
  let now = typeof start === 'number' ? start : Date.parse(start);
  return {
    now: () => now,
    advance(duration) {
      now += milliseconds(duration);
    },
    set(instant) {
      now = typeof instant === 'number' ? instant : Date.parse(instant);
    },
  };
}

/** Elapsed milliseconds with a fraction, for measuring how long something took; never for state. */
export const stopwatch = (): number => performance.now();

/** A duration as it is written. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a duration: a number of milliseconds, or `'500ms' | '30s' | '31m' | '2h' | '1d'`; a leading `-` goes back.
 * @throws InputError naming the accepted forms
 */
export function milliseconds(duration: string | number): number {
  if (typeof duration === 'number' && Number.isFinite(duration)) return duration;
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration).trim());
  if (!match) throw new InputError(`'${duration}' is not a duration; write for example 500ms, 30s, 31m, 2h or 1d`);
  return Number(match[1]) * UNITS[match[2]!]!;
}

/** `2017-09-14T02:28:20Z`: the form of every instant the documents print (UTC, no fraction). */
export function isoSeconds(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastIso.second) lastIso = { second, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return lastIso.text;
}

/** Calls of one second print one instant, and making the text shows in the bench. */
let lastIso = { second: Number.NaN, text: '' };
