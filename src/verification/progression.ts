/** How asynchronous work comes to its end: by when it was started and how often its result was asked for. Nothing ticks. */

import { type Duration, milliseconds } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';

export type Progression =
  | { readonly kind: 'immediate' }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'polls'; readonly count: number }
  /** Only an explicit conclusion ends it. */
  | { readonly kind: 'manual' }
  /** It never succeeds. */
  | { readonly kind: 'fail' };

type Progress = 'auto' | 'immediate' | `after:${Duration}` | `polls:${number}`;
/** As it is written: when the simulated person finishes a verification. */
export type DeviceMode = Progress | 'manual';
/** As it is written: when an SDK build is ready. */
export type SdkBuildMode = Progress | 'fail';

/**
 * Reads `immediate` (or `auto`), `after:30s`, `polls:2`, and of `manual` and `fail` those that `also` allows.
 * @throws InputError naming the accepted forms
 */
export function parseProgression(value: string, also: readonly ('manual' | 'fail')[]): Progression {
  if (value === 'immediate' || value === 'auto') return { kind: 'immediate' };
  for (const kind of also) if (value === kind) return { kind };
  const polls = /^polls:(\d{1,6})$/.exec(value);
  if (polls) return { kind: 'polls', count: Number(polls[1]) };
  if (value.startsWith('after:')) return { kind: 'after', ms: milliseconds(value.slice('after:'.length)) };
  throw new InputError(
    `'${value}' is not one of auto, immediate, after:30s, polls:2${also.map((kind) => `, ${kind}`).join('')}`,
  );
}

/** As {@link parseProgression}, of a value that may be none. @throws InputError naming the accepted forms */
export function checkProgression(value: unknown, also: readonly ('manual' | 'fail')[]): Progression {
  const { kind, ms, count } = (value ?? {}) as Record<string, unknown>;
  const detail = kind === 'after' ? `:${ms}ms` : kind === 'polls' ? `:${count}` : '';
  return parseProgression(`${kind}${detail}`, also);
}

/** @param asked how often the result was asked for before this time */
export function isDue(progression: Progression, startedAt: number, now: number, asked: number): boolean {
  switch (progression.kind) {
    case 'immediate':
      return true;
    case 'after':
      return now - startedAt >= progression.ms;
    case 'polls':
      return asked >= progression.count;
    default:
      return false;
  }
}
