/** How a verification is looked for, and what is left of its time is written: the same in the console and on the plain phone. */
import type { VerificationView } from './verbs.js';

/** @param words all of which have to occur, in whatever case */
export function fits({ id, person, product, detail, reason, status }: VerificationView, words: string): boolean {
  const text = [id, person, product, detail, reason, status].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** `29:05`. @param seconds 0 or more, whole */
export const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
